"""Sealing a meeting's ledger of scans: as the service does it, and within a change that must know who is there."""

from __future__ import annotations

from attendance.bodies.watching import note_crossings
from attendance.ledger.sealing import AT_ONCE, seal_next
from attendance.ledger.writing import exclude_writers
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor, the_system


def seal_scans(meeting: Meeting, *, by: Actor) -> int:
    """Seal what a meeting's ledger holds beyond its last seal and return how many scans that were.

    Raises NotAllowed to all but the service itself.
    """
    with transition(meeting, by=by, ability=Ability.SEAL_SCANS) as change:
        return seal_scans_within(change)


def seal_scans_within(change: Transition) -> int:
    """Seal it within another change, recorded by the service whoever's change it is; return how many scans that were."""
    own = Transition(meeting=change.meeting, by=the_system(), journal=change.journal, now=change.now)
    exclude_writers(change.meeting)
    sealed = 0
    while fact := seal_next(own):
        own.record(fact)
        note_crossings(own)
        sealed += fact.count
        if fact.count < AT_ONCE:
            break  # no writer could add any since
    change.entries += own.entries
    return sealed
