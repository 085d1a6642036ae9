"""What one can do: look for whose copy it was."""

from __future__ import annotations

from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.models import Opening
from packets.tracing import facts
from packets.tracing.queries import SHOWN_AT_MOST, openings_like


def trace_copy(meeting: Meeting, *, by: Actor, letters: str) -> list[Opening]:
    """Find the copies of this meeting that a code, or a part of one, leads to; that it was asked stands in the journal."""
    with transition(meeting, by=by, ability=Ability.TRACE_COPIES) as change:
        rows = openings_like(letters).filter(meeting=meeting)
        found, count = list(rows[:SHOWN_AT_MOST]), rows.count()
        change.record(facts.CopyTraced(letters=letters, found=count, copies=[row.code for row in found]))
        return found
