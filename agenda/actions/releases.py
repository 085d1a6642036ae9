"""Releasing the programme: what stands now is kept under the next number, and participants see it from then on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import ProgrammeRelease
from agenda.queries import draft_snapshot
from agenda.snapshots import digest
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over


def release_programme(meeting: Meeting, *, by: Actor, note: str = "", after: int | None = None) -> ProgrammeRelease:
    """Release the programme as it stands. `after`: the release the actor saw as the last one; another one is refused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        last = meeting.releases.first()
        number = last.number if last else 0
        if after is not None and after != number:
            raise OutOfOrder(_("Somebody has just released the programme. Look at it, then release again."))
        items = list(meeting.items.order_by("position"))
        if not items:
            raise OutOfOrder(_("There is no programme to release yet. Add the first item."))
        found = draft_snapshot(meeting, items)
        if last and last.snapshot == found:
            raise OutOfOrder(_("Nothing has changed since release %(number)d.") % {"number": number})
        release = ProgrammeRelease.objects.create(
            meeting=meeting, number=number + 1, released_at=change.now, released_by=by.name, note=note, snapshot=found
        )
        change.record(facts.ProgrammeReleased(number=number + 1, note=note, items=len(items), digest=digest(found)))
        return release
