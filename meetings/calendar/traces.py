"""What is left of a sitting that is taken out."""

from __future__ import annotations

from meetings.calendar.models import RemovedSitting
from meetings.models import Sitting


def keep_trace(sitting: Sitting) -> None:
    """Remember, within the change that takes a sitting out, what calendars know of it."""
    RemovedSitting.objects.create(
        meeting_id=sitting.meeting_id,
        sitting=sitting.pk,
        title=sitting.title,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
    )
