"""The meetings room's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from meetings.sites import folding as sites

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
        sites.came(state, p["bridge_points"])
    elif entry.kind in sites.STEPS:
        sites.STEPS[entry.kind](state, p)
    elif entry.kind in _LISTS:
        _LISTS[entry.kind](state, p)
    elif entry.kind == "clock.set":
        state["rate"] = p["rate"]


#: What the folded state keeps of a participant, in this order.
_COLUMNS = ("name", "role", "bridge_point_id", "mode", "group_id", "is_standing", "is_excused")


def _came(state: dict[Any, Any], row: dict[str, Any]) -> None:
    """Put a new participant's row; one written before there were modes and groups says nothing of them."""
    mode, group, standing = row.get("mode", "in_person"), row.get("group"), row.get("standing", False)
    state["participant", row["id"]] = [row["name"], row["role"], row["bridge_point"], mode, group, standing, False]
    if row.get("substitute_for"):
        state["substitute", row["substitute_for"]] = row["id"]
        _excused(state, row["substitute_for"], True)


def _changed(state: dict[Any, Any], row: dict[str, Any]) -> None:
    """Put new data of a participant; what an older entry does not say stays."""
    old = state["participant", row["id"]]
    data = [row["name"], row["role"], row["bridge_point"]]
    state["participant", row["id"]] = [
        *data, row.get("mode", old[3]), row.get("group", old[4]), row.get("standing", old[5]), old[6],
    ]  # fmt: skip


def _handed_over(role: str) -> Callable[[dict[Any, Any], dict[str, Any]], None]:
    """Return the step of a hand-over: who takes over has the role, who handed over the one the fact says."""

    def step(state: dict[Any, Any], payload: dict[str, Any]) -> None:
        state["participant", payload["participant"]][1] = role
        if payload["old_participant"] is not None:
            state["participant", payload["old_participant"]][1] = payload["old_role"]

    return step


def _excused(state: dict[Any, Any], pk: int, is_so: bool) -> None:
    state["participant", pk][6] = is_so


def _went(state: dict[Any, Any], pk: int) -> None:
    del state["participant", pk]
    state.pop(("substitute", pk), None)
    for key in [key for key, other in state.items() if key[0] == "substitute" and other == pk]:
        del state[key]


def _each(apply: Callable[..., None], *more: Any, of: str = "") -> Callable[[dict[Any, Any], dict[str, Any]], None]:
    """Return the step of a fact that holds many rows; `of`: only that value of each."""

    def step(state: dict[Any, Any], payload: dict[str, Any]) -> None:
        for row in payload["participants"]:
            apply(state, row[of] if of else row, *more)

    return step


def _imported(state: dict[Any, Any], payload: dict[str, Any]) -> None:
    state.update({("group", row["id"]): (row["number"], row["name"]) for row in payload["groups"]})
    for row in payload["edited"]:
        _changed(state, row)
    for row in payload["participants"]:
        _came(state, row)


_LISTS: dict[str, Callable[[dict[Any, Any], dict[str, Any]], None]] = {
    "participants.added": _each(_came),
    "participants.imported": _imported,
    "participants.edited": _each(_changed),
    "participants.excused": _each(_excused, True, of="id"),
    "participants.expected": _each(_excused, False, of="id"),
    "participants.removed": _each(_went, of="id"),
    "participant.edited": lambda state, p: _changed(state, {**p, "id": p["participant"]}),
    "participant.excused": lambda state, p: _excused(state, p["participant"], True),
    "participant.expected": lambda state, p: _excused(state, p["participant"], False),
    "participant.substituted": lambda state, p: _came(state, p["substitute"]),
    "participant.removed": lambda state, p: _went(state, p["participant"]),
    "chair.handed_over": _handed_over("chair"),
    "secretary.handed_over": _handed_over("secretary"),
    "group.added": lambda state, p: state.update({("group", p["group"]): (p["number"], p["name"])}),
    "group.renamed": lambda state, p: state.update({("group", p["group"]): (state["group", p["group"]][0], p["name"])}),
    "group.removed": lambda state, p: state.pop(("group", p["group"])),
}


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {
        "state": meeting.state,
        "data": (meeting.title, meeting.mode, meeting.place, meeting.sittings.count()),
        "rate": meeting.clock_rate,
    }
    state |= sites.tables(meeting)
    for pk, *row, replaced in meeting.participants.values_list("pk", *_COLUMNS, "substitute_for_id"):
        state["participant", pk] = row
        if replaced is not None:
            state["substitute", replaced] = pk
    state.update({("group", pk): (number, name) for pk, number, name in meeting.groups.values_list("pk", "number", "name")})
    return state


FOLD = Fold(name="meetings", start=lambda: {"rate": 1.0}, step=step, tables=tables)
