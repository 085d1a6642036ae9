"""What is recorded about one reader: the copies that were opened, how far they were read, the paper copies in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from meetings.models import Meeting
from packets.models import HandOut, Opening, Reading, Version
from packets.reading.progress import count_of
from people.models import Person, User


@dataclass
class Record:
    """One version of a paper as it was read: when it was opened first and last, how often, how far, how long.

    `title`: nothing where the reader may not see the paper now.
    """

    meeting: Meeting
    paper: int
    version: int
    of: int
    title: str = ""
    times: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    pages: int = 0
    seconds: int = 0
    ways: set[str] = field(default_factory=set)

    def opened(self, at: datetime, way: str) -> None:
        """Count one more opened copy."""
        self.times += 1
        self.ways.add(way)
        self.first_at = min(self.first_at or at, at)
        self.last_at = max(self.last_at or at, at)


def openings_of(account: User, meeting: Meeting | None = None) -> QuerySet[Opening]:
    """Return the access records of an account, newest first; in one meeting, or in all."""
    found = Opening.objects.filter(account=account.pk)
    if meeting is not None:
        found = found.filter(meeting=meeting)
    return found.select_related("meeting", "version__document").order_by("-pk")


def records_of(account: User, meeting: Meeting | None = None, titles: dict[int, str] | None = None) -> list[Record]:
    """Return what an account has read, meeting by meeting in the order of the papers. `titles`: of those seen now, by id.

    Three queries.
    """
    rows = list(openings_of(account, meeting).order_by("pk").values_list("version_id", "binding_versions", "opened_at", "way"))
    readings = Reading.objects.filter(account=account)
    if meeting is not None:
        readings = readings.filter(version__document__meeting=meeting)
    read = {row.version_id: row for row in readings}
    keys = set(read) | {key for version, bound, _at, _way in rows for key in _keys(version, bound)}
    found = {version.pk: _record(version, titles or {}) for version in _versions(keys)}
    for version, bound, at, way in rows:
        for key in _keys(version, bound):
            if key in found:
                found[key].opened(at, way)
    for key, row in read.items():
        if key in found:
            found[key].pages, found[key].seconds = count_of(row.pages_seen), row.seconds
    return list(found.values())


def _keys(version: int | None, bound: Iterable[int]) -> list[int]:
    return [version] if version is not None else list(bound)


def _versions(keys: Iterable[int]) -> QuerySet[Version]:
    found = Version.objects.filter(pk__in=list(keys)).select_related("document__meeting")
    return found.order_by("-document__meeting", "document__position", "document__number", "number")


def _record(version: Version, titles: dict[int, str]) -> Record:
    paper = version.document
    return Record(
        meeting=paper.meeting, paper=paper.number, version=version.number, of=version.pages, title=titles.get(paper.pk, "")
    )


def copies_in_hand(account: User, meeting: Meeting | None = None) -> list[HandOut]:
    """Return the paper copies that were handed out to an account's person, those not yet collected first."""
    found = HandOut.objects.filter(participant__person=account.person_id or 0).select_related("document__meeting")
    if meeting is not None:
        found = found.filter(document__meeting=meeting)
    return sorted(found.order_by("document__meeting", "document__number", "number"), key=lambda row: row.collected_at is not None)


def kept_of_reader(person: Person) -> dict[str, object]:
    """Return everything the room of papers keeps of a person, as plain values (meetings/directory/personal.py)."""
    accounts = User.objects.filter(Q(person=person) | Q(person__merged_into=person))
    openings = [
        {
            "meeting": row.meeting.title, "paper": row.version.document.number if row.version else None,
            "version": row.version.number if row.version else None, "packet": row.version is None, "way": row.way,
            "opened_at": row.opened_at.isoformat(), "trace_code": row.code, "reader": row.reader, "unit": row.unit,
        }
        for account in accounts for row in openings_of(account)
    ]  # fmt: skip
    readings = [
        {
            "meeting": row.version.document.meeting.title, "paper": row.version.document.number, "version": row.version.number,
            "first_at": row.first_at.isoformat(), "last_at": row.last_at.isoformat(), "pages": count_of(row.pages_seen),
            "seconds": row.seconds, "last_page": row.last_page,
        }
        for row in Reading.objects.filter(account__in=accounts).select_related("version__document__meeting").order_by("pk")
    ]  # fmt: skip
    copies = [
        {
            "meeting": row.document.meeting.title, "paper": row.document.number, "copy": row.number, "receiver": row.receiver,
            "issued_at": row.issued_at.isoformat(), "collected_at": row.collected_at.isoformat() if row.collected_at else None,
            "lost_at": row.lost_at.isoformat() if row.lost_at else None, "lost_why": row.lost_why,
        }
        for row in HandOut.objects.filter(participant__person=person).select_related("document__meeting").order_by("pk")
    ]  # fmt: skip
    return {"opened_copies": openings, "reading": readings, "paper_copies": copies}
