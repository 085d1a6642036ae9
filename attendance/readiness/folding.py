"""The part of readiness in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.readiness.models import CheckMark, ReadinessCheck
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry.

    A check is (bridge point, run, begun, signed off, by whom, on behalf, note), a mark (state, note, when, who).
    """
    p = entry.payload
    if entry.kind == "readiness.begun":
        state["check", p["check"]] = (p["bridge_point"], p["run"], entry.at, None, "", False, "")
    elif entry.kind == "readiness.marked":
        state.update({("mark", p["check"], point): (p["state"], p["note"], entry.at, entry.actor) for point in p["points"]})
    elif entry.kind == "readiness.signed":
        begun = state["check", p["check"]][:3]
        state["check", p["check"]] = (*begun, entry.at, p["signed_by"], p["on_behalf"], p["note"])


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {
        ("check", c.pk): (c.bridge_point_id, c.number, c.began_at, c.signed_off_at, c.signed_off_by, c.on_behalf, c.note)
        for c in ReadinessCheck.objects.filter(meeting=meeting)
    }
    for m in CheckMark.objects.filter(check_run__meeting=meeting):
        state["mark", m.check_run_id, m.point] = (m.state, m.note, m.marked_at, m.marked_by)
    return state


FOLD = Fold(name="readiness", start=dict, step=step, tables=tables)
