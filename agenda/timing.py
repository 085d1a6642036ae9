"""How long something has run: time between two moments without the recesses in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol


class Pause(Protocol):
    """A recess: from a moment to a moment, or still going on."""

    @property
    def began_at(self) -> datetime:
        """Its beginning."""

    @property
    def ended_at(self) -> datetime | None:
        """Its end, if it has one."""


def paused(start: datetime, end: datetime, recesses: Iterable[Pause]) -> timedelta:
    """Return how much of start–end lies in recesses."""
    spans = ((max(r.began_at, start), min(r.ended_at or end, end)) for r in recesses)
    return sum((until - since for since, until in spans if until > since), timedelta())


def running_seconds(start: datetime, end: datetime, recesses: Iterable[Pause]) -> float:
    """Return the seconds from start to end without recesses; never negative."""
    return max(0.0, (end - start - paused(start, end, recesses)).total_seconds())
