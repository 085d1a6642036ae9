"""How many addresses a meeting's calendar has had, folded from the journal and read from the table."""

from __future__ import annotations

from typing import Any

from meetings.calendar.models import CalendarAddress
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry."""
    if entry.kind == "calendar.renewed":
        state["calendar"] = entry.payload["renewal"]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the same from the table."""
    row = CalendarAddress.objects.filter(meeting=meeting).first()
    return {"calendar": row.renewals} if row else {}


FOLD = Fold(name="calendar", start=dict, step=step, tables=tables)
