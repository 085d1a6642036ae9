"""The agenda's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from agenda.models import AgendaItem, FloorRequest
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

_ITEM = {"item.opened": "open", "item.closed": "closed", "item.deferred": "deferred"}
_FLOOR = {"floor.requested": "waiting", "floor.withdrawn": "withdrawn", "floor.given": "speaking", "floor.yielded": "done"}


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: items {id: [position, title, minutes, state]}, requests {id: [item, state]}."""
    p, items = entry.payload, state
    if entry.kind == "item.added":
        items["item", p["item"]] = [p["position"], p["title"], p["minutes"], "planned"]
    elif entry.kind == "item.edited":
        items["item", p["item"]][:3] = [p["position"], p["title"], p["minutes"]]
    elif entry.kind in ("item.moved", "item.removed"):
        _move(state, p["item"], p.get("old_position", p["position"]), p["position"] if "old_position" in p else None)
    elif entry.kind in _ITEM:
        items["item", p["item"]][3] = _ITEM[entry.kind]
        if entry.kind == "item.closed":
            _lapse(state, p["item"])
    elif entry.kind == "floor.requested":
        state["floor", p["request"]] = [p["item"], "waiting"]
    elif entry.kind in _FLOOR:
        state["floor", p["request"]][1] = _FLOOR[entry.kind]


def _move(state: dict[Any, Any], item: int, old: int, new: int | None) -> None:
    """Move an item, or take it out (`new` is None), and let the others close up."""
    for key, row in state.items():
        if key[0] == "item" and key[1] != item:
            if row[0] > old:
                row[0] -= 1
            if new is not None and row[0] >= new:
                row[0] += 1
    if new is None:
        del state["item", item]
    else:
        state["item", item][0] = new


def _lapse(state: dict[Any, Any], item: int) -> None:
    for key, row in state.items():
        if key[0] == "floor" and row == [item, "waiting"]:
            row[1] = "lapsed"


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    items = AgendaItem.objects.filter(meeting=meeting).values_list("pk", "position", "title", "minutes", "state")
    floor = FloorRequest.objects.filter(meeting=meeting).values_list("pk", "item_id", "state")
    return {("item", pk): list(row) for pk, *row in items} | {("floor", pk): list(row) for pk, *row in floor}


FOLD = Fold(name="agenda", start=dict, step=step, tables=tables)
