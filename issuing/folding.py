"""The issuing room's part of a meeting's journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from issuing.models import Invitation, IssuedDocument
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = Invitation.State


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: where each invitation stands, and the meeting's numbers."""
    p = entry.payload
    if entry.kind == "number.given":
        state["paper", p["document"]] = p["symbol"]
    elif entry.kind == "invitations.issued":
        state.update({("invitation", one): State.ISSUED.value for one in p["participants"]})
    elif entry.kind == "invitations.sent":
        state.update({("invitation", one): State.SENT.value for one in p["asked"]})
    elif entry.kind == "invitations.recalled":
        state.update({("invitation", one): State.RECALLED.value for one in p["participants"]})
    elif entry.kind == "invitation.answered":
        state["invitation", p["participant"]] = p["answer"]
    elif entry.kind == "substitute.refused":
        state["invitation", p["participant"]] = State.SEEN.value
    elif entry.kind == "participant.removed":
        state.pop(("invitation", p["participant"]), None)
    elif entry.kind == "participants.removed":
        for one in p["participants"]:
            state.pop(("invitation", one["id"]), None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    found: dict[Any, Any] = {("paper", p.pk): p.symbol for p in IssuedDocument.objects.filter(meeting=meeting)}
    stands = Invitation.objects.filter(meeting=meeting).values_list("participant_id", "state")
    return found | {("invitation", participant): state for participant, state in stands}


FOLD = Fold(name="issuing", start=dict, step=step, tables=tables)
