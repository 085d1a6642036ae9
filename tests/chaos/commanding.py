"""The commands of a run: so many a second, by those who may give them, each sent once or several times under one id."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.judge import Command
from tests.chaos.office import SLUG, Office
from tests.chaos.stations import Account, Station

A_SECOND = 20
AT_ONCE = 150  # commands under way, most of them on frozen lines: what is more waits for answers, as people do
SENDINGS = (1, 1, 1, 1, 1, 1, 1, 1, 2, 5)  # how often one command is sent at once
KINDS = {
    "presence.mark": 44, "floor.request": 8, "floor.give": 6, "floor.yield": 4, "item.open": 3, "announcement.publish": 4,
    "announcement.withdraw": 2, "displays.steer": 3, "site_command.issue": 3, "site_command.withdraw": 1,
    "site_command.acknowledge": 12, "message.send": 10,
}  # fmt: skip
MODES = ("auto", "item", "speaker", "count", "welcome", "blank")


@dataclass
class Asked:
    """A command under way: who gives it, and every answer so far."""

    name: str
    fields: dict[str, Any]
    account: Account
    id: str
    answers: list[tuple[int, str]] = field(default_factory=list)
    sent: int = 0

    def finished(self) -> Command:
        """Return it for the judge."""
        return Command(id=self.id, name=self.name, answers=tuple(self.answers))


class Commander:
    """Gives commands until told to stop. `rng` decides what, by whom and how often; answers decide nothing."""

    def __init__(self, office: Office, rng: random.Random, secretary: Account, chair: Account, consoles: list[Station]) -> None:
        self.office, self.rng = office, rng
        self.secretary, self.chair = secretary, chair
        self.consoles = consoles
        self.seen: Station | None = None  # a control room beside: what there is to answer to
        self.asked: list[Asked] = []
        self.refused = self.repeated = 0
        self._present: dict[int, bool] = {}
        self._items = list(office.items)
        self._open_item = ""
        self._under_way: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Open the meeting and its first item."""
        await self._give("meeting.open", {}, self.secretary, 1)
        await self._open_next()

    async def run(self, seconds: float) -> None:
        """Give commands for so long."""
        until, due = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < until:
            due += 1 / A_SECOND
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if len(self._under_way) < AT_ONCE:
                task = asyncio.create_task(self._one())
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def finish(self, patience: float) -> None:
        """Wait until everything has its answer."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    async def stop(self) -> None:
        """Give up what is still under way."""
        for task in list(self._under_way):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _one(self) -> None:
        name = self.rng.choices(list(KINDS), weights=list(KINDS.values()))[0]
        console, site = self.rng.choice(list(zip(self.consoles, self.office.sites[1:], strict=True)))
        times = self.rng.choice(SENDINGS)
        if name == "item.open" and self._items:
            await self._open_next()
            return
        wanted = self._fields(name, site)
        if wanted is None:  # nothing there to answer to
            name, wanted = "presence.mark", self._fields("presence.mark", site) or {}
        at_site = name in ("presence.mark", "site_command.acknowledge", "floor.request", "message.send")
        by = console.account if (at_site and self.rng.random() < 0.8) or name == "site_command.acknowledge" else self.secretary
        if by is self.secretary and name in ("message.send", "floor.request"):
            wanted |= {"bridge_point": site["id"]}
        if name in ("floor.give", "floor.yield", "announcement.publish", "site_command.issue") and self.rng.random() < 0.5:
            by = self.chair
        await self._give(name, wanted, by, times)

    def _fields(self, name: str, site: dict[str, Any]) -> dict[str, Any] | None:
        word = f"{self.rng.getrandbits(40):010x}"
        if name == "presence.mark":
            person = self.rng.choice(site["people"])
            self._present[person] = not self._present.get(person, False)
            return {"participants": person, "state": "present" if self._present[person] else "absent"}
        wanted = {
            "announcement.publish": {"text": f"Thông báo {word}"} | ({"show": "on"} if self.rng.random() < 0.3 else {}),
            "site_command.issue": {"kind": "other", "text": f"Hiệu lệnh {word}"},
            "message.send": {"line": self.rng.choice(("technical", "chair")), "text": f"Tin nhắn {word}"},
            "displays.steer": {"mode": self.rng.choice(MODES)},
            "floor.request": {"bridge_point": site["id"]},
        }
        return dict(wanted[name]) if name in wanted else self._answer_to(name) if name != "item.open" else None

    def _answer_to(self, name: str) -> dict[str, Any] | None:
        """A command on something that stands in the control room: its form there holds what is needed."""
        form = "site_command.withdraw" if name == "site_command.acknowledge" else name
        html = " ".join(self.seen.shown.values()) if self.seen else ""
        inputs = re.findall(
            rf'/do/{form}/"(?:(?!</form>).)*?name="(request|announcement|site_command)" value="(\d+)"', html, re.S
        )
        return dict([self.rng.choice(sorted(set(inputs)))]) if inputs else None

    async def _open_next(self) -> None:
        item, closing = str(self._items.pop(0)), self._open_item
        self._open_item = item
        await self._give("item.open", {"item": item, "closing": closing}, self.secretary, 2)

    async def _give(self, name: str, fields: dict[str, Any], by: Account, times: int) -> None:
        asked = Asked(name, fields, by, str(uuid.UUID(int=self.rng.getrandbits(128), version=4)))
        self.asked.append(asked)
        await asyncio.gather(*(self._send(asked) for _ in range(times)))

    async def _send(self, asked: Asked) -> None:
        asked.sent += 1
        path = f"/m/{SLUG}/do/{asked.name}/"
        status, body = await asked.account.command(path, asked.fields, asked.id)
        asked.answers.append((status, json.dumps(body, sort_keys=True)))


class Counting(Account):
    """An account that counts how often something had to be asked again."""

    again = 0

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Ask as the example does."""
        answer = super().ask(path, fields)
        if fields is not None and answer[0] in {0, 502, 503, 504}:
            Counting.again += 1
        return answer
