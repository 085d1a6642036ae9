"""The part of the journal that tells of papers before their issue, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from minutes.models import OfficialPaper
from minutes.papers.present import digest_of


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry: each paper's [digest of what people have written, hash of what was frozen]."""
    p = entry.payload
    if entry.kind == "paper.drafted":
        state[p["paper"]] = [p["digest"], ""]
    elif entry.kind == "paper.edited":
        state[p["paper"]][0] = p["digest"]
    elif entry.kind == "paper.approved":
        state[p["paper"]][1] = p["content_hash"]
    elif entry.kind == "paper.returned":
        state[p["paper"]][1] = ""
    elif entry.kind == "paper.removed":
        del state[p["paper"]]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    found = OfficialPaper.objects.filter(meeting=meeting).defer("data", "recipients")
    return {row.number: [digest_of(row), row.content_hash] for row in found}


FOLD = Fold(name="papers", start=dict, step=step, tables=tables)
