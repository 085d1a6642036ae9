"""When the addresses of a meeting's devices end: with the hours of its badges, once it has been adjourned."""

from __future__ import annotations

from datetime import datetime

from attendance.badges.validity import MARGIN, span_of
from meetings.models import Meeting


def end_of(meeting: Meeting) -> datetime | None:
    """Return from when its devices are told nothing more, in the meeting's time; nothing while it is not over.

    What they had read before may still be handed in, as from a device that has been revoked.
    """
    if meeting.state != Meeting.State.ADJOURNED or meeting.adjourned_at is None:
        return None
    span, end = span_of(meeting), meeting.adjourned_at + MARGIN
    return max(end, span.valid_until) if span else end


def has_ended(meeting: Meeting, now: datetime) -> bool:
    """Tell whether that moment, of the meeting's time, has passed."""
    end = end_of(meeting)
    return end is not None and now >= end
