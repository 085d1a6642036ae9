"""From a trace code, or a part of one, to the access records; and what has been traced in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from meetings.models import JournalEntry, Meeting
from packets.models import Opening
from packets.tracing.codes import LENGTH, UNREAD, pattern, shown

#: So many copies are shown of those that a part of a code leads to.
SHOWN_AT_MOST = 50
TRACES_AT_MOST = 20


def openings_like(part: str) -> QuerySet[Opening]:
    """Return the access records whose code holds a part, newest first; `part`: as packets/tracing/codes.py returns it."""
    rows = Opening.objects.select_related("version__document", "meeting").defer(
        "version__contents", "version__removed", "version__stamps", "version__anchors"
    )
    rows = rows.filter(code__regex=pattern(part)) if UNREAD in part else rows.filter(code__contains=part)
    return rows.order_by("-recorded_at", "-pk")


@dataclass(frozen=True)
class Trace:
    """One search: who looked, when, for which letters, how many copies were found, and those that are shown."""

    number: int
    at: datetime
    by: str
    letters: str
    found: int
    copies: list[Opening]

    @property
    def more(self) -> int:
        """How many were found beyond those that are shown."""
        return self.found - len(self.copies)


def traces_of(meeting: Meeting) -> list[Trace]:
    """Return the latest traces of a meeting, newest first, with the copies they led to."""
    entries = list(
        JournalEntry.objects.filter(journal_id=meeting.journal_id, kind="copy.traced").order_by("-number")[:TRACES_AT_MOST]
    )
    codes = {code for entry in entries for code in entry.payload["copies"]}
    rows = Opening.objects.filter(meeting=meeting, code__in=codes).select_related("version__document")
    known = {row.code: row for row in rows.defer("version__contents", "version__removed", "version__stamps", "version__anchors")}
    return [
        Trace(
            number=entry.number,
            at=entry.at,
            by=entry.actor,
            letters=shown(entry.payload["letters"]) if len(entry.payload["letters"]) == LENGTH else entry.payload["letters"],
            found=entry.payload["found"],
            copies=[known[code] for code in entry.payload["copies"] if code in known],
        )
        for entry in entries
    ]
