"""The reminders of opinion slips in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from voting.slips.models import SlipReminder


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: of each poll its reminders in their order, [how many were meant, how many written to, by the service]."""
    said = entry.payload
    if entry.kind == "slips.reminded":
        state.setdefault(("reminders", said["poll"]), []).append([said["asked"], said["mailed"], said["is_by_itself"]])


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for one in SlipReminder.objects.filter(poll__meeting=meeting).order_by("poll", "pk"):
        state.setdefault(("reminders", one.poll_id), []).append([one.asked, one.mailed, one.is_by_itself])
    return state


FOLD = Fold(name="slips", start=dict, step=step, tables=tables)
