"""A device as its scans need it: where it stands, whether it may, and the meeting with its clock and journal. One query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.scanning.models import Scanner
from attendance.scanning.tokens import key_of
from meetings.models import Journal, Meeting


@dataclass(frozen=True)
class Gate:
    """The device, its door and bridge point, and its meeting (with its clock, and its journal's head and epoch alone)."""

    scanner: int
    door: int
    site: int
    is_revoked: bool
    seen_at: datetime | None
    unsent: int
    meeting: Meeting


_COLUMNS = (
    "pk", "door_id", "door__bridge_point_id", "revoked_at", "seen_at", "unsent", "meeting_id", "meeting__clock_base",
    "meeting__clock_anchor", "meeting__clock_rate", "meeting__journal_id", "meeting__journal__head", "meeting__journal__epoch",
)  # fmt: skip


def gate_of(token: str) -> Gate | None:
    """Return the device of a token, a revoked one too; nothing when the token is forged or the device gone."""
    pk = key_of(token)
    row = Scanner.objects.filter(pk=pk).order_by().values_list(*_COLUMNS).first() if pk is not None else None
    if row is None:
        return None
    scanner, door, site, revoked, seen, unsent, meeting, base, anchor, rate, journal, head, epoch = row
    held = Meeting(pk=meeting, clock_base=base, clock_anchor=anchor, clock_rate=rate, journal_id=journal)
    held.journal = Journal(pk=journal, head=head, epoch=epoch)
    return Gate(scanner, door, site, revoked is not None, seen, unsent, held)
