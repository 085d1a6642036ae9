"""The speeches' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from agenda.speeches.models import Speech
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = Speech.State
_STATES = {
    "speech.offered": State.OFFERED.value,
    "speech.withdrawn": State.WITHDRAWN.value,
    "speech.picked": State.PICKED.value,
    "speech.unpicked": State.OFFERED.value,
    "speech.returned": State.RETURNED.value,
}


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: a call is (item, minutes, per unit, closed) with its picked in order, a speech [title, minutes, state]."""
    p, kind = entry.payload, entry.kind
    if kind == "speech_call.set":
        state["call", p["call"]] = (p["item"], p["minutes"], p["per_unit"], False)
        state.setdefault(("order", p["call"]), [])
    elif kind == "speech_call.closed":
        state["call", p["call"]] = (*state["call", p["call"]][:3], True)
    elif kind == "speech.offered":
        state["speech", p["speech"]] = [p["title"], p["minutes"], _STATES[kind]]
    elif kind == "speech.edited":
        state["speech", p["speech"]] = [p["title"], p["minutes"], p["state"]]
    elif kind == "speech.moved":
        order: list[int] = state["order", p["call"]]
        order.remove(p["speech"])
        order.insert(p["place"] - 1, p["speech"])
    elif kind in _STATES:
        _decide(state, p, _STATES[kind])


def _decide(state: dict[Any, Any], p: dict[str, Any], where: str) -> None:
    order: list[int] = state["order", p["call"]]
    if p["speech"] in order:
        order.remove(p["speech"])
    if where == State.PICKED:
        order.append(p["speech"])
    state["speech", p["speech"]][2] = where


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for pk, *row in meeting.speech_calls.values_list("pk", "item_id", "minutes", "per_unit", "is_closed"):
        state["call", pk], state["order", pk] = tuple(row), []
    speeches = meeting.speeches.order_by("rank", "pk").values_list("pk", "call_id", "title", "minutes", "state")
    for pk, call, title, minutes, where in speeches:
        state["speech", pk] = [title, minutes, where]
        if where == State.PICKED:
            state["order", call].append(pk)
    return state


FOLD = Fold(name="speeches", start=dict, step=step, tables=tables)
