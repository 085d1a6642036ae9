"""The part of polls in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from voting.ballots.chain import box_hash
from voting.ballots.models import SecretBallot
from voting.figures import votes_of
from voting.polls.models import Mandate, Poll

State = dict[Any, Any]
_STATES = {"poll.opened": "open", "poll.closed": "closed", "poll.declared": "declared", "poll.cancelled": "cancelled"}


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry. poll: [number, question, state, secret]; mandates: {participant: voter}; count: votes, box."""
    said = entry.payload
    poll = said.get("poll")
    match entry.kind:
        case "poll.added":
            state["poll", poll] = [said["number"], said["question"], "draft", said["is_secret"]]
        case "poll.edited":
            state["poll", poll] = [said["number"], said["question"], "draft", said["is_secret"]]
        case "poll.removed":
            del state["poll", poll]
        case "mandate.withdrawn":
            state["mandates", poll].pop(said["participant"])
        case "poll.opened" | "poll.closed" | "poll.declared" | "poll.cancelled":
            state["poll", poll][2] = _STATES[entry.kind]
            if entry.kind == "poll.opened":
                state["mandates", poll] = {row["id"]: row.get("voter", row["id"]) for row in said["mandates"]}
            elif entry.kind == "poll.closed":
                state["count", poll] = [[list(pair) for pair in said["votes"]], said["box"]]
            elif entry.kind == "poll.declared":
                state["result", poll] = said["result"]


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state; what was counted is counted again, from the ballots."""
    state: State = {}
    for poll in Poll.objects.filter(meeting=meeting):
        state["poll", poll.pk] = [poll.number, poll.question, poll.state, poll.is_secret]
        if poll.opened_at is None:
            continue
        holding = Mandate.objects.filter(poll=poll, withdrawn_at=None).order_by()
        state["mandates", poll.pk] = dict(holding.values_list("participant_id", "voter_id"))
        if poll.closed_at is not None:
            box = box_hash(SecretBallot.objects.filter(poll=poll)) if poll.is_secret else ""
            state["count", poll.pk] = [[list(pair) for pair in sorted(votes_of(poll).items())], box]
        if poll.result is not None:
            state["result", poll.pk] = poll.result
    return state


FOLD = Fold(name="polls", start=dict, step=step, tables=tables)
