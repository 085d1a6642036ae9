"""``python -m bench.reconnect``: the line of all screens is cut at once and all come back at once, against a bare server.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench.demonstration import Console, Demonstration
from bench.figures import Return, returns
from bench.place import demonstration_place
from bench.rig import BenchFailure, Neighbours, Worker, Workers, cores, pinned, raise_file_limit
from bench.telling import run

PATIENCE_S = 110.0  # a ticket lives 120


@dataclass
class Sides:
    """The two servers and the screens of each."""

    screens: int
    demonstration: Demonstration
    consoles: list[Console]
    audience: Worker
    bare: Worker
    bare_port: int
    bare_audience: Worker

    def paths(self) -> list[str]:
        """What the screens ask for, with tickets of now: each console its own, the displays that of one of them."""
        return [*self.demonstration.console_sockets(self.consoles), self.demonstration.display_socket()]


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.reconnect", description=__doc__)
    parser.add_argument("--screens", type=int, default=1000, help="screens that are cut off (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="cuts of each kind (default: %(default)s)")
    parser.add_argument("--kill", action="store_true", help="besides, kill the server once and start it again")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.screens, options.rounds, kill=options.kill, quiet=options.json))


def measure(screens: int, rounds: int, *, kill: bool, quiet: bool) -> dict[str, Any]:
    """Sets everything up, cuts and waits in turn, and returns the figures; leaves nothing behind."""
    raise_file_limit(screens + 200)
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place())
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        demonstration = Demonstration(place, told, workers, server_core)
        bare = workers.start("bench.bare", server_core)
        audience, bare_audience = (workers.start("bench.returning", client_core) for _ in range(2))
        demonstration.begin(1)
        demonstration.next_item()
        consoles = demonstration.consoles()[:screens]
        sides = Sides(screens, demonstration, consoles, audience, bare, bare.hear()["port"], bare_audience)
        memory = _open_screens(sides)
        real_rounds, bare_rounds, neighbours = [], [], Neighbours(workers)
        for number in range(rounds):
            real_rounds.append(_real_round(sides))
            bare_rounds.append(_bare_round(sides))
            if not quiet:
                _tell(number, real_rounds[-1], bare_rounds[-1])
        memory["memory_after_kb"] = round((demonstration.server.memory_kb() - memory.pop("before_kb")) / screens, 1)
        figures = returns(real_rounds, bare_rounds)
        killed = {"kill": _killed(sides)} if kill else {}
        others = round(neighbours.share(), 1)
    return {"screens": screens, **figures, "rounds": rounds, "consoles": len(consoles), **memory, **killed, "others_cpu": others}


def _open_screens(sides: Sides) -> dict[str, float]:
    server, screens = sides.demonstration.server, sides.screens
    before, order = server.memory_kb(), {"do": "open", "screens": screens}
    opened = sides.audience.ask({**order, "port": sides.demonstration.port, "paths": sides.paths(), "hello": True})
    # The frame a display is shown first; bare screens get it with the upgrade.
    sides.bare.tell({"greeting": sides.audience.ask({"do": "greeting"})["frame"]})
    bare_opened = sides.bare_audience.ask({**order, "port": sides.bare_port, "paths": ["/"], "hello": False})
    for answer in (opened, bare_opened):
        if answer["failed"]:
            raise BenchFailure(f"{answer['failed']} of {screens} screens could not be opened: {answer['reason']}")
    server.settle()
    return {"memory_per_socket_kb": round((server.memory_kb() - before) / screens, 1), "before_kb": before}


def _real_round(sides: Sides) -> Return:
    paths = sides.paths()
    sides.demonstration.server.settle()
    return _cut(sides.screens, sides.audience, sides.demonstration.server, sides.demonstration.port, paths)


def _bare_round(sides: Sides) -> Return:
    sides.demonstration.server.settle()
    return _cut(sides.screens, sides.bare_audience, sides.bare, sides.bare_port, ["/"])


def _cut(screens: int, audience: Worker, server: Worker, port: int, paths: list[str]) -> Return:
    before = server.first_thread_s()
    told = audience.ask({"do": "cut", "screens": screens, "port": port, "paths": paths, "retry": False, "patience": PATIENCE_S})
    return Return(told["delays"], told["failed"], told["cpu"], server.first_thread_s() - before, told["reason"])


def _killed(sides: Sides) -> dict[str, Any]:
    """Kills the server, starts it again; meanwhile the screens try to come back every half second."""
    demonstration, paths = sides.demonstration, sides.paths()
    demonstration.server.settle()
    order = {
        "do": "cut",
        "screens": sides.screens,
        "port": demonstration.port,
        "paths": paths,
        "retry": True,
        "patience": PATIENCE_S,
    }
    start = time.monotonic()
    server = demonstration.die_and_come_back()
    sides.audience.tell(order)
    server.hear()
    listening = time.monotonic() - start
    told = sides.audience.hear()
    done = Return(told["delays"], told["failed"], told["cpu"], 0.0, told["reason"])
    return {
        "listening_after_s": round(listening, 2),
        "p99_ms": round(done.p99_ms),
        "last_ms": round(done.last_ms),
        "joins_per_s": round(len(done.delays_ms) / (done.last_ms / 1000 - listening)),
        "failed": done.failed,
        "client_cpu": round(done.client_cpu, 1),
    }


def _tell(number: int, real: Return, bare: Return) -> None:
    print(
        f"{number}: {real.joins_per_s:.0f} joins/s, p99 {real.p99_ms:.0f} ms, {real.failed} failed {real.reason}, client"
        f" {real.client_cpu:.0f} %; bare {bare.joins_per_s:.0f} joins/s, {bare.failed} failed, client {bare.client_cpu:.0f} %,"
        f" {bare.busy_per_s:.0f} a busy second",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
