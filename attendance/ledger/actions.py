"""Sealing a meeting's ledger of scans, as the service does it."""

from __future__ import annotations

from attendance.ledger.sealing import seal
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def seal_scans(meeting: Meeting, *, by: Actor) -> int:
    """Seal what a meeting's ledger holds beyond its last seal and return how many scans that were.

    Raises NotAllowed to all but the service itself.
    """
    with transition(meeting, by=by, ability=Ability.SEAL_SCANS) as change:
        return seal(change)
