"""What is known of a meeting's rehearsals: the one under way, and those that were held, from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from meetings.models import Meeting


@dataclass(frozen=True)
class Running:
    """A rehearsal that has not been ended: since when it stands (real time)."""

    pk: int
    slug: str
    since: datetime

    @property
    def days(self) -> int:
        """For how many whole days it has stood there."""
        return (timezone.now() - self.since).days


@dataclass(frozen=True)
class Held:
    """A rehearsal that took place, as the journal tells of it."""

    since: datetime
    until: datetime
    entries: int
    people: int
    outages: int
    was_opened: bool


@dataclass(frozen=True)
class Rehearsals:
    """The rehearsal under way, if any, and those that were held, the newest first."""

    running: Running | None
    held: list[Held]


def rehearsal_of(meeting: Meeting) -> Meeting | None:
    """Return the rehearsal of a meeting that has not been ended."""
    found: Meeting | None = Meeting.objects.filter(cloned_from=meeting, kind=Meeting.Kind.REHEARSAL).first()
    return found


def rehearsals_of(meeting: Meeting) -> Rehearsals:
    """Read what the overview shows of them: in three queries, however many there were."""
    row = rehearsal_of(meeting)
    entries = meeting.journal.entries.filter(kind="rehearsal.ended").order_by("-number")
    return Rehearsals(running=_running(row) if row else None, held=[_held(p) for p in entries.values_list("payload", flat=True)])


def _running(row: Meeting) -> Running:
    (since,) = row.journal.entries.filter(number=1).values_list("recorded_at", flat=True)
    return Running(pk=row.pk, slug=row.slug, since=since)


def _held(told: dict[str, Any]) -> Held:
    return Held(
        since=datetime.fromisoformat(told["since"]), until=datetime.fromisoformat(told["until"]), entries=told["entries"],
        people=len(told["people"]), outages=told["outages"], was_opened=told["was_opened"],
    )  # fmt: skip
