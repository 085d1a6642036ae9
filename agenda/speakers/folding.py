"""The lists of speakers' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from agenda.speakers.models import FloorRequest, SpeakersList
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = dict[Any, Any]
Payload = dict[str, Any]
PIN, LIMIT = 3, 4
UNTOUCHED = [False, 1]


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry: lines {id: [item, waits, kind, place set by hand, limit]}; lists {item: [closed, version]}.

    A list that is neither closed nor was ever re-ordered does not appear: it may have no row yet.
    """
    if entry.kind in _STEPS:
        _STEPS[entry.kind](state, entry.payload)


def _requested(state: State, p: Payload) -> None:
    kind = p.get("kind_of_speech", "discussion")
    if kind == "point_of_order":
        _shift(state, p["item"], above=0, by=1)
    state["line", p["request"]] = [p["item"], True, kind, None, p.get("minutes")]


def _left(state: State, p: Payload) -> None:
    row = state["line", p["request"]]
    row[1], row[PIN] = False, None
    _shift(state, row[0], above=p.get("place", 0), by=-1)


def _shift(state: State, item: int, *, above: int, by: int) -> None:
    for row in _lines(state, item):
        if row[PIN] is not None and row[PIN] > above:
            row[PIN] += by


def _lines(state: State, item: int) -> Iterator[list[Any]]:
    return (row for key, row in state.items() if key[0] == "line" and row[0] == item and row[1])


def _moved(state: State, p: Payload) -> None:
    for one in p["pins"]:
        state["line", one["id"]][PIN] = one["place"]
    _list(state, p["item"])[1] = p["version"]


def _released(state: State, p: Payload) -> None:
    state["line", p["request"]][PIN] = None
    _list(state, p["item"])[1] = p["version"]


def _extended(state: State, p: Payload) -> None:
    state["line", p["request"]][LIMIT] = p["limit"]


def _closed(state: State, p: Payload) -> None:
    _list(state, p["item"])[0] = True


def _opened(state: State, p: Payload) -> None:
    _list(state, p["item"])[0] = False
    if state["list", p["item"]] == UNTOUCHED:
        del state["list", p["item"]]


def _list(state: State, item: int) -> list[Any]:
    found: list[Any] = state.setdefault(("list", item), list(UNTOUCHED))
    return found


def _item_closed(state: State, p: Payload) -> None:
    for row in _lines(state, p["item"]):
        row[1], row[PIN] = False, None


_STEPS: dict[str, Callable[[State, Payload], None]] = {
    "floor.requested": _requested,
    "floor.withdrawn": _left,
    "floor.given": _left,
    "floor.moved": _moved,
    "floor.released": _released,
    "floor.extended": _extended,
    "speakers.closed": _closed,
    "speakers.opened": _opened,
    "item.closed": _item_closed,
}


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    lines = FloorRequest.objects.filter(meeting=meeting)
    lists = SpeakersList.objects.filter(item__meeting=meeting).exclude(is_closed=False, version=1)
    return {
        **{("line", r.pk): [r.item_id, r.state == "waiting", r.kind, r.pin, r.minutes] for r in lines},
        **{("list", row.item_id): [row.is_closed, row.version] for row in lists},
    }


FOLD = Fold(name="speakers", start=dict, step=step, tables=tables)
