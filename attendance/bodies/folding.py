"""The part of bodies in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attendance.bodies.models import Body
from attendance.bodies.queries import Members
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = dict[Any, Any]
_RULE = ("number", "name", "measure", "numerator", "denominator", "least", "counts_substitutes")


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry to the folded state. body: its rule; members: the set of them."""
    said = entry.payload
    match entry.kind:
        case "body.added":
            state["body", said["body"]] = [said[name] for name in _RULE]
            state["members", said["body"]] = _ids(said)
        case "body.edited":
            state["body", said["body"]] = [said[name] for name in _RULE]
        case "body.removed":
            state.pop(("body", said["body"])), state.pop(("members", said["body"]))
        case "body_members.added":
            state["members", said["body"]] |= _ids(said)
        case "body_members.removed":
            state["members", said["body"]] -= _ids(said)
        case "participant.removed":
            _gone(state, {said["participant"]})
        case "participants.removed":
            _gone(state, {row["id"] for row in said["participants"]})


def _ids(said: Mapping[str, Any]) -> set[int]:
    return {row["id"] for row in said["members"]}


def _gone(state: State, people: set[int]) -> None:
    for key, value in state.items():
        if key[0] == "members":
            value.difference_update(people)


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    state: State = {}
    for pk, *rule in Body.objects.filter(meeting=meeting).values_list("pk", *_RULE):
        state["body", pk], state["members", pk] = rule, set()
    for body, member in Members.objects.filter(body__meeting=meeting).values_list("body_id", "participant_id"):
        state["members", body].add(member)
    return state


FOLD = Fold(name="bodies", start=dict, step=step, tables=tables)
