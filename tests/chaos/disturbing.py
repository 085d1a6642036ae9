"""What is done to the lines: a plan made from a seed before anything begins, and its carrying out."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.chaos.lines import DOWN, UP
from tests.chaos.stations import Station

KINDS = {"reset": 5, "end": 4, "gone": 4, "orphan": 2, "frozen": 4, "deaf": 2, "mute": 2}
WITHOUT_TIME = ("reset", "end", "orphan")  # over at once: the line is back at the same moment
SHORTEST, LONGEST = 2.0, 180.0  # seconds


@dataclass(frozen=True)
class Disturbance:
    """What happens to which station, when and for how long (seconds)."""

    at: float
    station: int
    kind: str
    lasts: float


def plan(rng: random.Random, stations: int, seconds: float) -> list[Disturbance]:
    """Return what happens to a number of stations: each has its own troubles, the last of them over before the end."""
    longest = min(LONGEST, seconds / 2.5)
    made: list[Disturbance] = []
    for station in range(stations):
        at = rng.uniform(0.5, 8)
        while at < seconds - SHORTEST:
            kind = rng.choices(list(KINDS), weights=list(KINDS.values()))[0]
            lasts = 0.0 if kind in WITHOUT_TIME else min(SHORTEST + rng.expovariate(6 / longest), longest, seconds - at)
            made.append(Disturbance(at, station, kind, lasts))
            at += lasts + rng.uniform(3, 9)
    return sorted(made, key=lambda one: one.at)


async def disturb(stations: Sequence[Station], happening: Sequence[Disturbance], newest: Callable[[Station], int | None]) -> None:
    """Carry out a plan. `newest`: the newest number of a station's screen; nothing while nobody could know it."""
    begun = time.monotonic()
    under_way = []
    for one in happening:
        await asyncio.sleep(max(0.0, begun + one.at - time.monotonic()))
        under_way.append(asyncio.create_task(_happen(stations[one.station], one, newest)))
    await asyncio.gather(*under_way)


async def _happen(station: Station, one: Disturbance, newest: Callable[[Station], int | None]) -> None:
    line = station.line
    assert line is not None
    station.forget_repair()
    station.troubles += 1
    match one.kind:
        case "reset" | "end":
            line.cut(reset=one.kind == "reset")
        case "orphan":
            line.orphan()
        case "gone":
            line.go()
        case "frozen":
            line.freeze(UP, DOWN)
        case "deaf":
            line.freeze(DOWN)
        case "mute":
            line.freeze(UP)
    await asyncio.sleep(one.lasts)
    line.heal()
    wanted = newest(station)
    if wanted is not None and line.sockets_pass and line.is_good:
        station.await_repair(wanted, f"{one.kind} for {one.lasts:.1f} s")
    if one.kind == "gone":
        await station.hurry()
