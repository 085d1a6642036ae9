"""The control room's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from control.models import Display
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    if entry.kind in ("display.opened", "display.revoked"):
        state["display", entry.payload["display"]] = (entry.payload["name"], entry.kind == "display.opened")


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    return {("display", d.pk): (d.name, d.revoked_at is None) for d in Display.objects.filter(meeting=meeting)}


FOLD = Fold(name="control", start=dict, step=step, tables=tables)
