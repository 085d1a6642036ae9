"""The part of head counts in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.presence.models import HallCount
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: (present, expected, by whom)."""
    said = entry.payload
    if entry.kind == "hall_count.entered":
        state["hall", said["bridge_point"]] = (said["present"], said["expected"], entry.actor)
    elif entry.kind == "hall_count.withdrawn":
        state.pop(("hall", said["bridge_point"]), None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    rows = HallCount.objects.filter(meeting=meeting).values_list("bridge_point_id", "present", "expected", "counted_by")
    return {("hall", pk): tuple(row) for pk, *row in rows}


FOLD = Fold(name="halls", start=dict, step=step, tables=tables)
