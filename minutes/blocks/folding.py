"""The blocks' part of the journal, folded; minutes/folding.py adds it to the minutes' own."""

from __future__ import annotations

from typing import Any

from meetings.models import JournalEntry

CHANGING = frozenset({"edited", "added", "excluded", "included", "taken", "restored"})


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry about a block: the minutes' revision, the block's version and digest."""
    noun, _, verb = entry.kind.partition(".")
    if noun != "block" or verb not in CHANGING:
        return
    p = entry.payload
    state.setdefault(("minutes", ""), ["draft", 0, 0])[1] = p["revision"]
    state["block", p["key"]] = (p["version"], p["digest"])
