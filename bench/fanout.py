"""``python -m bench.fanout``: from the commit of a real ``item.open`` to the last of many screens, against a bare server.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from bench.demonstration import Demonstration
from bench.figures import Round, summary
from bench.place import demonstration_place
from bench.rig import BenchFailure, Neighbours, Worker, Workers, cores, pinned, raise_file_limit
from bench.server import GIVEN_BACK
from bench.telling import run

WARM_UP = 2


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--screens", type=int, default=1000, help="screens that watch (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=15, help="counted rounds of each kind (default: %(default)s)")
    parser.add_argument(
        "--server", choices=tuple(GIVEN_BACK), default="ours", help="what is given back to Daphne (docs/decisions/0003)"
    )
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.screens, options.rounds, server=options.server, quiet=options.json))


def measure(screens: int, rounds: int, *, server: str, quiet: bool) -> dict[str, Any]:
    """Sets everything up, runs the rounds in turn and returns the figures; leaves nothing behind."""
    raise_file_limit(screens + 200)
    server_core, client_core = cores()
    with demonstration_place() as (place, told), pinned(client_core), Workers(place.environment) as workers:
        demonstration = Demonstration(place, told, workers, server_core, server)
        bare = workers.start("bench.bare", server_core)
        audience, bare_audience = (workers.start("bench.screens", client_core) for _ in range(2))
        bare_port = bare.hear()["port"]
        demonstration.begin(rounds + WARM_UP)
        facts = _open_screens(screens, demonstration, audience, bare_port, bare_audience)
        real_rounds, bare_rounds, neighbours = [], [], Neighbours(workers)
        for number in range(rounds + WARM_UP):
            real, frame = _real_round(demonstration, audience)
            demonstration.server.settle()  # acknowledgements of the real round would disturb the bare one
            bare_round = _bare_round(bare, bare_audience, frame)
            if number >= WARM_UP:
                real_rounds.append(real)
                bare_rounds.append(bare_round)
            if not quiet:
                print(f"{number}: {real.last_ms:.1f} ms, bare {bare_round.last_ms:.1f} ms", file=sys.stderr)
        facts["others_cpu"] = round(neighbours.share(), 1)
    return {
        "screens": screens,
        **summary(real_rounds, bare_rounds),
        "rounds": rounds,
        "frame_bytes": len(frame) // 2,
        **facts,
    }


def _open_screens(
    screens: int, demonstration: Demonstration, audience: Worker, bare_port: int, bare_audience: Worker
) -> dict[str, Any]:
    before = demonstration.server.memory_kb()
    order = {"do": "open", "screens": screens}
    opened = audience.ask({**order, "port": demonstration.port, "paths": [demonstration.display_socket()], "hello": True})
    bare_opened = bare_audience.ask({**order, "port": bare_port, "paths": ["/"], "hello": False})
    for answer in (opened, bare_opened):
        if answer["failed"]:
            raise BenchFailure(f"{answer['failed']} of {screens} screens could not be opened: {answer['reason']}")
    demonstration.server.settle()
    memory = (demonstration.server.memory_kb() - before) / screens
    return {"memory_per_socket_kb": round(memory, 1), "joins_per_s": round(screens / opened["seconds"])}


def _real_round(demonstration: Demonstration, audience: Worker) -> tuple[Round, str]:
    demonstration.server.settle()
    audience.ask({"do": "wait"})
    committed = demonstration.next_item()
    result = audience.hear()
    if result["number"] < committed["number"]:
        raise BenchFailure(f"The screens show number {result['number']}, the journal is at {committed['number']}.")
    return _round(result, committed["committed_ns"]), result["frame"]


def _bare_round(bare: Worker, audience: Worker, frame: str) -> Round:
    audience.ask({"do": "wait"})
    committed = bare.ask({"frame": frame})
    return _round(audience.hear(), committed["committed_ns"])


def _round(result: dict[str, Any], committed_ns: int) -> Round:
    if result["missing"]:
        raise BenchFailure(f"{result['missing']} screens did not get the frame: {result['reason']}")
    return Round([(arrival - committed_ns) / 1e6 for arrival in result["arrivals"]], result["cpu"])


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
