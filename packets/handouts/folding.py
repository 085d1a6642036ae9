"""The hand-outs' part of the journal, folded, and the same read from the table: which numbered copy is with whom."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from packets.models import HandOut

State = dict[Any, Any]


def start() -> State:
    """Return a meeting without hand-outs."""
    return {}


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry.

    The state: {(number of the paper, number of the copy): the receiver, [the receiver, how it was lost], or nothing once it has
    come back}.
    """
    if entry.kind in ("copy.issued", "copy.collected", "copy.lost"):
        for copy in entry.payload["copies"]:
            place = entry.payload["document"], copy["number"]
            state[place] = _held(entry, copy["receiver"])


def _held(entry: JournalEntry, receiver: str) -> object:
    if entry.kind == "copy.lost":
        return [receiver, entry.payload["why"]]
    return receiver if entry.kind == "copy.issued" else None


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    state: State = {}
    for row in HandOut.objects.filter(document__meeting=meeting).select_related("document").order_by("pk"):
        place = row.document.number, row.number
        if row.collected_at is None:
            state[place] = [row.receiver, row.lost_why] if row.is_lost else row.receiver
        else:
            state.setdefault(place, None)
    return state


FOLD = Fold(name="hand-outs", start=start, step=step, tables=tables)
