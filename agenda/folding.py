"""The agenda's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda.models import AgendaItem, FloorRequest, ProgrammeRelease
from agenda.running import folding as flight
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

_ITEM = {
    "item.opened": "open", "item.closed": "closed", "item.deferred": "deferred", "item.skipped": "skipped",
    "item.restored": "planned", "item.merged": "merged", "item.advanced": "planned",
}  # fmt: skip
_FLOOR = {"floor.requested": "waiting", "floor.withdrawn": "withdrawn", "floor.given": "speaking", "floor.yielded": "done"}
ORDER = ("order", 0)


def start() -> dict[Any, Any]:
    """Return a programme without items."""
    return {ORDER: [], **flight.start()}


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: the running order, items {id: [parent, title, minutes, state]}, requests {id: [item, state]}, releases."""
    p = entry.payload
    flight.step(state, entry)
    if entry.kind in _BUILDING:
        _BUILDING[entry.kind](state, p)
    elif entry.kind in _ITEM:
        state["item", p["item"]][3] = _ITEM[entry.kind]
        if entry.kind == "item.closed":
            _lapse(state, p["item"])
    elif entry.kind == "floor.requested":
        state["floor", p["request"]] = [p["item"], "waiting"]
    elif entry.kind in _FLOOR:
        state["floor", p["request"]][1] = _FLOOR[entry.kind]


def _edit(state: dict[Any, Any], p: dict[str, Any]) -> None:
    state["item", p["item"]][1:3] = [p["title"], p["minutes"]]


def _add_many(state: dict[Any, Any], p: dict[str, Any]) -> None:
    for one in p["items"]:
        _add(state, one)
    flight.came(state, p["items"])


def _retime(state: dict[Any, Any], p: dict[str, Any]) -> None:
    for item in p["items"]:
        state["item", item][2] = p["minutes"]


def _remove(state: dict[Any, Any], p: dict[str, Any]) -> None:
    for item in p.get("items") or [p["item"]]:
        flight.went(state, item)
        state[ORDER].remove(item)
        del state["item", item]


def _release(state: dict[Any, Any], p: dict[str, Any]) -> None:
    state["release", p["number"]] = p["items"]


def _add(state: dict[Any, Any], p: dict[str, Any]) -> None:
    state["item", p["item"]] = [p.get("parent"), p["title"], p["minutes"], "planned"]
    state[ORDER].insert(p["position"] - 1, p["item"])


def _move(state: dict[Any, Any], p: dict[str, Any]) -> None:
    """Take an item with all that is under it, and put it where it begins at `position`."""
    item, position = p["item"], p["position"]
    order: list[int] = state[ORDER]
    block = [item]
    for other in order[order.index(item) + 1 :]:
        if state["item", other][0] not in block:
            break
        block.append(other)
    rest = [other for other in order if other not in block]
    state[ORDER] = [*rest[: position - 1], *block, *rest[position - 1 :]]
    state["item", item][0] = p.get("parent")


def _undo(state: dict[Any, Any], p: dict[str, Any]) -> None:
    """Return to what the programme was; what has run keeps its state, what comes back has not begun."""
    items = p["items"]
    states = {key[1]: row[3] for key, row in state.items() if key[0] == "item"}
    for item in states:
        del state["item", item]
    state[ORDER] = [one["item"] for one in items]
    for one in items:
        state["item", one["item"]] = [one["parent"], one["title"], one["minutes"], states.get(one["item"], "planned")]
    flight.came_back(state, items)


def _lapse(state: dict[Any, Any], item: int) -> None:
    for key, row in state.items():
        if key[0] == "floor" and row == [item, "waiting"]:
            row[1] = "lapsed"


_BUILDING: dict[str, Callable[[dict[Any, Any], dict[str, Any]], None]] = {
    "item.added": _add,
    "items.added": _add_many,
    "item.edited": _edit,
    "items.retimed": _retime,
    "item.moved": _move,
    "item.removed": _remove,
    "programme.undone": _undo,
    "programme.released": _release,
}


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    floor = FloorRequest.objects.filter(meeting=meeting).values_list("pk", "item_id", "state")
    releases = ProgrammeRelease.objects.filter(meeting=meeting)
    return {
        ORDER: [item.pk for item in items],
        **{("item", item.pk): [item.parent_id, item.title, item.minutes, item.state] for item in items},
        **flight.tables(items),
        **{("floor", pk): list(row) for pk, *row in floor},
        **{("release", one.number): len(one.snapshot["items"]) for one in releases},
    }


FOLD = Fold(name="agenda", start=start, step=step, tables=tables)
