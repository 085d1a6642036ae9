"""The real service with the demonstration's conference in session: its secretary, its consoles, its tickets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.office import Secretary, visit
from bench.place import Place
from bench.rig import Worker, Workers

SLUG = "vptw-2025"


@dataclass(frozen=True)
class Console:
    """The console of a bridge point: its site, the session of who sits at it, and the people who can be marked there."""

    site: int
    session: str
    people: list[int]


class Demonstration:
    """The service as a process, started on a core, and a secretary who opens its items in turn."""

    def __init__(self, place: Place, told: dict[str, Any], workers: Workers, core: int, variant: str = "ours") -> None:
        self.place, self.workers, self.core, self.variant = place, workers, core, variant
        self.display = urlsplit(told["display_url"]).path
        self.port = 0
        self.server = self._start()
        self.secretary = Secretary(self.base, "secretary", told["accounts"]["secretary"])
        self.items: list[int] = []
        self.open_item = ""

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self, items: int) -> None:
        """Opens the meeting and sees to it that there are so many items to open."""
        self.do("meeting.open")
        self.items = self._planned_items()
        for number in range(len(self.items), items):
            self.do("item.add", title=f"Nội dung {number}", kind="report", minutes=10)
        self.items = self._planned_items()

    def next_item(self) -> dict[str, Any]:
        """Opens the next item, closing the one before; the moment of the commit and the journal's number."""
        return self.do("item.open", **self.next_opening())

    def next_opening(self) -> dict[str, str]:
        """The fields of the command that opens the next item and closes the one before."""
        fields = {"item": str(self.items.pop(0)), "closing": self.open_item}
        self.open_item = fields["item"]
        return fields

    def do(self, name: str, **fields: Any) -> dict[str, Any]:
        """Gives one command; the moment of its commit and the journal's number."""
        answer = self.secretary.command(SLUG, name, **fields)
        committed = self.server.hear()
        while committed["number"] < answer["number"]:
            committed = self.server.hear()
        return committed

    def display_socket(self) -> str:
        """The path of a public display's socket with a new ticket, as its page fetches one."""
        return self._socket(self.secretary.page(f"{self.display}ticket/"))

    def screen_socket(self, screen: str, site: int | None = None) -> str:
        """The same for a screen the secretary looks at."""
        return self._socket(self.secretary.page(_ticket(screen, site)))

    def console_sockets(self, consoles: list[Console]) -> list[str]:
        """The same for consoles, each by the one who sits at it."""
        return [self._socket(visit(self.base + _ticket("console", each.site), each.session)) for each in consoles]

    def consoles(self) -> list[Console]:
        """A console for each bridge point, signed in."""
        return [Console(**each) for each in self.place.call("bench.casting:consoles")]

    def die_and_come_back(self) -> Worker:
        """Kills the server as a power cut would and starts it again at the same port; ``come_back`` waits for it."""
        self.server.kill()
        self.workers.running.remove(self.server)
        self.server = self.workers.start("bench.server", self.core, self.variant, str(self.port))
        return self.server

    def _start(self) -> Worker:
        server = self.workers.start("bench.server", self.core, self.variant)
        self.port = server.hear()["port"]
        return server

    def _socket(self, answer: str) -> str:
        return f"/ws/m/{SLUG}/?ticket={json.loads(answer)['ticket']}"

    def _planned_items(self) -> list[int]:
        return [int(each) for each in self.place.call("bench.casting:planned_items")]


def _ticket(screen: str, site: int | None) -> str:
    return f"/m/{SLUG}/live/ticket/?screen={screen}" + ("" if site is None else f"&site={site}")
