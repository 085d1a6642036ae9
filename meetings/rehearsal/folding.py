"""Rehearsals in the folded journal: which one is under way."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from meetings.rehearsal.queries import rehearsal_of

State = dict[Any, Any]


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry: the rehearsal under way, by its address."""
    if entry.kind == "meeting.rehearsed":
        state["rehearsal", entry.payload["rehearsal"]] = entry.payload["slug"]
    elif entry.kind == "rehearsal.ended":
        del state["rehearsal", entry.payload["rehearsal"]]


def tables(meeting: Meeting) -> State:
    """Read the same from the tables."""
    row = rehearsal_of(meeting)
    return {("rehearsal", row.pk): row.slug} if row else {}


FOLD = Fold(name="rehearsals", start=dict, step=step, tables=tables)
