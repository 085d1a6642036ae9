"""The folders' part of the journal, folded, and the same read from the table: what each holds that was made last."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from packets.folder.models import Folder

State = dict[Any, Any]


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry: {bridge point: (digest of the programme, digest of the list)}."""
    if entry.kind == "folder.made":
        for row in entry.payload["folders"]:
            state[row["id"]] = (entry.payload["programme"], row["people"])
    elif entry.kind == "bridge_point.removed":
        state.pop(entry.payload["bridge_point"], None)
    elif entry.kind == "bridge_points.removed":
        for row in entry.payload["bridge_points"]:
            state.pop(row["id"], None)


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    rows = Folder.objects.filter(meeting=meeting).values_list("bridge_point_id", "programme", "people")
    return {pk: (programme, people) for pk, programme, people in rows}


FOLD = Fold(name="folders", start=dict, step=step, tables=tables)
