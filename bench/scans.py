"""``python -m bench.scans``: badges read at 1, 16 and 64 doors as fast as they are answered, beside a view that does one INSERT.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import uuid
from contextlib import ExitStack
from typing import Any

from bench.bare_view import OPEN_PATH
from bench.demonstration import Demonstration
from bench.figures import percentile
from bench.place import DATABASES, demonstration_place
from bench.rig import BenchFailure, Neighbours, Worker, Workers, cores, pinned, raise_file_limit
from bench.telling import run

CLIENTS = (1, 16, 64)
ROUNDS = 3  # ours and the bare view in turn
WARM_UP = 60
Job = list[Any]


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.scans", description=__doc__)
    parser.add_argument("--scans", type=int, default=3000, help="people, each scanned once at each number of doors")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.scans, options.database))


class Doors:
    """The badges of a hall and the devices at its doors. At each number of clients everybody goes the other way."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.codes, self.tokens = told["codes"], told["tokens"]
        self.turn = 0

    def scans(self, codes: list[str], clients: int, direction: str) -> list[Job]:
        """A job for each badge, at each door in turn."""
        return [self._job(code, n % clients, f"/s/{self.tokens[n % clients]}/scans/", direction) for n, code in enumerate(codes)]

    def inserts(self, count: int, clients: int) -> list[Job]:
        """As many for the bare view, with bodies of the same size on as many connections."""
        return [self._job(self.codes[n % len(self.codes)], n % clients, f"/{OPEN_PATH}", "in") for n in range(count)]

    def _job(self, code: str, client: int, path: str, direction: str) -> Job:
        self.turn += 1
        now = int(time.time() * 1000)
        scan = {"key": str(uuid.uuid4()), "turn": self.turn, "at": now, "direction": direction, "way": "camera", "code": code}
        return [f"door-{client}", path, json.dumps({"now": now, "unsent": 0, "scans": [scan]})]


def measure(scans: int, database: str) -> dict[str, Any]:
    """Sets everything up, lets people in and out at each number of doors; leaves nothing behind."""
    raise_file_limit(max(CLIENTS) + 200)
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place(database))
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        place.call("bench.casting:bare_table")
        doors = Doors(place.call("bench.doors:furnish", scans=scans, doors=max(CLIENTS)))
        demonstration = Demonstration(place, told, workers, server_core)
        hands = workers.start("bench.hands", client_core)
        neighbours = Neighbours(workers)
        levels = {n: _level(doors, demonstration, hands, n, "in" if at % 2 == 0 else "out") for at, n in enumerate(CLIENTS)}
        others = round(neighbours.share(), 1)
        counted = _settled(place, scans)
    worst = min(levels.values(), key=lambda level: level["ratio"])
    return {
        "scans": scans,
        "scans_per_s": worst["scans_per_s"],
        "p50_ms": worst["p50_ms"],
        "p99_ms": worst["p99_ms"],
        "ratio": worst["ratio"],
        "levels": {str(n): level for n, level in levels.items()},
        "present": counted["present"],
        "entries": counted["entries"],
        "database": database,
        "client_cpu": max(level["client_cpu"] for level in levels.values()),
        "others_cpu": others,
    }


def _level(doors: Doors, demonstration: Demonstration, hands: Worker, clients: int, direction: str) -> dict[str, Any]:
    """Everybody in, or out, at so many doors: rounds of ours and of the bare view in turn, the medians of their rates."""
    size = -(-len(doors.codes) // ROUNDS)
    parts = [doors.codes[n * size : (n + 1) * size] for n in range(ROUNDS)]
    _give(demonstration, hands, doors.inserts(WARM_UP, clients))
    ours, bare, took, cpu = [], [], [], [0.0]
    for part in parts:
        told = _give(demonstration, hands, doors.scans(part, clients, direction))
        ours.append(len(part) / told["seconds"])
        took += told["answered_ms"]
        cpu.append(told["cpu"])
        told = _give(demonstration, hands, doors.inserts(len(part), clients))
        bare.append(len(part) / told["seconds"])
        cpu.append(told["cpu"])
    rate, limit = percentile(ours, 0.5), percentile(bare, 0.5)
    return {
        "scans_per_s": round(rate, 1),
        "p50_ms": round(percentile(took, 0.50), 1),
        "p99_ms": round(percentile(took, 0.99), 1),
        "bare_per_s": round(limit, 1),
        "ratio": round(rate / limit, 2),
        "client_cpu": round(max(cpu), 1),
    }


def _give(demonstration: Demonstration, hands: Worker, jobs: list[Job]) -> dict[str, Any]:
    demonstration.server.settle()
    before = hands.cpu_s()
    told = hands.ask({"do": "give", "port": demonstration.port, "jobs": jobs, "rate": None})
    if told["missing"] or told["refused"]:
        raise BenchFailure(
            f"{told['missing']} of {len(jobs)} scans were not answered, {len(told['refused'])} refused: "
            f"{sorted(set(told['refused']))[:3]}"
        )
    told["cpu"] = 100 * (hands.cpu_s() - before) / told["seconds"]
    return told


def _settled(place: Any, scans: int) -> dict[str, Any]:
    """What the journal says in the end: everybody is inside, and it holds a few entries for thousands of scans."""
    counted: dict[str, Any] = place.call("bench.doors:counted")
    if counted["present"] != scans or counted["differences"]:
        raise BenchFailure(f"{counted['present']} of {scans} are present in the end; {counted['differences'][:3]}")
    return counted


if __name__ == "__main__":
    sys.exit(main())
