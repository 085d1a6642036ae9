"""``python -m bench.votes``: ballots cast over 1, 16 and 64 connections, and all at once, beside a view that does one INSERT.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import sys
import time
import uuid
from contextlib import ExitStack
from typing import Any

from bench.bare_view import PATH as BARE_PATH
from bench.demonstration import SLUG, Demonstration
from bench.figures import percentile
from bench.place import DATABASES, Place, demonstration_place
from bench.rig import BenchFailure, Neighbours, Worker, Workers, cores, pinned, raise_file_limit
from bench.telling import run

CLIENTS = (1, 16, 64)
SECRET_AT = 16  # connections of the secret poll
ROUNDS = 3  # ours and the bare view in turn
WARM_UP = 60
DISPLAYS = 200
RESULT = "polled-result"  # what a display holds when it shows one (templates/live/parts/display/poll.html)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Job = list[Any]


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run, 2 when its figures are not valid."""
    parser = argparse.ArgumentParser(prog="python -m bench.votes", description=__doc__)
    parser.add_argument("--voters", type=int, default=3000, help="people, each with one ballot in each poll")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.voters, options.database))


class Polls:
    """The polls that are put one after another, and the ballots of all voters in each."""

    def __init__(self, demonstration: Demonstration, sessions: list[str], prepared: list[list[int]]) -> None:
        self.demonstration, self.sessions, self.prepared = demonstration, sessions, prepared

    def open(self) -> str:
        """Opens the next poll; the address its ballots go to."""
        poll, number, version = self.prepared[0]
        self.demonstration.do("poll.open", poll=poll, version=version)
        return f"/m/{SLUG}/polls/{number}/ballot/"

    def end(self, audience: Worker) -> float:
        """Closes the poll and declares its result; ms from the first of both commands to the last display with the result."""
        poll = self.prepared.pop(0)[0]
        audience.ask({"do": "wait", "holds": RESULT})
        asked = time.monotonic_ns()
        self.demonstration.do("poll.close", poll=poll)
        self.demonstration.do("poll.declare", poll=poll)
        result = audience.hear()
        if result["missing"]:
            raise BenchFailure(f"{result['missing']} displays did not get the result: {result['reason']}")
        return (max(result["arrivals"]) - asked) / 1e6

    def ballots(self, sessions: list[str], path: str, clients: int | None, *, is_secret: bool = False) -> list[Job]:
        """A ballot of each voter, over so many connections in turn (nothing: each over an own one)."""
        return [
            [session if clients is None else f"line-{n % clients}", path, _ballot(n, is_secret=is_secret), session]
            for n, session in enumerate(sessions)
        ]

    def inserts(self, count: int, clients: int) -> list[Job]:
        """As many for the bare view, of the same people over as many connections, with bodies of the same size."""
        people = [self.sessions[n % len(self.sessions)] for n in range(count)]
        return [[f"line-{n % clients}", f"/{BARE_PATH}", _ballot(n), who] for n, who in enumerate(people)]


def _ballot(number: int, *, is_secret: bool = False) -> dict[str, Any]:
    fields: dict[str, Any] = {"key": str(uuid.uuid4()), "choices": number % 7 % 3 + 1}
    return fields | ({"code": "".join(ALPHABET[byte % 32] for byte in uuid.uuid4().bytes + b"vote")} if is_secret else {})


def measure(voters: int, database: str) -> dict[str, Any]:
    """Sets everything up, puts a poll at each number of connections, a secret one and one all at once; leaves nothing behind."""
    raise_file_limit(voters + DISPLAYS + 200)
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place(database))
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        place.call("bench.casting:bare_table")
        sessions = place.call("bench.voters:furnish", voters=voters)
        demonstration = Demonstration(place, told, workers, server_core)
        demonstration.begin(1)
        demonstration.next_item()
        polls = _prepared(place, demonstration, sessions)
        audience, hands = workers.start("bench.screens", client_core), workers.start("bench.hands", client_core)
        _open_displays(demonstration, audience)
        neighbours = Neighbours(workers)
        results: list[float] = []
        levels = {str(n): _level(polls, hands, audience, n, results) for n in CLIENTS}
        secret = _level(polls, hands, audience, SECRET_AT, results, is_secret=True)
        at_once = _at_once(polls, hands, audience, results)
        others = round(neighbours.share(), 1)
        _settled(place, voters, len(CLIENTS) + 2)
    worst = min([*levels.values(), secret], key=lambda level: level["ratio"])
    return {
        "voters": voters,
        "ballots_per_s": worst["ballots_per_s"],
        "p99_ms": worst["p99_ms"],
        "ratio": worst["ratio"],
        "levels": levels,
        "secret": secret,
        "at_once": at_once,
        "displays": DISPLAYS,
        "result_ms": round(max(results), 1),
        "database": database,
        "client_cpu": max(level["client_cpu"] for level in [*levels.values(), secret]),
        "others_cpu": others,
    }


