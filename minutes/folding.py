"""The minutes' part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from minutes.blocks import folding as blocks
from minutes.models import Minutes, MinutesBlock, Print


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: the minutes' [state, revision, drafted up to], blocks {key: (version, digest)}, prints {code: hash}."""
    p = entry.payload
    blocks.step(state, entry)
    if entry.kind == "minutes.drafted":  # of earlier versions, which stored each draft; nobody records it any more
        for key in [key for key in state if key[0] == "block"]:
            del state[key]
        state["minutes", ""] = ["draft", p["revision"], p["up_to"]]
        state.update({("block", key): (version, digest) for key, version, digest in p["blocks"]})
    elif entry.kind == "minutes.approved":
        state.setdefault(("minutes", ""), ["draft", 0, 0])[0] = "approved"
        if "blocks" in p:
            state["minutes", ""][1:] = [p["revision"], p["up_to"]]
            state.update({("block", key): (version, digest) for key, version, digest in p["blocks"]})
    elif entry.kind == "minutes.printed":
        state["print", p["code"]] = (p["sha256"], p["state"], entry.number, entry.hash)


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    state: dict[Any, Any] = {}
    for minutes in Minutes.objects.filter(meeting=meeting):
        if minutes.has_begun:
            state["minutes", ""] = [minutes.state, minutes.revision, minutes.drafted_up_to]
    for block in MinutesBlock.objects.filter(minutes__meeting=meeting):
        state["block", block.key] = (block.version, block.digest)
    for paper in Print.objects.filter(minutes__meeting=meeting):
        state["print", paper.code] = (paper.sha256, paper.state, paper.journal_number, paper.journal_hash)
    return state


FOLD = Fold(name="minutes", start=dict, step=step, tables=tables)
