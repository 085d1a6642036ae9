"""`not_after`: a command that comes later than it was meant to is refused, never carried out late."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting

LONGEST = 40  # characters of a moment


def read(text: str) -> datetime | None:
    """Return the moment that a text names, nothing for an empty one; raise ValueError unless it is ISO 8601 with an offset."""
    if not text:
        return None
    moment = datetime.fromisoformat(text[: LONGEST + 1])
    if moment.tzinfo is None or not clock.FIRST.year < moment.year < clock.LAST.year:
        raise ValueError(text)
    return moment


def refuse_late(limit: datetime | None, meeting: Meeting | None) -> None:
    """Raise OutOfOrder when it is later than `limit`: by the meeting's clock as it stands under the lock, or the machine's.

    At the very moment it is not too late yet.
    """
    if limit is None:
        return
    if meeting is None:
        now = timezone.now()
    else:
        meeting.refresh_from_db(fields=["clock_base", "clock_anchor", "clock_rate"])
        now = clock.now(meeting)
    if now > limit:
        time = f"{timezone.localtime(limit):%H:%M:%S %d/%m/%Y}"
        raise OutOfOrder(_("This came too late: it was meant to arrive before %(time)s.") % {"time": time})
