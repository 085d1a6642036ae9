"""The incidents' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from control.incidents.actions import TIMES
from control.incidents.models import Incident
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: an incident is its bridge point, kind, the four times of both sides, and who closed it."""
    noun, _, verb = entry.kind.partition(".")
    if noun != "incident":
        return
    p = entry.payload
    if verb == "opened":
        empty: dict[str, Any] = dict.fromkeys(TIMES)
        state["incident", p["incident"]] = {"site": p["bridge_point"], "kind": p["kind_of_incident"], **empty, "closed_by": ""}
    row = state["incident", p["incident"]]
    if verb == "closed":
        row |= {name: _moment(p[name]) for name in TIMES} | {"closed_by": entry.actor}
    else:
        what = "ended_at" if verb == "ended" else "began_at"
        row[f"{'site' if p['from_site'] else 'centre'}_{what}"] = _moment(p[what])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    return {
        ("incident", one.pk): {"site": one.bridge_point_id, "kind": one.kind}
        | {name: getattr(one, name) for name in TIMES}
        | {"closed_by": one.closed_by}
        for one in Incident.objects.filter(meeting=meeting)
    }


FOLD = Fold(name="incidents", start=dict, step=step, tables=tables)
