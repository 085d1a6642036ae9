"""Sealing a poll's ledger into the journal, as the service does it."""

from __future__ import annotations

from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from voting.ballots.sealing import seal_next
from voting.polls.models import Poll


def seal_ballots(meeting: Meeting, *, by: Actor, poll: Poll) -> int:
    """Seal what a poll's ledger holds beyond its last seal and return how many ballots that were.

    Raises NotAllowed to all but the service itself.
    """
    with transition(meeting, by=by, ability=Ability.SEAL_BALLOTS) as change:
        return seal_next(change, change.fresh(poll))
