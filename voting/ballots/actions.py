"""Sealing a poll's ledger into the journal: as the service does it, and within the change that closes the poll."""

from __future__ import annotations

from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from voting.ballots.sealing import seal_next
from voting.polls.models import Poll


def seal_ballots(meeting: Meeting, *, by: Actor, poll: Poll) -> int:
    """Seal what a poll's ledger holds beyond its last seal and return how many ballots that were.

    Raises NotAllowed to all but the service itself.
    """
    with transition(meeting, by=by, ability=Ability.SEAL_BALLOTS) as change:
        return seal_ballots_within(change, change.fresh(poll))


def seal_ballots_within(change: Transition, poll: Poll) -> int:
    """Seal it within another change."""
    fact = seal_next(poll)
    if fact is None:
        return 0
    change.record(fact)
    return fact.count
