"""When each item is planned, sitting by sitting, and by how much each sitting's end is over-run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from django.utils import timezone

from agenda.tree import Node, Rowlike, depths, headings, nodes_of


class Planned(Rowlike, Protocol):
    """An item as far as time is concerned."""

    minutes: int
    begins_at: time | None


class Span(Protocol):
    """A sitting as far as time is concerned."""

    pk: int
    starts_at: datetime
    ends_at: datetime | None


@dataclass
class Row:
    """An item with its planned times; x and width are percent of its sitting for the strip.

    `free`: minutes nobody uses before a fixed start; `overlap`: minutes by which what comes before runs into it.
    """

    item: Any
    depth: int
    is_heading: bool
    minutes: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    free: int = 0
    overlap: int = 0
    is_late: bool = False
    x: float = 0
    width: float = 0

    @property
    def middle(self) -> float:
        """Where the number stands in the strip."""
        return round(self.x + self.width / 2, 2)


@dataclass
class Part:
    """A sitting with its rows: when it begins and ends as planned, until when it may last, and how much longer it takes."""

    sitting: Any
    rows: list[Row]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    limit: datetime | None = None
    minutes: int = 0
    over_minutes: int = 0

    @property
    def leaves(self) -> list[Row]:
        """What is run."""
        return [row for row in self.rows if not row.is_heading]

    @property
    def spare_minutes(self) -> int:
        """What is left until the sitting's end."""
        return max(0, _minutes(self.limit - self.ends_at)) if self.limit and self.ends_at else 0


@dataclass
class Timetable:
    """All sittings, and the sums."""

    parts: list[Part]
    minutes: int = 0
    over_minutes: int = 0
    rows: list[Row] = field(default_factory=list)

    @property
    def starts_at(self) -> datetime | None:
        """When the first sitting begins."""
        return self.parts[0].starts_at if self.parts else None

    @property
    def ends_at(self) -> datetime | None:
        """When the last item ends."""
        ends = [part.ends_at for part in self.parts if part.ends_at]
        return max(ends) if ends else None


def timetable(items: Sequence[Planned], sittings: Sequence[Span]) -> Timetable:
    """Lay the items of each sitting end to end from its start, unless they have a fixed time; compare with its end."""
    nodes = nodes_of(items)
    deep, above = depths(nodes), headings(nodes)
    rows = [
        Row(item=item, depth=deep[item.pk], is_heading=item.pk in above, minutes=item.minutes)
        for item in items
    ]  # fmt: skip
    parts = [_laid(sitting, own) for sitting, own in _by_sitting(nodes, rows, sittings)]
    return Timetable(
        parts=parts, minutes=sum(part.minutes for part in parts), over_minutes=sum(part.over_minutes for part in parts),
        rows=rows,
    )  # fmt: skip


def _by_sitting(nodes: Sequence[Node], rows: Sequence[Row], sittings: Sequence[Span]) -> Iterator[tuple[Span | None, list[Row]]]:
    """Give each sitting its rows; what belongs to none (any more) goes with what stands before it."""
    known = {sitting.pk: at for at, sitting in enumerate(sittings)}
    found: list[list[Row]] = [[] for _sitting in sittings]
    at = 0
    for node, row in zip(nodes, rows, strict=True):
        if node.parent is None and node.sitting in known:
            at = known[node.sitting]
        if found:
            found[at].append(row)
    if not sittings:
        yield None, list(rows)
    yield from zip(sittings, found, strict=True)


def _laid(sitting: Span | None, rows: list[Row]) -> Part:
    part = Part(sitting=sitting, rows=rows, minutes=sum(row.minutes for row in rows if not row.is_heading))
    _sum_up(rows)
    if sitting is None:
        return part
    at = part.starts_at = sitting.starts_at
    part.limit = sitting.ends_at
    for row in part.leaves:
        at = _lay(row, at, part.limit)
    part.ends_at = max([row.ends_at for row in part.leaves if row.ends_at], default=at)
    for row in reversed(rows):
        if row.is_heading:
            _embrace(row, _under(rows, row))
    part.over_minutes = max(0, _minutes(part.ends_at - part.limit)) if part.limit else 0
    whole = (part.ends_at - part.starts_at).total_seconds()
    for row in rows if whole > 0 else ():
        if row.starts_at and row.ends_at:
            row.x = round((row.starts_at - part.starts_at).total_seconds() * 100 / whole, 2)
            row.width = round((row.ends_at - part.starts_at).total_seconds() * 100 / whole - row.x, 2)
    return part


def _lay(row: Row, at: datetime, limit: datetime | None) -> datetime:
    fixed = row.item.begins_at
    if fixed is not None:
        start = _at(at, fixed)
        row.free, row.overlap = max(0, _minutes(start - at)), max(0, _minutes(at - start))
        at = start
    row.starts_at, row.ends_at = at, at + timedelta(minutes=row.minutes)
    row.is_late = bool(limit and row.ends_at > limit)
    return row.ends_at


def _at(day: datetime, fixed: time) -> datetime:
    """Return a time of day on the day of a moment, where the meeting takes place."""
    here = timezone.localtime(day) if timezone.is_aware(day) else day
    return here.replace(hour=fixed.hour, minute=fixed.minute, second=0, microsecond=0)


def _sum_up(rows: Sequence[Row]) -> None:
    """A heading lasts as long as what is run under it."""
    for row in rows:
        if row.is_heading:
            row.minutes = sum(one.item.minutes for one in _under(rows, row) if not one.is_heading)


def _under(rows: Sequence[Row], row: Row) -> Iterable[Row]:
    for one in rows[rows.index(row) + 1 :]:
        if one.depth <= row.depth:
            return
        yield one


def _embrace(row: Row, under: Iterable[Row]) -> None:
    times = [(one.starts_at, one.ends_at, one.is_late) for one in under if one.starts_at and one.ends_at]
    if times:
        row.starts_at, row.ends_at = times[0][0], max(end for _start, end, _late in times if end)
        row.is_late = any(late for _start, _end, late in times)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
