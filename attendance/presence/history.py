"""One person's history: the stays, each scan, each mark and correction by whom. Reasons are not kept of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.presence.models import Presence, Stay
from attendance.scanning.models import Scan
from meetings.models import Meeting, Participant

#: What people have said by hand.
MARKS = ("presence.marked", "conflict.settled")
SCANS_SHOWN = 100


@dataclass(frozen=True)
class Mark:
    """Somebody has said how the person stands. `since`: from when, where that is not the moment it was said."""

    at: datetime
    by: str
    state: str
    word: str
    where: str
    since: datetime | None
    is_settling: bool


@dataclass(frozen=True)
class History:
    """What has been recorded of one person, the newest marks and scans first."""

    stays: list[Stay]
    scans: list[Scan]
    marks: list[Mark]


def history_of(meeting: Meeting, one: Participant) -> History:
    """Return one person's history, in a constant number of queries."""
    scans = Scan.objects.filter(meeting=meeting, participant=one).select_related("bridge_point", "scanner__door")
    return History(
        stays=list(Stay.objects.filter(meeting=meeting, participant=one).select_related("bridge_point")),
        scans=list(scans.order_by("-at", "-pk")[:SCANS_SHOWN]),
        marks=_marks(meeting, one),
    )


def _marks(meeting: Meeting, one: Participant) -> list[Mark]:
    words = {state: str(word) for state, word in Presence.State.choices}
    entries = meeting.journal.entries.filter(kind__in=MARKS).order_by("-number")
    found = []
    for kind, said, at, by in entries.values_list("kind", "payload", "at", "actor").iterator(chunk_size=500):
        if any(row["id"] == one.pk for row in said["participants"]):
            since = datetime.fromisoformat(said["at"]) if said.get("at") else None
            found.append(
                Mark(
                    at=at, by=by, state=said["state"], word=words.get(said["state"], ""), where=said["bridge_point_name"],
                    since=since, is_settling=kind == "conflict.settled",
                )
            )  # fmt: skip
    return found
