"""Addresses of the video conference in the folded journal: whose, what for, of which kind, with a PIN or without."""

from __future__ import annotations

from typing import Any

from control.video.models import VideoAddress
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = dict[Any, Any]


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry; those of a bridge point that is removed go with it."""
    p = entry.payload
    match entry.kind:
        case "video_address.added" | "video_address.edited":
            state["video address", p["way"]] = [p["number"], p["bridge_point"], p["use"], p["sort"], p["has_pin"]]
        case "video_address.removed":
            del state["video address", p["way"]]
        case "bridge_point.removed":
            _forget(state, {p["bridge_point"]})
        case "bridge_points.removed":
            _forget(state, {row["id"] for row in p["bridge_points"]})


def _forget(state: State, sites: set[int]) -> None:
    for key in [key for key, row in state.items() if row[1] in sites]:
        del state[key]


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    return {
        ("video address", row.pk): [row.number, row.bridge_point_id, row.use, row.read.kind.value, bool(row.pin)]
        for row in VideoAddress.objects.filter(meeting=meeting)
    }


FOLD = Fold(name="video", start=dict, step=step, tables=tables)
