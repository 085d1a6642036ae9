"""Who presides and who keeps the minutes, folded from the journal, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

KINDS = {"chair.handed_over": "chair", "secretary.handed_over": "secretary"}
GONE = ("participant.removed", "participants.removed")


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: {role: key of the participant}; nobody's key once they were taken off the list."""
    if entry.kind == "meeting.opened":
        state.update(entry.payload.get("presiding", {}))
    elif entry.kind in KINDS:
        state[KINDS[entry.kind]] = entry.payload["participant"]
    elif entry.kind in GONE:
        rows = entry.payload.get("participants") or [{"id": entry.payload.get("participant")}]
        gone = {row["id"] for row in rows}
        for role, who in state.items():
            if who in gone:
                state[role] = None


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    return dict(meeting.presiding.filter(until=None).values_list("role", "participant_id"))


FOLD = Fold(name="presiding", start=dict, step=step, tables=tables)
