"""From when until when a badge holds: half a day around the sittings of its meeting. Pure but for the meeting's own sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.models import Meeting, Sitting

MARGIN = timedelta(hours=12)
#: So long before the beginning people come; a badge that does not hold by then has to be printed again.
EARLY = timedelta(hours=2)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Span:
    """When a meeting is held, from the beginning of its first sitting to the end of its last."""

    begins: datetime
    ends: datetime

    @property
    def valid_from(self) -> datetime:
        """Return from when a new badge holds: a whole hour."""
        moment = self.begins - MARGIN
        return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % _HOUR

    @property
    def valid_until(self) -> datetime:
        """Return until when a new badge holds: a whole hour."""
        moment = self.ends + MARGIN
        over = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % _HOUR
        return moment + (_HOUR - over) if over else moment


def span_of(meeting: Meeting) -> Span | None:
    """Return when a meeting is held; nothing for one that has no day yet."""
    sittings = list(meeting.sittings.all())
    if not sittings or meeting.is_template:
        return None
    begins = min(one.starts_at for one in sittings).astimezone(UTC)
    return Span(begins, max(_end(one) for one in sittings).astimezone(UTC))


def require_span(meeting: Meeting) -> Span:
    """Return when a meeting is held. Raises OutOfOrder for a template, and for a meeting without a day."""
    if meeting.is_template:
        raise OutOfOrder(_("This is a template: nobody gets a badge for it."))
    found = span_of(meeting)
    if found is None:
        raise OutOfOrder(_("The meeting has no day yet. Enter its sittings first: a badge holds on those days."))
    return found


def _end(sitting: Sitting) -> datetime:
    """Return when a sitting ends: one without an end, at the end of its day."""
    if sitting.ends_at is not None:
        return sitting.ends_at
    day = timezone.localtime(sitting.starts_at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
