"""The doors' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.scanning.models import Door, Scanner
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = dict[Any, Any]


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry to the folded state: door and scanner: [name, where, whether it stands]."""
    p = entry.payload
    match entry.kind:
        case "door.opened":
            state["door", p["door"]] = [p["name"], p["bridge_point"], True]
        case "door.closed":
            state["door", p["door"]][2] = False
        case "scanner.opened":
            state["scanner", p["scanner"]] = [p["name"], p["door"], True]
        case "scanner.revoked":
            state["scanner", p["scanner"]][2] = False


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    state: State = {
        ("door", d.pk): [d.name, d.bridge_point_id, d.closed_at is None] for d in Door.objects.filter(meeting=meeting)
    }
    for s in Scanner.objects.filter(meeting=meeting):
        state["scanner", s.pk] = [s.name, s.door_id, s.revoked_at is None]
    return state


FOLD = Fold(name="doors", start=dict, step=step, tables=tables)
