"""The deadlines' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.deadlines.models import Deadline
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: deadlines set by hand, by kind."""
    if entry.kind == "deadline.set":
        state[entry.payload["kind_of_deadline"]] = entry.payload["due_at"]
    elif entry.kind == "deadline.reset":
        state.pop(entry.payload["kind_of_deadline"], None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    rows = Deadline.objects.filter(meeting=meeting).values_list("kind", "due_at")
    return {kind: due_at.isoformat() if due_at else None for kind, due_at in rows}


FOLD = Fold(name="deadlines", start=dict, step=step, tables=tables)
