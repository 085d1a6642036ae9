"""How long each delegation has spoken under an item, and how far beyond its time. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """A speech that has ended: whose, how many seconds without recesses, how many it was given (0: no limit)."""

    delegation: Hashable
    name: str
    seconds: int
    limit_seconds: int = 0

    @property
    def over_seconds(self) -> int:
        """By how much it went over its time."""
        return max(0, self.seconds - self.limit_seconds) if self.limit_seconds else 0


@dataclass(frozen=True)
class Sum:
    """A delegation's speeches under an item. `seconds` and `over_seconds` in all."""

    name: str
    speeches: int
    seconds: int
    over_seconds: int


def sums_of(spoken: Iterable[Spoken]) -> list[Sum]:
    """Return the delegations that have spoken, the longest first."""
    found: dict[Hashable, list[Spoken]] = {}
    for one in spoken:
        found.setdefault(one.delegation, []).append(one)
    sums = [
        Sum(rows[0].name, len(rows), sum(row.seconds for row in rows), sum(row.over_seconds for row in rows))
        for rows in found.values()
    ]
    return sorted(sums, key=lambda one: (-one.seconds, one.name))


def total(sums: Iterable[Sum]) -> Sum:
    """Return all delegations together."""
    rows = list(sums)
    counted = [sum(getattr(row, name) for row in rows) for name in ("speeches", "seconds", "over_seconds")]
    return Sum("", *counted)
