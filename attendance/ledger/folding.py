"""The seals of the ledger as the journal has them, and the same worked out anew from the ledger's rows."""

from __future__ import annotations

from typing import Any

from attendance.ledger.chain import seal_hash
from attendance.scanning.models import Scan, ScanSeal
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state."""
    if entry.kind == "scans.sealed":
        said = entry.payload
        state["seal", said["seal"]] = [said["first"], said["last"], said["count"], said["hash"]]


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Work out the seals from the rows they vouch for: a scan changed, added or taken away since shows in its seal."""
    found: dict[Any, Any] = {}
    previous = ""
    for seal in ScanSeal.objects.filter(meeting=meeting).order_by("number"):
        scans = list(Scan.objects.filter(meeting=meeting, pk__gte=seal.first, pk__lte=seal.last).order_by("pk"))
        previous = seal_hash(previous, scans)
        found["seal", seal.number] = [seal.first, seal.last, len(scans), previous]
    return found


FOLD = Fold(name="ledger", start=dict, step=step, tables=tables)
