"""What time it is in a meeting. Facts, timers and deadlines ask here, never the machine's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from meetings.models import Meeting


def now(meeting: Meeting) -> datetime:
    """Return the meeting's time: the machine's, or that of a demonstration's clock with its base and rate."""
    return at(meeting, timezone.now())


def at(meeting: Meeting, real: datetime) -> datetime:
    """Return the meeting's time at a moment of the machine's clock."""
    if meeting.clock_base is None or meeting.clock_anchor is None:
        return real
    return meeting.clock_base + (real - meeting.clock_anchor) * meeting.clock_rate


def real_seconds_until(meeting: Meeting, moment: datetime) -> float:
    """Return how many real seconds pass until the meeting's clock shows `moment`; 0 when it has passed."""
    left: timedelta = moment - now(meeting)
    return max(0.0, left.total_seconds() / meeting.clock_rate)
