"""When each item is planned, from the start of the first sitting on, and by how much the end is over-run. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Planned(Protocol):
    """An item as far as time is concerned."""

    minutes: int


class Span(Protocol):
    """A sitting as far as time is concerned."""

    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class Row:
    """An item with its planned times; x and width are percent of the whole for the strip."""

    item: Planned
    starts_at: datetime
    ends_at: datetime
    is_late: bool
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where the number stands in the strip."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Timetable:
    """All rows, and the sums."""

    rows: list[Row]
    starts_at: datetime | None
    ends_at: datetime | None
    limit: datetime | None
    minutes: int
    over_minutes: int


def timetable(items: Sequence[Planned], sittings: Sequence[Span]) -> Timetable:
    """Lay the items end to end from the first sitting's start; compare with the last sitting's end."""
    total = sum(item.minutes for item in items)
    if not sittings:
        return Timetable(rows=[], starts_at=None, ends_at=None, limit=None, minutes=total, over_minutes=0)
    start, limit = sittings[0].starts_at, sittings[-1].ends_at
    rows, at = [], start
    scale = 100 / (total * 60) if total else 0
    for item in items:
        end = at + timedelta(minutes=item.minutes)
        x, width = (round(moment.total_seconds() * scale, 2) for moment in (at - start, end - at))
        rows.append(Row(item=item, starts_at=at, ends_at=end, is_late=bool(limit and end > limit), x=x, width=width))
        at = end
    over = max(0, round((at - limit).total_seconds() / 60)) if limit else 0
    return Timetable(rows=rows, starts_at=start, ends_at=at, limit=limit, minutes=total, over_minutes=over)
