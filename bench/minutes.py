"""``python -m bench.minutes``: minutes from their data to a PDF against WeasyPrint alone, and screens while papers are printed.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.demonstration import Demonstration
from bench.figures import percentile
from bench.place import Place, demonstration_place
from bench.rig import BenchFailure, Worker, Workers, cores, pinned, raise_file_limit
from bench.telling import run

WARM_UP = 2
#: Fan-outs at most in each of the four parts (quiet, printing, quiet, printing).
MOST_ROUNDS = 40
#: Fan-outs of a quiet part.
QUIET_ROUNDS = 12


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.minutes", description=__doc__)
    parser.add_argument("--pages", type=int, default=50, help="of the minutes (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="prints of each kind, in turn (default: %(default)s)")
    parser.add_argument("--documents", type=int, default=35, help="printed while screens watch (default: %(default)s)")
    parser.add_argument("--screens", type=int, default=300, help="that watch; 0: print only (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.pages, options.rounds, options.documents, options.screens, quiet=options.json))


def measure(pages: int, rounds: int, documents: int, screens: int, *, quiet: bool) -> dict[str, Any]:
    """Sets everything up, measures part after part, and leaves nothing behind."""
    load = os.getloadavg()[0]
    raise_file_limit(screens + 200)
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place() if screens else _bare_place())
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        press = workers.start("bench.minutes_press", server_core)
        figures = _printing(press, workers, server_core, pages, rounds, quiet=quiet)
        if screens:
            demonstration = Demonstration(place, told, workers, server_core)
            demonstration.begin(4 * MOST_ROUNDS)
            audience = workers.start("bench.screens", client_core)
            _open(audience, demonstration, screens)
            figures |= _stalling(press, demonstration, audience, documents)
    return {**figures, "screens": screens, "load_before": round(load, 2)}


@contextmanager
def _bare_place() -> Iterator[tuple[Place, dict[str, Any]]]:
    """A place without a database: nothing but the press works there."""
    with TemporaryDirectory(prefix="diemcau-bench-") as folder:
        yield Place(Path(folder), f"sqlite:///{folder}/none.sqlite3"), {}


def _printing(press: Worker, workers: Workers, core: int, pages: int, rounds: int, *, quiet: bool) -> dict[str, Any]:
    """Minutes from their data to the file, and WeasyPrint alone on the same page, in turn on one core."""
    bare = workers.start("bench.minutes_bare", core)
    made = press.ask({"do": "make", "pages": pages})
    bare.ask({"do": "take", "html": made["html"], "css": made["css"]})
    found: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for number in range(rounds + 1):
        ours, alone = press.ask({"do": "ours"}), bare.ask({"do": "print"})
        if number:  # the first warms up
            found.append((ours, alone))
        if not quiet:
            print(f"{number}: {ours['ms']:.0f} ms, bare {alone['ms']:.0f} ms", file=sys.stderr)
    return {
        "pages": made["pages"],
        "ours_ms": round(median(ours["ms"] for ours, _alone in found)),
        "bare_ms": round(median(alone["ms"] for _ours, alone in found)),
        "ratio": round(median(ours["ms"] / alone["ms"] for ours, alone in found), 3),
        "cpu_ratio": round(median(ours["cpu_ms"] / alone["cpu_ms"] for ours, alone in found), 3),
        "rss_mb": press.ask({"do": "memory"})["rss_mb"],
        "kb": made["kb"],
        "rounds": rounds,
    }


def _open(audience: Worker, demonstration: Demonstration, screens: int) -> None:
    order = {"do": "open", "screens": screens, "port": demonstration.port, "paths": [demonstration.display_socket()]}
    opened = audience.ask({**order, "hello": True})
    if opened["failed"]:
        raise BenchFailure(f"{opened['failed']} of {screens} screens could not be opened: {opened['reason']}")


def _stalling(press: Worker, demonstration: Demonstration, audience: Worker, documents: int) -> dict[str, Any]:
    """From the commit to the screens, without and while papers are printed beside the service, in turn."""
    for _round in range(WARM_UP):
        _fan_out(demonstration, audience)
    still: list[float] = []
    printing: list[float] = []
    busy: list[float] = []
    seconds = 0.0
    for _turn in range(2):
        demonstration.server.settle()
        for _round in range(QUIET_ROUNDS):
            delay, share = _fan_out(demonstration, audience)
            still.append(delay)
            busy.append(share)
        press.tell({"do": "many", "count": documents})
        done: list[dict[str, Any]] = []
        for _round in range(MOST_ROUNDS - QUIET_ROUNDS):
            delay, share = _fan_out(demonstration, audience)
            if done := press.heard():
                break
            printing.append(delay)
            busy.append(share)
        seconds += (done or [press.hear()])[0]["seconds"]
    if not printing:
        raise BenchFailure("The papers were printed before a screen had changed; print more of them.")
    return {
        "p99_ms": round(median(still), 2),
        "printing_p99_ms": round(median(printing), 2),
        "stall_ratio": round(median(printing) / median(still), 2),
        "documents": documents,
        "documents_s": round(seconds / 2, 1),
        "fan_outs": len(printing),
        "client_cpu": round(median(busy), 1),
    }


def _fan_out(demonstration: Demonstration, audience: Worker) -> tuple[float, float]:
    """One change: after how many ms 99 % of the screens had it, and how busy their process was, in %."""
    audience.ask({"do": "wait"})
    committed = demonstration.next_item()
    result = audience.hear()
    if result["missing"]:
        raise BenchFailure(f"{result['missing']} screens did not get the frame: {result['reason']}")
    delays = [(arrival - committed["committed_ns"]) / 1e6 for arrival in result["arrivals"]]
    return percentile(delays, 0.99), result["cpu"]


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
