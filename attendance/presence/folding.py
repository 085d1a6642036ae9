"""The part of presence in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.presence.models import PresenceConflict
from attendance.presence.rows import standings_of
from attendance.presence.standing import read_shown
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    said = entry.payload
    if entry.kind in ("presence.marked", "conflict.settled"):
        for row in said["participants"]:
            _set(state, row, said["state"], said["bridge_point"])
    if entry.kind == "walk_in.removed":
        state.pop(("presence", said["participant"]), None)
    elif entry.kind == "conflict.settled":
        state["conflict", said["conflict"]] = "settled"
    elif entry.kind == "scans.sealed":
        for row in said["changes"]:
            _set(state, row, row["state"], row["bridge_point"])
        state.update({("conflict", row["conflict"]): "open" for row in said["conflicts"]})


def _set(state: dict[Any, Any], row: dict[str, Any], now: str, where: int | None) -> None:
    key = ("presence", row["id"])
    if now:
        state[key] = read_shown(row, state=now, where=where, before=state.get(key))
    else:
        state.pop(key, None)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    found: dict[Any, Any] = {("presence", pk): one.shown() for pk, one in standings_of(meeting).items()}
    for pk, settled in PresenceConflict.objects.filter(meeting=meeting).values_list("pk", "settled_at"):
        found["conflict", pk] = "settled" if settled else "open"
    return found


FOLD = Fold(name="presence", start=dict, step=step, tables=tables)
