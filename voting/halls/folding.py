"""The part of the counts of halls in the journal, folded, and the same read from the tables."""

from __future__ import annotations

from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from voting.halls.models import HallTally


def step(state: dict[Any, Any], entry: JournalEntry) -> None:
    """Apply one entry to the folded state: [version, votes, voters, invalid, state]."""
    said = entry.payload
    if not entry.kind.startswith("hall_tally."):
        return
    key = ("hall", said["poll"], said["bridge_point"])
    if entry.kind == "hall_tally.entered":
        state[key] = [said["version"], said["votes"], said["voters"], said["invalid"], "entered"]
    else:
        state[key][4] = entry.kind.removeprefix("hall_tally.")


def tables(meeting: Meeting) -> dict[Any, Any]:
    """Read the present rows in the shape of the folded state."""
    return {
        ("hall", one.poll_id, one.bridge_point_id): [
            one.version, sorted([int(position), n] for position, n in one.votes.items()), one.voters, one.invalid, one.state
        ]
        for one in HallTally.objects.filter(poll__meeting=meeting)
    }  # fmt: skip


FOLD = Fold(name="hall tallies", start=dict, step=step, tables=tables)
