"""The walk-ins' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.walk_ins.models import WalkIn
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    if entry.kind == "walk_in.added":
        state["walk_in", entry.payload["participant"]] = entry.actor
    elif entry.kind == "walk_in.removed":
        state.pop(("walk_in", entry.payload["participant"]), None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    return {("walk_in", pk): by for pk, by in WalkIn.objects.filter(meeting=meeting).values_list("participant_id", "added_by")}


FOLD = Fold(name="walk_ins", start=dict, step=step, tables=tables)
