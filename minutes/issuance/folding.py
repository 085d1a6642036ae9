"""The part of the journal that tells of issued papers, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from minutes.models import Delivery, OfficialPaper

ISSUED = (OfficialPaper.State.ISSUED, OfficialPaper.State.RECALLED)


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: issued papers by number: [symbol, date, code, SHA-256, recalled, replaced by]; notes by hand."""
    p = entry.payload
    if entry.kind == "paper.issued":
        state["paper", p["paper"]] = [p["symbol"], p["dated"], p["code"], "", False, None]
        if p["replaces"] is not None:
            state["paper", p["replaces"]][5] = p["paper"]
    elif entry.kind == "paper.filed":
        state["paper", p["paper"]][3] = p["sha256"]
    elif entry.kind == "paper.recalled":
        state["paper", p["paper"]][4] = True
    elif entry.kind == "delivery.marked":
        held = state.get(("by hand", p["paper"]), 0) + (1 if p["seen"] else -1)
        state["by hand", p["paper"]] = held
        if not held:
            del state["by hand", p["paper"]]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    found = OfficialPaper.objects.filter(meeting=meeting, state__in=ISSUED).select_related("issued", "replaced_by")
    for row in found.defer("data", "words", "recipients"):
        instead = row.replaced_by.number if row.replaced_by else None
        state["paper", row.number] = [
            row.issued.symbol if row.issued else "", row.dated.isoformat() if row.dated else "", row.code, row.sha256,
            row.state == OfficialPaper.State.RECALLED, instead,
        ]  # fmt: skip
    by_hand = Delivery.objects.filter(paper__meeting=meeting, is_by_hand=True).values_list("paper__number", flat=True)
    for number in by_hand:
        state["by hand", number] = state.get(("by hand", number), 0) + 1
    return state


FOLD = Fold(name="issuance", start=dict, step=step, tables=tables)
