"""The badges' part of the journal, folded: whose credential of which serial was not revoked; and the same from the tables."""

from __future__ import annotations

from typing import Any

from attendance.badges.models import Credential
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    told = entry.payload
    match entry.kind:
        case "badges.issued" | "badges.reissued":
            state.update({("badge", row["id"]): row["serial"] for row in told["badges"]})
        case "badges.revoked":
            for row in told["badges"]:
                state.pop(("badge", row["id"]), None)
        case "participant.removed":
            state.pop(("badge", told["participant"]), None)
        case "participants.removed":
            for row in told["participants"]:
                state.pop(("badge", row["id"]), None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    rows = Credential.objects.filter(meeting=meeting, revoked_at=None).values_list("participant_id", "serial")
    return {("badge", participant): serial for participant, serial in rows}


FOLD = Fold(name="badges", start=dict, step=step, tables=tables)
