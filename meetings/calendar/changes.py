"""When a calendar last changed: read from the journal, so that it only ever grows and nothing needs to be kept for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max, Q

from meetings.fact_kinds import kinds
from meetings.models import JournalEntry, Meeting, Participant

#: What changes a meeting for everybody, …
OF_THE_MEETING = ("meeting.created", "meeting.edited", "meeting.cloned")
#: … and in which families of facts lies what changes it for one person: those that name one, and those that name many at once.
ONE, MANY = ("participant", "bridge_point"), ("participants", "bridge_points", "registrations")


@dataclass(frozen=True)
class Revision:
    """The change that a calendar is as of: its number in the journal, and its moment to the second."""

    number: int
    at: datetime


def of_meetings(meetings: Sequence[Meeting]) -> dict[int, Revision]:
    """Return, by journal, the last change of each meeting's own data."""
    return _last(Q(journal__in=[one.journal_id for one in meetings], kind__in=OF_THE_MEETING))


def of_participants(participants: Sequence[Participant]) -> dict[int, Revision]:
    """Return, by journal, the last change that concerns a participant of it: of the meeting, the person or the bridge point."""
    wanted = Q(pk__in=[])
    for one in participants:
        own = Q(payload__participant=one.pk) | Q(payload__substitute__id=one.pk)
        if one.bridge_point_id:
            own |= Q(kind__startswith="bridge_point.", payload__bridge_point=one.bridge_point_id)
        wanted |= Q(journal=one.meeting.journal_id) & (Q(kind__in=[*OF_THE_MEETING, *_of(MANY)]) | Q(kind__in=_of(ONE)) & own)
    return _last(wanted)


def _of(families: Sequence[str]) -> list[str]:
    return sorted(kind for kind in kinds() if kind.partition(".")[0] in families)


def _last(wanted: Q) -> dict[int, Revision]:
    found = JournalEntry.objects.filter(wanted).order_by().values_list("journal").annotate(Max("number"), Max("recorded_at"))
    return {journal: Revision(number, at.astimezone(UTC).replace(microsecond=0)) for journal, number, at in found}
