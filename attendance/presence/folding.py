"""Attendance's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.presence.models import Presence
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    if entry.kind == "presence.marked":
        state.update({("presence", row["id"]): entry.payload["state"] for row in entry.payload["participants"]})


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    rows = Presence.objects.filter(meeting=meeting).values_list("participant_id", "state")
    return {("presence", pk): state for pk, state in rows}


FOLD = Fold(name="attendance", start=dict, step=step, tables=tables)
