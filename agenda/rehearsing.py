"""The programme of a rehearsal is released with it, so that those who take part see it before it is opened."""

from __future__ import annotations

from agenda import facts
from agenda.models import ProgrammeRelease
from agenda.queries import draft_snapshot
from agenda.snapshots import digest
from meetings.hooks import Maps
from meetings.models import Meeting
from meetings.series.parts import REHEARSAL


def release_copied(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Release the copied programme where that of the meeting has been released."""
    if REHEARSAL not in maps.wanted or not old.releases.exists():
        return
    found = draft_snapshot(new)
    ProgrammeRelease.objects.create(
        meeting=new, number=1, released_at=maps.change.now, released_by=maps.change.by.name, note="", snapshot=found
    )
    maps.change.record(facts.ProgrammeReleased(number=1, note="", items=len(found["items"]), digest=digest(found)))
