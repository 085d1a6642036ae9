"""The judge: from what clients took, what was answered and what stands in the database to the figures of the last line. Pure."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

REPAIR_LIMIT = 2.0  # seconds from the line being back
UNNOTICED = 2.0  # seconds a client may be behind without knowing it
NOBODY_ASKED = ("outages.begun", "outages.ended")  # what the service records by itself

# What a command records: its own fact once, and what else may come along with it.
FACTS: dict[str, tuple[str, frozenset[str]]] = {
    "presence.mark": ("presence.marked", frozenset()),
    "floor.request": ("floor.requested", frozenset()),
    "floor.give": ("floor.given", frozenset({"floor.yielded", "site_command.withdrawn"})),
    "floor.yield": ("floor.yielded", frozenset({"site_command.withdrawn"})),
    "item.open": ("item.opened", frozenset({"item.closed", "floor.yielded", "floor.withdrawn", "floor.requested"})),
    "item.close": ("item.closed", frozenset({"floor.yielded", "floor.withdrawn"})),
    "item.add": ("item.added", frozenset()),
    "announcement.publish": ("announcement.published", frozenset({"announcement.withdrawn", "displays.steered"})),
    "announcement.withdraw": ("announcement.withdrawn", frozenset({"displays.steered"})),
    "displays.steer": ("displays.steered", frozenset()),
    "site_command.issue": ("site_command.issued", frozenset({"site_command.withdrawn"})),
    "site_command.acknowledge": ("site_command.acknowledged", frozenset()),
    "site_command.withdraw": ("site_command.withdrawn", frozenset()),
    "message.send": ("message.sent", frozenset()),
    "meeting.open": ("meeting.opened", frozenset()),
}


@dataclass
class Figures:
    """What a whole run came to. The lists name each case in words; their lengths are the figures."""

    deliveries: int = 0
    lost: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    repairs: list[float] = field(default_factory=list)
    ran: float = 0.0  # seconds the service's loop had a core
    waited: float = 0.0  # seconds it wanted one and had none

    @property
    def is_starved(self) -> bool:
        """Whether the machine had no time for the service: then its seconds are the machine's, and are not judged."""
        return self.waited > self.ran

    @property
    def repair_p99(self) -> float:
        """Seconds within which 99 of 100 lines that came back had the newest number."""
        return percentile(self.repairs, 99)

    @property
    def is_good(self) -> bool:
        """Whether every promise was kept."""
        zeros = not (self.lost or self.reordered or self.doubled or self.silent)
        return zeros and (self.repair_p99 <= REPAIR_LIMIT or self.is_starved)

    def line(self) -> str:
        """Return the last line of a run."""
        zeros = ((name, len(getattr(self, name))) for name in ("lost", "reordered", "doubled", "silent"))
        counted = " ".join(f"{name}={count}" for name, count in zeros)
        return f"deliveries={self.deliveries} {counted} repair_p99_s={self.repair_p99:.2f}"


def percentile(values: Iterable[float], percent: int) -> float:
    """Return the smallest value that `percent` of 100 do not exceed; 0 when there are none."""
    ranked = sorted(values)
    return ranked[math.ceil(len(ranked) * percent / 100) - 1] if ranked else 0.0


class OrderWatch:
    """What one client has been sent: numbers and parts that go back are out of order."""

    def __init__(self) -> None:
        self.epoch, self.number = "", 0
        self.parts: dict[str, int] = {}

    def take(self, frame: Mapping[str, Any]) -> str:
        """Take a frame of parts; return what is out of order in it, in words."""
        if frame["epoch"] != self.epoch:
            self.epoch, self.number, self.parts = frame["epoch"], 0, {}
        back = [name for name, part in frame["parts"].items() if part["n"] < self.parts.get(name, 0) or part["n"] > frame["n"]]
        fault = f"n {frame['n']} after {self.number}" if frame["n"] < self.number else f"older parts {back}" if back else ""
        self.number = max(self.number, frame["n"])
        self.parts |= {name: max(part["n"], self.parts.get(name, 0)) for name, part in frame["parts"].items()}
        return fault


class SilenceWatch:
    """Whether one client is behind for longer than two seconds on a good line, and does not know it."""

    def __init__(self) -> None:
        self._missing: int | None = None  # the oldest number that it has been without since
        self._since = 0.0
        self._told = False

    def look(self, moment: float, *, number: int, newest: int, knows: bool, good: bool) -> bool:
        """Look at a client; tell once when it has become silent.

        `newest`: what its screen is at by a client beside it; `knows`: it is stale by its own word, or is asking;
        `good`: nothing is done to its line and the service is up.
        """
        if not good or knows or number >= newest:
            self._missing, self._told = None, False
            return False
        if self._missing is None or number >= self._missing:
            self._missing, self._since = newest, moment
        if moment - self._since <= UNNOTICED or self._told:
            return False
        self._told = True
        return True


def differing(shown: Mapping[str, str], fresh: Mapping[str, str]) -> list[str]:
    """Return the parts that a client shows otherwise than a first load."""
    return sorted(name for name, html in fresh.items() if shown.get(name) != html)


@dataclass(frozen=True)
class Command:
    """A command as its sender knows it: every answer that came to it, of however many sendings."""

    id: str
    name: str
    answers: tuple[tuple[int, str], ...]

    @property
    def number(self) -> int | None:
        """The journal's number in the answer; nothing when it was not done."""
        status, body = self.answers[0]
        return int(json.loads(body)["number"]) if status == 200 else None


def judge_commands(
    commands: Sequence[Command],
    entries: Sequence[tuple[int, str]],
    replies: Mapping[str, tuple[int, str]],
    begun_at: int,
) -> tuple[list[str], list[str]]:
    """Return what was lost and what was done twice, in words.

    `entries`: number and kind of the journal's entries, in order; `replies`: the stored answer by command id; `begun_at`: the
    journal's head before the first command.
    """
    lost = [f"{c.name} {c.id}: never answered" for c in commands if not c.answers]
    answered = [c for c in commands if c.answers]
    doubled = [f"{c.name} {c.id}: two answers {set(c.answers)}" for c in answered if len(set(c.answers)) > 1]
    kept = [c for c in answered if c.answers[0][0] in (200, 403, 409)]
    lost += [f"{c.name} {c.id}: its answer is not kept" for c in kept if replies.get(c.id) != c.answers[0]]
    done = sorted(((c.number, c) for c in answered if c.number is not None), key=lambda pair: pair[0])
    claimed = Counter(number for number, _command in done)
    doubled += [f"number {number} answered to {times} commands" for number, times in claimed.items() if times > 1]
    before = begun_at
    for number, command in done:
        kinds = [kind for at, kind in entries if before < at <= number and kind not in NOBODY_ASKED]
        own, along = FACTS[command.name]
        if own not in kinds:
            lost.append(f"{command.name} {command.id}: answered {number}, the journal has {kinds} there")
        doubled += [f"{kind} before {number}" for kind in _unasked(kinds, own, along)]
        before = number
    doubled += [f"{kind} at {at}: nobody asked" for at, kind in entries if at > before and kind not in NOBODY_ASKED]
    return lost, doubled


def _unasked(kinds: Sequence[str], own: str, along: frozenset[str]) -> list[str]:
    """Return the kinds that one command does not record: its own a second time, or another's."""
    left = list(kinds)
    if own in left:
        left.remove(own)
    return [kind for kind in left if kind not in along]
