"""The part of roll calls in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.roll_call.models import RollCall, RollCallAnswer
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state. roll call: whether it is over; answer: [state, at the console?]."""
    said = entry.payload
    match entry.kind:
        case "roll_call.opened":
            state["roll call", said["roll_call"]] = [said["number"], False]
            state.update({("answer", said["roll_call"], row["id"]): ["waiting", False] for row in said["bridge_points"]})
        case "roll_call.answered":
            state["answer", said["roll_call"], said["bridge_point"]] = ["here", True]
        case "roll_call.marked":
            state["answer", said["roll_call"], said["bridge_point"]] = [said["state"], False]
        case "roll_call.closed":
            state["roll call", said["roll_call"]][1] = True
            for row in said["silent"]:
                state["answer", said["roll_call"], row["id"]][0] = "silent"


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    calls = RollCall.objects.filter(meeting=meeting).values_list("pk", "number", "closed_at")
    state: dict[Any, Any] = {("roll call", pk): [number, closed is not None] for pk, number, closed in calls}
    answers = RollCallAnswer.objects.filter(roll_call__meeting=meeting)
    for call, site, answer, by_console in answers.values_list("roll_call_id", "bridge_point_id", "state", "by_console"):
        state["answer", call, site] = [answer, by_console]
    return state


FOLD = Fold(name="roll calls", start=dict, step=step, tables=tables)
