"""The reviews' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from minutes.models import Circulated, Circulation, Remark
from minutes.review.passages import digest_of, digest_of_words, moment_of
from minutes.review.readers import code_of

State = Remark.State


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: rounds [revision, deadline, digest, closed], readers agreed, remarks [state, version, digest, …]."""
    noun, _, verb = entry.kind.partition(".")
    if noun == "circulation":
        _of_round(state, verb, entry.payload)
    elif noun == "remark":
        _of_remark(state, verb, entry.payload)


def _of_round(state: dict[Any, Any], verb: str, p: dict[str, Any]) -> None:
    key = ("round", p["number"])
    if verb == "opened":
        state[key] = [p["revision"], p["deadline"], p["digest"], False]
        state.update({("reader", p["number"], code): False for code, _name in p["readers"]})
    elif verb == "extended":
        state[key][1] = p["deadline"]
    elif verb == "closed":
        state[key][3] = True
    elif verb == "agreed":
        state["reader", p["number"], p["reader"]] = True


def _of_remark(state: dict[Any, Any], verb: str, p: dict[str, Any]) -> None:
    key = ("remark", p["circulation"], p["number"])
    if verb == "added":
        state[key] = [State.OPEN.value, 1, p["digest"], "", None]
        state["reader", p["circulation"], p["reader"]] = False
        return
    state[key][1] = p["version"]
    if verb == "changed":
        state[key][2] = p["digest"]
    elif verb == "withdrawn":
        state[key][0] = State.WITHDRAWN.value
    elif verb == "reopened":
        state[key][0], state[key][3:] = State.OPEN.value, ["", None]
    elif verb == "taken":
        state[key][0], state[key][3:] = State.TAKEN.value, [p["digest"], p["block_version"]]
    else:
        state[key][0], state[key][3:] = State.ANSWERED.value, [p["digest"], None]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for row in Circulation.objects.filter(minutes__meeting=meeting):
        closed = row.closed_at is not None
        state["round", row.number] = [row.revision, moment_of(row.deadline), digest_of(row.snapshot), closed]
    for reader in Circulated.objects.filter(circulation__minutes__meeting=meeting).select_related("circulation"):
        state["reader", reader.circulation.number, code_of(reader)] = reader.agreed_at is not None
    for remark in Remark.objects.filter(circulation__minutes__meeting=meeting).select_related("circulation"):
        said = [remark.state, remark.version, remark.digest, digest_of_words(remark.answer), remark.taken_version]
        state["remark", remark.circulation.number, remark.number] = said
    return state


FOLD = Fold(name="review", start=dict, step=step, tables=tables)
