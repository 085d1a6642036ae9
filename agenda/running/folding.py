"""What became of the programme in flight, folded: what comes next, what is dealt with together, which items are closed ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agenda.models import AgendaItem
from meetings.models import JournalEntry

AHEAD = ("ahead", 0)
KINDS = frozenset(f"item.{verb}" for verb in ("advanced", "restored", "skipped", "merged", "restricted", "unrestricted"))
State = dict[Any, Any]


def start() -> State:
    """Return a programme in which nothing was brought forward."""
    return {AHEAD: []}


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry about an item: the items brought forward, the last one last; hosts; closed items and secret titles."""
    if entry.kind not in KINDS:
        return
    p, item = entry.payload, entry.payload["item"]
    if entry.kind in ("item.advanced", "item.restored", "item.skipped", "item.merged"):
        _drop(state, item)
    if entry.kind == "item.advanced":
        state[AHEAD].append(item)
    elif entry.kind == "item.merged":
        state["host", item] = p["into"]
        _share(state, p["into"], item)
    elif entry.kind == "item.restricted":
        state["closed", item] = p["has_secret_title"]
        for merged in _with(state, item):
            _share(state, item, merged)
    elif entry.kind == "item.unrestricted":
        for one in [item, *_with(state, item)]:
            state.pop(("closed", one), None)


def went(state: State, item: int) -> None:
    """An item was removed."""
    _drop(state, item)
    state.pop(("closed", item), None)


def came(state: State, rows: Iterable[dict[str, Any]]) -> None:
    """Items were added, perhaps closed ones (a meeting that was cloned)."""
    for row in rows:
        if "closed" in row:
            state["closed", row["item"]] = row["closed"]["has_secret_title"]


def came_back(state: State, rows: list[dict[str, Any]]) -> None:
    """A change was undone: the programme is these items again."""
    there = {row["item"] for row in rows}
    state[AHEAD] = [item for item in state[AHEAD] if item in there]
    for key in [key for key in state if key[0] == "closed"]:
        del state[key]
    came(state, rows)


def _drop(state: State, item: int) -> None:
    state[AHEAD] = [one for one in state[AHEAD] if one != item]


def _with(state: State, host: int) -> list[int]:
    return [key[1] for key, value in state.items() if key[0] == "host" and value == host]


def _share(state: State, host: int, item: int) -> None:
    if ("closed", host) in state:
        state["closed", item] = state["closed", host] or state.get(("closed", item), False)


def tables(items: Iterable[AgendaItem]) -> State:
    """Read the same from the rows."""
    rows = list(items)
    return {
        AHEAD: [row.pk for row in sorted((row for row in rows if row.ahead), key=lambda row: row.ahead or 0)],
        **{("host", row.pk): row.merged_into_id for row in rows if row.merged_into_id},
        **{("closed", row.pk): row.has_secret_title for row in rows if row.in_camera},
    }
