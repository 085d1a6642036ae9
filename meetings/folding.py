"""The meetings room's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

_STATES = {
    "meeting.created": Meeting.State.PLANNED,
    "meeting.opened": Meeting.State.OPEN,
    "meeting.suspended": Meeting.State.SUSPENDED,
    "meeting.resumed": Meeting.State.OPEN,
    "meeting.adjourned": Meeting.State.ADJOURNED,
}


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    p = entry.payload
    if entry.kind in _STATES:
        state["state"] = _STATES[entry.kind].value
    if entry.kind in ("meeting.created", "meeting.edited"):
        state["data"] = (p["title"], p["mode"], p["place"], len(p["sittings"]))
    elif entry.kind == "bridge_points.added":
        state.update({("bridge point", b["id"]): (b["number"], b["name"]) for b in p["bridge_points"]})
    elif entry.kind == "bridge_point.edited":
        state["bridge point", p["bridge_point"]] = (p["number"], p["name"])
    elif entry.kind == "bridge_point.removed":
        del state["bridge point", p["bridge_point"]]
    elif entry.kind == "participants.added":
        state.update({("participant", x["id"]): (x["name"], x["role"], x["bridge_point"]) for x in p["participants"]})
    elif entry.kind == "participant.edited":
        state["participant", p["participant"]] = (p["name"], p["role"], p["bridge_point"])
    elif entry.kind == "participant.removed":
        del state["participant", p["participant"]]
    elif entry.kind == "clock.set":
        state["rate"] = p["rate"]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {
        "state": meeting.state,
        "data": (meeting.title, meeting.mode, meeting.place, meeting.sittings.count()),
        "rate": meeting.clock_rate,
    }
    for pk, number, name in meeting.bridge_points.values_list("pk", "number", "name"):
        state["bridge point", pk] = (number, name)
    for pk, name, role, bridge_point in meeting.participants.values_list("pk", "name", "role", "bridge_point_id"):
        state["participant", pk] = (name, role, bridge_point)
    return state


FOLD = Fold(name="meetings", start=lambda: {"rate": 1.0}, step=step, tables=tables)
