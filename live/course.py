"""The course of the programme: when all that is left is expected, and the strip of planned and actual times. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from agenda.running.expected import Outlook, Recess, in_turn, outlook
from live.items import ItemState
from live.state import RoomState


@dataclass(frozen=True)
class Forecast:
    """When the meeting was planned to end, when it will, and by how many minutes that is later (negative: earlier)."""

    planned_end: datetime | None
    end: datetime | None
    delay_minutes: int


FAR = timedelta(hours=12)


def _start(state: RoomState) -> datetime | None:
    """Return when the programme was to begin; a meeting opened on another day (a trial) is measured from its opening."""
    planned, opened = state.meeting.starts_at, state.meeting.opened_at
    return opened if planned and opened and abs(opened - planned) > FAR else planned


def forecast(state: RoomState) -> Forecast:
    """Lay what is left of the programme behind what has happened, as of the last entry."""
    start = _start(state)
    if start is None or not state.items:
        return Forecast(planned_end=state.meeting.ends_at, end=None, delay_minutes=0)
    planned = _planned_spans(state, start)[1]
    if state.meeting.state == "planned":
        return Forecast(planned_end=planned, end=max(planned, state.at), delay_minutes=0)
    end = state.meeting.adjourned_at or expected(state).end.at(state.at)
    return Forecast(planned_end=planned, end=end, delay_minutes=round((end - planned).total_seconds() / 60))


def expected(state: RoomState) -> Outlook:
    """Return when each item still to come is expected, as of the last entry."""
    meeting = state.meeting
    recess = Recess(meeting.suspended_at, meeting.resumes_at) if meeting.suspended_at else None
    return outlook(state.items, now=state.at, recess=recess, shift=_shift(state))


def _shift(state: RoomState) -> timedelta:
    """Return how far a meeting opened on another day is from its plan."""
    start, planned = _start(state), state.meeting.starts_at
    return start - planned if start and planned else timedelta()


# --- the course: planned above, what happened and what is to come below


@dataclass(frozen=True)
class Bar:
    """One item in the strip; x and width in percent."""

    no: str
    title: str
    state: str
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where the number stands."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Course:
    """Two rows of bars over one span of time. `over_x`, `over_width`: what goes beyond the planned end."""

    planned: list[Bar]
    actual: list[Bar]
    starts_at: datetime
    ends_at: datetime
    ticks: list[tuple[datetime, float]]
    over_x: float
    over_width: float


def course(state: RoomState) -> Course | None:
    """Return the planned and the actual course of the programme, as of the last entry; nothing without a start."""
    start = _start(state)
    if start is None or not state.items:
        return None
    planned, planned_end = _planned_spans(state, start)
    actual = _actual_spans(state, planned)
    start = min([start, *(since for _item, since, _until in actual)])
    end = max([planned_end, *(until for _item, _since, until in actual)])
    whole = max((end - start).total_seconds(), 1.0)

    def x(moment: datetime) -> float:
        return round(min(100.0, max(0.0, (moment - start).total_seconds() * 100 / whole)), 2)

    def bars(spans: list[tuple[ItemState, datetime, datetime]]) -> list[Bar]:
        return [
            Bar(no=i.no, title=i.title, state=i.state, x=x(since), width=max(0.0, round(x(until) - x(since) - 0.15, 2)))
            for i, since, until in spans
        ]

    return Course(
        planned=bars(planned), actual=bars(actual), starts_at=start, ends_at=end, ticks=_ticks(start, end, x),
        over_x=x(planned_end), over_width=round(100 - x(planned_end), 2),
    )  # fmt: skip


def _planned_spans(state: RoomState, start: datetime) -> tuple[list[tuple[ItemState, datetime, datetime]], datetime]:
    spans, at, shift = [], start, _shift(state)
    for item in state.items:
        since = item.planned_from + shift if item.planned_from else at
        at = since + timedelta(minutes=item.minutes)
        spans.append((item, since, at))
    return spans, max([start, *(until for _item, _since, until in spans)])


def _actual_spans(
    state: RoomState, planned: list[tuple[ItemState, datetime, datetime]]
) -> list[tuple[ItemState, datetime, datetime]]:
    if state.meeting.state == "planned":
        return planned
    spans = [(i, i.opened_at, i.closed_at) for i in state.items if i.opened_at and i.closed_at]
    at = max([state.at, *(until for _i, _since, until in spans)])
    running = next((i for i in state.items if i.state == "open" and i.opened_at and i.running_since), None)
    if running and running.opened_at and running.running_since:
        spans.append((running, running.opened_at, max(at, running.running_since + timedelta(minutes=running.minutes))))
    coming = expected(state).items
    spans += [(one, coming[one.id].at, coming[one.id].at + timedelta(minutes=one.minutes)) for one in in_turn(state.items)]
    return sorted(spans, key=lambda span: span[1])


_TICKS = tuple((timedelta(hours=limit), timedelta(minutes=step)) for limit, step in ((5, 30), (12, 60), (48, 240)))


def _ticks(start: datetime, end: datetime, x: Callable[[datetime], float]) -> list[tuple[datetime, float]]:
    """Return round moments of the day with their places, without the last ones, where the end stands."""
    step = next((step for limit, step in _TICKS if end - start <= limit), None)
    if step is None:  # planned for another season: hours would say nothing
        return []
    ticks, at = [], _round_up(start, step)
    while at < end:
        ticks.append((at, x(at)))
        at += step
    return [(moment, place) for moment, place in ticks if place <= 88]


def _round_up(moment: datetime, step: timedelta) -> datetime:
    midnight = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + step * math.ceil((moment - midnight) / step)
