"""The seals of the ledgers of ballots as the journal has them, and the same worked out anew from the rows."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from voting.ballots.chain import seal_hash
from voting.ballots.models import Ballot, BallotSeal


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    if entry.kind == "ballots.sealed":
        said = entry.payload
        state["seal", said["poll"], said["seal"]] = [said["first"], said["last"], said["count"], said["hash"]]
    elif entry.kind == "poll.closed":
        state["ledger", entry.payload["poll"]] = entry.payload["ballots"]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Work out the seals from the rows they vouch for: a ballot changed, added or taken away since shows in its seal."""
    found: dict[Any, Any] = {}
    for poll in meeting.polls.exclude(opened_at=None):
        previous, seen = "", 0
        for seal in BallotSeal.objects.filter(poll=poll).order_by("number"):
            rows = list(Ballot.objects.filter(poll=poll, pk__gt=seen, pk__lte=seal.last).order_by("pk"))
            previous, seen = seal_hash(previous, rows), seal.last
            found["seal", poll.pk, seal.number] = [seal.first, seal.last, len(rows), previous]
        if poll.closed_at is not None:
            later = Ballot.objects.filter(poll=poll, pk__gt=seen).exists()  # a ballot that no seal holds
            found["ledger", poll.pk] = "unsealed ballots" if later else previous
    return found


FOLD = Fold(name="ballots", start=dict, step=step, tables=tables)