def _prepared(place: Place, demonstration: Demonstration, sessions: list[str]) -> Polls:
    fields = {"kind": "motion", "occasion": "room", "majority": "half", "base": "present", "least_choices": 1, "most_choices": 1}
    for n in range(len(CLIENTS) + 2):
        secret = {"is_secret": "on"} if n == len(CLIENTS) else {}
        demonstration.do("poll.add", question=f"Câu hỏi thử {n}?", **fields, **secret)
    return Polls(demonstration, sessions, place.call("bench.voters:poll_numbers")[-len(CLIENTS) - 2 :])


def _open_displays(demonstration: Demonstration, audience: Worker) -> None:
    paths = [demonstration.display_socket()]
    opened = audience.ask({"do": "open", "port": demonstration.port, "paths": paths, "screens": DISPLAYS, "hello": True})
    if opened["failed"]:
        raise BenchFailure(f"{opened['failed']} of {DISPLAYS} displays could not be opened: {opened['reason']}")


def _level(
    polls: Polls, hands: Worker, audience: Worker, clients: int, results: list[float], *, is_secret: bool = False
) -> dict[str, Any]:
    """All vote over so many connections: rounds of ours and of the bare view in turn, the medians of their rates."""
    path = polls.open()
    size = -(-len(polls.sessions) // ROUNDS)
    parts = [polls.sessions[n * size : (n + 1) * size] for n in range(ROUNDS)]
    _give(polls.demonstration, hands, polls.inserts(WARM_UP, clients))
    ours, bare, took, cpu = [], [], [], [0.0]
    for part in parts:
        told = _give(polls.demonstration, hands, polls.ballots(part, path, clients, is_secret=is_secret))
        ours.append(len(part) / told["seconds"])
        took += told["answered_ms"]
        cpu.append(told["cpu"])
        told = _give(polls.demonstration, hands, polls.inserts(len(part), clients))
        bare.append(len(part) / told["seconds"])
        cpu.append(told["cpu"])
    results.append(polls.end(audience))
    rate, limit = percentile(ours, 0.5), percentile(bare, 0.5)
    return {
        "ballots_per_s": round(rate, 1),
        "p50_ms": round(percentile(took, 0.50), 1),
        "p99_ms": round(percentile(took, 0.99), 1),
        "bare_per_s": round(limit, 1),
        "ratio": round(rate / limit, 2),
        "client_cpu": round(max(cpu), 1),
    }


def _at_once(polls: Polls, hands: Worker, audience: Worker, results: list[float]) -> dict[str, Any]:
    """All press at the same moment, each over a connection of their own."""
    path = polls.open()
    told = _give(polls.demonstration, hands, polls.ballots(polls.sessions, path, None))
    results.append(polls.end(audience))
    return {"seconds": round(told["seconds"], 1), "last_ms": round(max(told["answered_ms"]))}


def _give(demonstration: Demonstration, hands: Worker, jobs: list[Job]) -> dict[str, Any]:
    demonstration.server.settle()
    before = hands.cpu_s()
    told = hands.ask({"do": "give", "port": demonstration.port, "jobs": jobs, "rate": None})
    if told["missing"] or told["refused"]:
        raise BenchFailure(
            f"{told['missing']} of {len(jobs)} ballots were not answered, {len(told['refused'])} refused: "
            f"{sorted(set(told['refused']))[:3]}"
        )
    told["cpu"] = 100 * (hands.cpu_s() - before) / told["seconds"]
    return told


def _settled(place: Place, voters: int, polls: int) -> None:
    """In the end every ballot that was answered is in the ledger and in the result, and journal and tables agree."""
    counted: dict[str, Any] = place.call("bench.voters:counted")
    if counted["cast"] != [[voters, voters]] * polls or counted["differences"]:
        raise BenchFailure(f"ballots by ledger and result: {counted['cast']}; {counted['differences']}")


if __name__ == "__main__":
    sys.exit(main())
