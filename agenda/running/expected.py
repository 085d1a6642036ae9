"""When what is still to come is expected: planned times against the meeting's clock, recesses and fixed starts. Pure.

Each time is the later of a fixed moment and of so many seconds after now: `max(floor, now + offset)`. So a page can go on
reckoning by itself while an item over-runs, and nothing need be sent each minute (static/js/clock.js: expected-time).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

LATE_FROM = 1  # minutes: what is less is on time


class Coming(Protocol):
    """An item as far as its expected time is concerned."""

    @property
    def id(self) -> int:
        """Its key."""

    @property
    def state(self) -> str:
        """Planned, open, closed, deferred, skipped or merged."""

    @property
    def minutes(self) -> int:
        """How long it is planned to take."""

    @property
    def sitting(self) -> int:
        """Which sitting it belongs to, from 0."""

    @property
    def planned_from(self) -> datetime | None:
        """When it was planned to begin."""

    @property
    def is_fixed(self) -> bool:
        """Whether it does not begin before its planned time."""

    @property
    def ahead(self) -> int | None:
        """Its rank among what was brought forward; the highest comes next."""

    @property
    def running_since(self) -> datetime | None:
        """When it began, moved on by the recesses that are over."""


ItemT = TypeVar("ItemT", bound=Any)


def in_turn(items: Iterable[ItemT]) -> list[ItemT]:
    """Return the items that are still to be run, the next one first: what was brought forward last, then by the programme."""
    waiting = [item for item in items if item.state == "planned"]
    return sorted(waiting, key=lambda item: -(item.ahead or 0))


@dataclass(frozen=True)
class Recess:
    """A recess that goes on: since when, and until when it shall last, if that was said."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Moment:
    """The later of a fixed moment and of some time after now."""

    floor: datetime | None
    offset: timedelta = timedelta()

    def at(self, now: datetime) -> datetime:
        """Return the moment as of now."""
        later = now + self.offset
        return later if self.floor is None else max(self.floor, later)

    def after(self, span: timedelta) -> Moment:
        """Return the moment that much later."""
        return Moment(None if self.floor is None else self.floor + span, self.offset + span)

    def not_before(self, moment: datetime) -> Moment:
        """Return the moment, or a fixed one where that is later."""
        return Moment(moment if self.floor is None else max(self.floor, moment), self.offset)


@dataclass(frozen=True)
class Expected:
    """When an item is expected as of now, and when it was planned. `minutes`: by how much that is later (negative: earlier)."""

    moment: Moment
    at: datetime
    planned: datetime | None

    @property
    def minutes(self) -> int:
        """The delay in whole minutes."""
        return late_by(self.at, self.planned)

    @property
    def offset_seconds(self) -> int:
        """How long after now, where nothing fixed is later."""
        return round(self.moment.offset.total_seconds())


@dataclass(frozen=True)
class Outlook:
    """The expected times by item, and when the last one will have ended."""

    end: Moment
    items: Mapping[int, Expected] = field(default_factory=dict)


def late_by(at: datetime, planned: datetime | None) -> int:
    """Return by how many whole minutes a moment is later than planned; 0 when nothing was planned."""
    return round((at - planned).total_seconds() / 60) if planned else 0


def outlook(items: Sequence[Coming], *, now: datetime, recess: Recess | None = None, shift: timedelta = timedelta()) -> Outlook:
    """Lay what is still to come behind what runs, as of `now`.

    `shift`: how far the whole meeting is from its plan (a trial on another day). A fixed start and the first item of a later
    sitting wait for their time; what was brought forward does not. What was deferred, skipped or merged has no time.
    """
    moment = _free_from(items, recess)
    sitting = max((item.sitting for item in items if item.state in ("open", "closed")), default=0)
    found: dict[int, Expected] = {}
    for item in in_turn(items):
        planned = item.planned_from + shift if item.planned_from else None
        if planned and item.ahead is None and (item.is_fixed or item.sitting > sitting):
            moment = moment.not_before(planned)
        if item.ahead is None:
            sitting = max(sitting, item.sitting)
        found[item.id] = Expected(moment, moment.at(now), planned)
        moment = moment.after(timedelta(minutes=item.minutes))
    return Outlook(end=moment, items=found)


def _free_from(items: Iterable[Coming], recess: Recess | None) -> Moment:
    """Return when the next item can begin: what runs needs its minutes, a recess its time."""
    running = next((item for item in items if item.state == "open" and item.running_since), None)
    if running is None or running.running_since is None:
        return Moment(recess.until if recess else None)
    length = timedelta(minutes=running.minutes)
    if recess is None:
        return Moment(running.running_since + length)
    left = max(timedelta(), length - (recess.since - running.running_since))
    return Moment(recess.until).after(left)
