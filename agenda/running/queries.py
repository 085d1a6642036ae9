"""What the page of the course reads: planned times, actual ones, what is still expected, the speeches of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agenda.models import AgendaItem, FloorRequest
from agenda.running.expected import Expected, Outlook, Recess, in_turn, late_by, outlook
from agenda.timetable import Row, timetable
from agenda.timing import paused, running_seconds
from meetings import clock
from meetings.models import Meeting
from meetings.models import Recess as Paused

FAR = timedelta(hours=12)


@dataclass(frozen=True)
class Standing:
    """An item as the rule of expected times takes it (expected.Coming)."""

    id: int
    state: str
    minutes: int
    sitting: int
    planned_from: datetime | None
    is_fixed: bool
    ahead: int | None
    running_since: datetime | None


@dataclass(frozen=True)
class Line:
    """An item with its planned and actual times. `late`: by how many minutes it began later than planned, or is expected to.

    `ran`: its minutes without recesses; `speeches` and `spoken`: how many were held, and the minutes they took.
    """

    item: AgendaItem
    planned_from: datetime | None
    planned_until: datetime | None
    expected: Expected | None
    late: int
    ran: int | None
    speeches: int
    spoken: int
    is_next: bool = False


@dataclass(frozen=True)
class Course:
    """The course of a meeting: its lines, the open item, the next one, recesses, and how much later the end is expected."""

    lines: list[Line]
    open: AgendaItem | None
    next: AgendaItem | None
    recesses: Sequence[Paused]
    planned_end: datetime | None
    end: datetime | None
    late: int


def course_of(meeting: Meeting) -> Course:
    """Read the course of a meeting: the same few questions whatever it holds."""
    rows = list(meeting.items.order_by("position").select_related("merged_into"))
    sittings, recesses = list(meeting.sittings.all()), list(meeting.recesses.all())
    spoken = _spoken(meeting, recesses)
    table = timetable(rows, sittings)
    leaves = [(at, row) for at, part in enumerate(table.parts) for row in part.leaves]
    now = meeting.adjourned_at or clock.now(meeting)
    shift = _shift(meeting, sittings[0].starts_at if sittings else None)
    ahead = outlook([_standing(row, at, recesses) for at, row in leaves], now=now, recess=_recess(recesses), shift=shift)
    coming = next(iter(in_turn([row.item for _at, row in leaves])), None)
    lines = [_line(row, ahead, spoken, recesses, shift, coming, runs=meeting.opened_at is not None) for _at, row in leaves]
    ends = [line.planned_until for line in lines if line.planned_until]
    planned_end = max(ends) + shift if ends else None
    end = meeting.adjourned_at or (ahead.end.at(now) if meeting.opened_at else None)
    return Course(
        lines=lines, open=next((line.item for line in lines if line.item.state == "open"), None), next=coming,
        recesses=recesses, planned_end=planned_end, end=end, late=late_by(end, planned_end) if end else 0,
    )  # fmt: skip


def _shift(meeting: Meeting, starts_at: datetime | None) -> timedelta:
    """Return how far a meeting opened on another day (a trial) is from its plan."""
    opened = meeting.opened_at
    return opened - starts_at if opened and starts_at and abs(opened - starts_at) > FAR else timedelta()


def _recess(recesses: Sequence[Paused]) -> Recess | None:
    now = next((one for one in recesses if one.ended_at is None), None)
    return Recess(now.began_at, now.expected_until) if now else None


def _standing(row: Row, sitting: int, recesses: Sequence[Paused]) -> Standing:
    item = row.item
    over = [one for one in recesses if one.ended_at is not None]
    since = item.opened_at
    if since is not None:
        since += paused(since, max([since, *(one.ended_at for one in over if one.ended_at)]), over)
    return Standing(
        id=item.pk, state=item.state, minutes=item.minutes, sitting=sitting, planned_from=item.planned_at or row.starts_at,
        is_fixed=item.begins_at is not None, ahead=item.ahead, running_since=since,
    )  # fmt: skip


def _line(
    row: Row, ahead: Outlook, spoken: Mapping[int, tuple[int, float]], recesses: Sequence[Paused], shift: timedelta,
    coming: AgendaItem | None, *, runs: bool,
) -> Line:  # fmt: skip
    item = row.item
    planned, until = item.planned_at or row.starts_at, item.planned_until or row.ends_at
    expected = ahead.items.get(item.pk) if runs else None
    begun = item.opened_at or (expected.at if expected else None)
    speeches, seconds = spoken.get(item.pk, (0, 0.0))
    ran = round(running_seconds(item.opened_at, item.closed_at, recesses) / 60) if item.opened_at and item.closed_at else None
    return Line(
        item=item, planned_from=planned, planned_until=until, expected=expected,
        late=late_by(begun, planned + shift) if begun and planned else 0, ran=ran, speeches=speeches,
        spoken=round(seconds / 60), is_next=coming is not None and coming.pk == item.pk,
    )  # fmt: skip


def _spoken(meeting: Meeting, recesses: Sequence[Paused]) -> dict[int, tuple[int, float]]:
    """Return of each item how many speeches were held, and their seconds."""
    found: dict[int, tuple[int, float]] = {}
    held = meeting.floor_requests.filter(state=FloorRequest.State.DONE, given_at__isnull=False, ended_at__isnull=False)
    for item, given, ended in held.values_list("item_id", "given_at", "ended_at"):
        if given is not None and ended is not None:
            count, seconds = found.get(item, (0, 0.0))
            found[item] = count + 1, seconds + running_seconds(given, ended, recesses)
    return found
