"""Registration's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from attendance.registration.models import AskedUnit, Registration
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State, Answer = Registration.State, AskedUnit.Answer
_DECIDED = {
    "registrations.added": State.DRAFT.value,
    "registrations.sent": State.SENT.value,
    "registrations.approved": State.APPROVED.value,
    "registrations.refused": State.REFUSED.value,
}


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: a unit is (places, answer, asked), a line (name, state)."""
    p, kind = entry.payload, entry.kind
    if kind == "units.asked":
        # one that is asked again keeps the answer it gave
        state.update({("unit", u["id"]): (u["quota"], state.get(("unit", u["id"]), (None, ""))[1], True) for u in p["units"]})
    elif kind == "unit.edited":
        _set(state, p["unit"], quota=p["quota"])
    elif kind == "units.withdrawn":
        for unit in p["units"]:
            _set(state, unit["id"], asked=False)
    elif kind == "unit.completed":
        _set(state, p["unit"], answer=(Answer.NOBODY if p["nobody"] else Answer.COMPLETE).value)
    elif kind in ("unit.resumed", "change.granted"):
        _set(state, p["unit"], answer="")
    elif kind in ("registration.added", "registration.edited"):
        state["registration", p["registration"]] = (p["name"], State.DRAFT.value)
    elif kind == "registration.removed":
        del state["registration", p["registration"]]
    elif kind in _DECIDED:
        state.update({("registration", row["id"]): (row["name"], _DECIDED[kind]) for row in p["registrations"]})
        if kind == "registrations.refused":
            for row in p["registrations"]:
                _set(state, row["unit"], answer="")
    elif kind == "terms.set":
        state["terms"] = sorted(p["fields"])


def _set(state: dict[Any, Any], unit: int, **new: Any) -> None:
    before = dict(zip(("quota", "answer", "asked"), state["unit", unit], strict=True))
    state["unit", unit] = tuple((before | new).values())


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for pk, quota, answer, withdrawn in meeting.asked_units.values_list("pk", "quota", "answer", "is_withdrawn"):
        state["unit", pk] = (quota, answer, not withdrawn)
    for pk, name, where in meeting.registrations.values_list("pk", "name", "state"):
        state["registration", pk] = (name, where)
    terms = getattr(meeting, "registration_terms", None)
    if terms is not None:
        state["terms"] = sorted(name for name in ("phone", "email", "needs") if getattr(terms, f"asks_{name}"))
    return state


FOLD = Fold(name="registration", start=dict, step=step, tables=tables)
