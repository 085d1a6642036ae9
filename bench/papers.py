"""``python -m bench.papers``: marking against pikepdf alone, 1,000 readers who open a paper within a minute, memory, ranges.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from statistics import median
from threading import Event, Thread
from typing import Any

from bench.demonstration import SLUG
from bench.figures import percentile
from bench.place import DATABASES, Place, demonstration_place
from bench.rig import ROOT, BenchFailure, Neighbours, Worker, Workers, cores, pinned
from bench.telling import run

RANGES = 300
OFFICE_S = 300  # the longest that fifty Word files are waited for


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("--readers", type=int, default=1000, help="who open the paper, at most 1000 (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=60, help="within so many seconds (default: %(default)s)")
    parser.add_argument("--office", action="store_true", help="have 50 Word files prepared too, while a live page is read")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.readers, options.seconds, options.database, office=options.office))


def measure(readers: int, seconds: int, database: str, *, office: bool = False) -> dict[str, Any]:
    """Sets everything up, measures part after part, and leaves nothing behind."""
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, _told = stack.enter_context(demonstration_place(database))
        made = place.call("bench.paper_furnishing:furnish")
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        stamped = workers.start("bench.stamping", client_core).hear()
        server = workers.start("bench.server", server_core, "ours")
        client = workers.start("bench.paper_readers", client_core, str(int(server.hear()["port"])))
        common, large = ({**paper, "page": f"/m/{SLUG}/papers/{paper['number']}/"} for paper in made["papers"])
        sessions = made["sessions"][:readers]
        client.ask({"do": "ranges", "count": 20, "sessions": sessions, **common})  # warm
        ranged, range_cpu = _with_cpu(
            server, lambda: client.ask({"do": "ranges", "count": RANGES, "sessions": sessions, **common})
        )
        neighbours, before, spent = Neighbours(workers), client.cpu_s(), time.monotonic()
        opened, opening_cpu = _with_cpu(
            server, lambda: client.ask({"do": "minute", "seconds": seconds, "sessions": sessions, **common})
        )
        client_cpu = 100 * (client.cpu_s() - before) / (time.monotonic() - spent)
        others = neighbours.share()
        memory = [_memory(server, client, {"do": "whole", "pause": 0.002, "sessions": sessions, **p}) for p in (common, large)]
        prepared = _office(stack, place, client, sessions) if office else {}
    if not opened["took_ms"]:
        raise BenchFailure(f"Nobody could open the paper: {opened['why']}")
    return {
        "ratio": round(stamped["ours_ms"] / stamped["bare_ms"], 3),
        "stamping_ms": round(stamped["ours_ms"], 2),
        "bare_stamping_ms": round(stamped["bare_ms"], 2),
        "flattened_s": round(stamped["flattened_s"], 1),
        "first_page_p95_ms": round(percentile(opened["took_ms"], 0.95)),
        "first_page_p50_ms": round(median(opened["took_ms"])),
        "first_page_max_ms": round(max(opened["took_ms"])),
        "page_p95_ms": round(percentile(opened["page_ms"], 0.95)),
        "failed": opened["failed"],
        "readers": readers,
        "seconds": seconds,
        "server_cpu": round(100 * opening_cpu / opened["seconds"]),
        "range_p50_ms": round(median(ranged["took_ms"]), 2),
        "range_cpu_ms": round(1000 * range_cpu / (RANGES + 1), 2),
        "memory_20mb_mb": memory[0],
        "memory_200mb_mb": memory[1],
        **prepared,
        "client_cpu": round(client_cpu, 1),
        "others_cpu": round(others),
        "database": database,
    }


def _office(stack: ExitStack, place: Place, client: Worker, sessions: list[str]) -> dict[str, Any]:
    """Lets a worker prepare many Word files, as `serve` has one beside it, while a page is read: its p99 before and meanwhile."""
    order = {"do": "pages", "page": f"/m/{SLUG}/programme/", "sessions": sessions}
    before = client.ask({**order, "seconds": 15})["took_ms"]
    files, start = place.call("bench.paper_office:queue"), time.monotonic()
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--beside"], cwd=ROOT, env=place.environment, stdin=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, set(cores())),  # noqa: PLW1509 — no thread runs here yet
    )  # fmt: skip
    stack.callback(worker.wait)
    stack.callback(worker.terminate)
    meanwhile: list[float] = []
    states: dict[str, int] = {}
    while time.monotonic() - start < OFFICE_S and (not states or states.get("waiting")):
        meanwhile += client.ask({**order, "seconds": 10})["took_ms"]
        states = place.call("bench.paper_office:states")
    return {
        "office_files": files,
        "office_states": states,
        "office_s": round(time.monotonic() - start, 1),
        "office_page_p99_before_ms": round(percentile(before, 0.99), 1),
        "office_page_p99_ms": round(percentile(meanwhile, 0.99), 1),
    }


def _with_cpu(server: Worker, work: Any) -> tuple[dict[str, Any], float]:
    server.settle(5)
    before = server.cpu_s()
    answer = work()
    return answer, server.cpu_s() - before


def _memory(server: Worker, client: Worker, order: dict[str, Any]) -> float:
    """What the server holds more, at most, while a whole file is read slowly, in MB."""
    server.settle(5)
    start, ended = server.memory_kb(), Event()
    most = [start]

    def watch() -> None:
        while not ended.wait(0.02):
            most.append(server.memory_kb())

    watching = Thread(target=watch, daemon=True)
    watching.start()
    answer = client.ask(order)
    ended.set()
    watching.join()
    if answer["status"] != 200:
        raise BenchFailure(f"The whole file answered {answer['status']}.")
    return round((max(most) - start) / 1024, 1)


if __name__ == "__main__":
    sys.exit(main())
