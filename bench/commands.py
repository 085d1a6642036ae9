"""``python -m bench.commands``: from the commit of each of many commands to the last of 1,000 screens, with all consoles busy.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from bench.bare_view import PATH as BARE_PATH
from bench.demonstration import SLUG, Console, Demonstration
from bench.figures import percentile
from bench.place import DATABASES, demonstration_place
from bench.rig import BenchFailure, Neighbours, Worker, Workers, cores, pinned, raise_file_limit
from bench.telling import run

CYCLE = 40  # commands of the busy meeting: one item opened, 15 who ask for the floor, 24 people marked
ASKING = 15
Job = list[Any]


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.commands", description=__doc__)
    parser.add_argument("--screens", type=int, default=1000, help="screens that watch (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=30, help="how long the meeting is busy (default: %(default)s)")
    parser.add_argument("--rate", type=int, default=20, help="commands a second meanwhile (default: %(default)s)")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.screens, options.seconds, options.rate, options.database))


class Busy:
    """What the people of the conference do, one command after another: nothing of it is refused."""

    def __init__(self, demonstration: Demonstration, consoles: list[Console]) -> None:
        self.demonstration = demonstration
        self.operators = [console for console in consoles if console.people]
        self.asking = itertools.cycle(self.operators)
        self.marking = {console.session: self._marks(console) for console in self.operators}
        self.turns = itertools.cycle(self.operators)

    def meeting(self, count: int) -> list[Job]:
        """The next commands of a busy meeting, from all consoles in turn."""
        return [self._one(number % CYCLE) for number in range(count)]

    def marks(self, count: int) -> list[Job]:
        """Presence only: what each console can do as fast as it is answered."""
        return [self._mark() for _number in range(count)]

    def inserts(self, count: int) -> list[Job]:
        """The same people at the bare view."""
        return [[next(self.turns).session, f"/{BARE_PATH}", {}] for _number in range(count)]

    def _one(self, place: int) -> Job:
        if place == 0:
            return [self.demonstration.secretary.session, _door("item.open"), self.demonstration.next_opening()]
        if place % 2 and place < 2 * ASKING:
            return [next(self.asking).session, _door("floor.request"), {}]
        return self._mark()

    def _mark(self) -> Job:
        session = next(self.turns).session
        return [session, _door("presence.mark"), next(self.marking[session])]

    def _marks(self, console: Console) -> Iterator[dict[str, Any]]:
        """All of a hall present, then all absent: counts that always move on."""
        for state in itertools.cycle(("present", "absent")):
            for person in console.people:
                yield {"participants": person, "state": state}


def _door(name: str) -> str:
    return f"/m/{SLUG}/do/{name}/"


def measure(screens: int, seconds: int, rate: int, database: str) -> dict[str, Any]:
    """Sets everything up, lets the meeting be busy, then each side as fast as it can; leaves nothing behind."""
    raise_file_limit(screens + 200)
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place(database))
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        place.call("bench.casting:bare_table")
        demonstration = Demonstration(place, told, workers, server_core)
        demonstration.begin(5 + seconds * rate // CYCLE)  # one before, one that ends each phase
        demonstration.next_item()
        consoles = demonstration.consoles()
        audience, hands = workers.start("bench.watching", client_core), workers.start("bench.hands", client_core)
        _open_screens(screens, demonstration, audience, consoles)
        busy = Busy(demonstration, consoles)
        neighbours = Neighbours(workers)
        _phase(demonstration, audience, hands, busy.meeting(CYCLE), rate)  # to warm up
        took, sustained = _phase(demonstration, audience, hands, busy.meeting(seconds * rate - CYCLE), rate)
        full_took, full = _phase(demonstration, audience, hands, busy.marks(20 * rate), None)
        _none, bare = _phase(demonstration, audience, hands, busy.inserts(20 * rate), None)
        others = round(neighbours.share(), 1)
    return {
        "commands_per_s": round(full["done"] / full["seconds"], 1),
        "p50_ms": round(percentile(took, 0.50), 1),
        "p99_ms": round(percentile(took, 0.99), 1),
        "last_ms": round(max(took), 1),
        "ratio": round(bare["done"] / bare["seconds"] / (full["done"] / full["seconds"]), 2),
        "bare_inserts_per_s": round(bare["done"] / bare["seconds"], 1),
        "rate": rate,
        "commands": len(took),
        "refused": sustained["refused"] + full["refused"],
        "onlookers_lost": [sustained["onlookers_lost"], full["onlookers_lost"]],
        "answer_p99_ms": round(percentile(sustained["answered_ms"], 0.99), 1),
        "full_p99_ms": round(percentile(full_took, 0.99), 1),
        "screens": screens,
        "consoles": len(consoles),
        "database": database,
        "client_cpu": round(max(sustained["cpu"], full["cpu"]), 1),
        "others_cpu": others,
    }


def _open_screens(screens: int, demonstration: Demonstration, audience: Worker, consoles: list[Console]) -> None:
    """All measured screens are consoles, whose parts every command changes; a control room, a chair and a display look on."""
    own = demonstration.console_sockets(consoles)
    own = [own[n % len(own)] for n in range(screens)]  # no account may open more than some dozens
    others = [demonstration.screen_socket("control"), demonstration.screen_socket("chair"), demonstration.display_socket()]
    for paths, count in ((own, screens), (others, len(others))):
        opened = audience.ask({"do": "open", "port": demonstration.port, "paths": paths, "screens": count, "hello": True})
        if opened["failed"]:
            raise BenchFailure(f"{opened['failed']} of {count} screens could not be opened: {opened['reason']}")


def _phase(
    demonstration: Demonstration, audience: Worker, hands: Worker, jobs: list[Job], rate: int | None
) -> tuple[list[float], dict[str, Any]]:
    """Gives commands; for each the time from its commit to the last screen, in ms, and what the hands told."""
    demonstration.server.settle()
    audience.ask({"do": "watch"})
    told = hands.ask({"do": "give", "port": demonstration.port, "jobs": jobs, "rate": rate})
    if told["missing"]:
        raise BenchFailure(f"{told['missing']} of {len(jobs)} commands were not answered.")
    told["done"] = len(told["answered_ms"]) - len(told["refused"])
    commits = demonstration.server.heard()
    # Of two changes read at once one may undo the other (somebody comes, somebody goes): then no screen has anything to show,
    # and none is sent anything. An item opened last always shows, and is what there is to wait for.
    ending = demonstration.next_item() if commits else None
    seen = audience.ask({"do": "report", "until": ending["number"] if ending else 0})
    if seen["lost"]:
        raise BenchFailure(f"{seen['lost']} screens were lost: {seen['reason']}")
    told |= {"cpu": seen["cpu"], "refused": sorted(set(told["refused"])), "onlookers_lost": seen["onlookers_lost"]}
    return delays(commits, [(number, last) for number, count, last in seen["frames"] if count == seen["measured"]]), told


def delays(commits: list[dict[str, Any]], frames: list[tuple[int, int]]) -> list[float]:
    """For each commit the first frame that all screens had parsed with its number or a higher one."""
    found, missing = [], 0
    for commit in commits:
        last = next((last for number, last in frames if number >= commit["number"]), None)
        if last is None:
            missing += 1
        else:
            found.append((last - commit["committed_ns"]) / 1e6)
    if missing:
        raise BenchFailure(f"{missing} of {len(commits)} changes did not reach all screens.")
    return found


if __name__ == "__main__":
    sys.exit(main())
