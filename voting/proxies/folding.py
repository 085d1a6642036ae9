"""The part of proxies in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from voting.proxies.models import Proxy


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: [giver, holder, whether it holds]."""
    said = entry.payload
    if entry.kind == "proxy.given":
        state["proxy", said["proxy"]] = [said["giver"], said["holder"], True]
    elif entry.kind == "proxy.ended":
        state["proxy", said["proxy"]][2] = False


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    rows = Proxy.objects.filter(meeting=meeting).values_list("pk", "giver_id", "holder_id", "ended_at")
    return {("proxy", pk): [giver, holder, ended is None] for pk, giver, holder, ended in rows}


FOLD = Fold(name="proxies", start=dict, step=step, tables=tables)
