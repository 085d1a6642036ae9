"""What time it is in a meeting. Facts, timers and deadlines ask here, never the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from meetings.models import Meeting

# A demonstration's clock that was sped up stands still at the ends of time instead of breaking every page.
FIRST, LAST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def now(meeting: Meeting) -> datetime:
    """Return the meeting's time: the machine's, or that of a demonstration's clock with its base and rate."""
    return at(meeting, timezone.now())


def at(meeting: Meeting, real: datetime) -> datetime:
    """Return the meeting's time at a moment of the machine's clock."""
    if meeting.clock_base is None or meeting.clock_anchor is None:
        return real
    return moved(meeting.clock_base, real - meeting.clock_anchor, meeting.clock_rate)


def moved(base: datetime, passed: timedelta, rate: float) -> datetime:
    """Return what a clock that showed `base` shows when `passed` has passed (negative: showed before) at a rate."""
    seconds = passed.total_seconds() * rate
    left, right = (FIRST - base).total_seconds(), (LAST - base).total_seconds()
    return base + (passed * rate if left < seconds < right else timedelta(seconds=min(max(seconds, left), right)))


def real_seconds_until(meeting: Meeting, moment: datetime) -> float:
    """Return how many real seconds pass until the meeting's clock shows `moment`; 0 when it has passed."""
    left: timedelta = moment - now(meeting)
    return max(0.0, left.total_seconds() / meeting.clock_rate)
