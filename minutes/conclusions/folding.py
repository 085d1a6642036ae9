"""The conclusions' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from minutes.conclusions.queries import wording_of
from minutes.conclusions.wording import digest_of
from minutes.models import Conclusion, ConclusionRevision


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry.

    conclusion: [state, number, version, digest, place, item, whether the displays show it, why it was withdrawn];
    wording (of a version): digest.
    """
    noun, _dot, verb = entry.kind.partition(".")
    if noun != "conclusion":
        return
    p, key = entry.payload, ("conclusion", entry.payload["conclusion"])
    row = state.get(key)
    match verb:
        case "proposed":
            state[key] = ["proposed", None, 1, p["digest"], p["position"], p["item"], False, ""]
            state["wording", p["conclusion"], 1] = p["digest"]
        case "changed" if row:
            row[2], row[3], row[5] = p["version"], p["digest"], p["item"]
            state["wording", p["conclusion"], p["version"]] = p["digest"]
        case "moved" if row:
            row[4] = p["position"]
            state["conclusion", p["other"]][4] = p["other_position"]
        case "shown" if row:
            for other, one in state.items():
                if other[0] == "conclusion":
                    one[6] = other == key
        case "hidden" if row:
            row[6] = False
        case "adopted" if row:
            row[0], row[1] = "adopted", p["number"]
        case "withdrawn" if row:
            row[0], row[6], row[7] = "withdrawn", False, p["why"]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for row in Conclusion.objects.filter(meeting=meeting):
        digest, shown = wording_of(row).digest, row.shown_at is not None
        state["conclusion", row.pk] = [
            row.state, row.number, row.version, digest, row.position, row.item_id, shown, row.why,
        ]  # fmt: skip
    for one in ConclusionRevision.objects.filter(conclusion__meeting=meeting):
        state["wording", one.conclusion_id, one.version] = digest_of(one.words)
    return state


FOLD = Fold(name="conclusions", start=dict, step=step, tables=tables)
