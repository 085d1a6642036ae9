"""A device as its scans need it: where it stands, whether it may, and the meeting with its clock and journal.

The devices of a meeting are read together and believed for a moment: sixty doors ask no more often than one.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attendance.badges import keys
from attendance.scanning.ending import end_of, has_ended
from attendance.scanning.models import Scanner
from attendance.scanning.tokens import said_by
from meetings import clock
from meetings.models import Journal, Meeting

BELIEVED = 0.5  # seconds: what was revoked since is noticed so soon
REMEMBERED = 64  # meetings


@dataclass
class Gate:
    """The device, its bridge point, and its meeting (with its clock, and its journal's head and epoch alone).

    `revoked_at`: when its permission was taken back or ended with the meeting (`is_over`), in the meeting's time.
    `publics`: the public part of each badge key that is believed, by its number.
    """

    scanner: int
    nonce: str
    site: int
    is_kiosk: bool
    revoked_at: datetime | None
    is_over: bool
    seen_at: datetime | None
    unsent: int
    meeting: Meeting
    publics: dict[int, bytes]

    @property
    def is_revoked(self) -> bool:
        """Whether its permission has been taken back, or has ended."""
        return self.revoked_at is not None


_COLUMNS = (
    "pk", "nonce", "door__bridge_point_id", "is_kiosk", "revoked_at", "seen_at", "unsent", "meeting_id", "meeting__state",
    "meeting__adjourned_at", "meeting__clock_base", "meeting__clock_anchor", "meeting__clock_rate", "meeting__journal_id",
    "meeting__journal__head", "meeting__journal__epoch",
)  # fmt: skip
_MEETING = _COLUMNS.index("meeting_id")


class Gates:
    """The devices this process has heard of, by meeting, each meeting's read at one moment."""

    def __init__(self) -> None:
        """Begin with none."""
        self._meetings: dict[int, tuple[float, dict[int, Gate]]] = {}
        self._meeting_of: dict[int, int] = {}
        self._lock = threading.Lock()

    def get(self, scanner: int) -> Gate | None:
        """Return a device as it stood not longer ago than is believed; nothing when it has gone."""
        meeting = self._meeting_of.get(scanner)
        read_at, gates = self._meetings.get(meeting or 0, (0.0, {}))
        if meeting is None or time.monotonic() - read_at > BELIEVED or scanner not in gates:
            gates = self._read(scanner)
        return gates.get(scanner)

    def forget(self) -> None:
        """Believe nothing: the next scan reads anew."""
        with self._lock:
            self._meetings.clear()
            self._meeting_of.clear()

    def _read(self, scanner: int) -> dict[int, Gate]:
        moment = time.monotonic()
        same = Scanner.objects.filter(pk=scanner).values("meeting_id")
        rows = list(Scanner.objects.filter(meeting_id__in=same).order_by().values_list(*_COLUMNS))
        gates = _gates(rows, keys.publics())
        with self._lock:
            if rows:
                self._meetings[rows[0][_MEETING]] = (moment, gates)
                self._meeting_of |= dict.fromkeys(gates, rows[0][_MEETING])
            if len(self._meetings) > REMEMBERED:
                self._meetings.clear()
                self._meeting_of.clear()
        return gates


def _gates(rows: list[tuple[Any, ...]], publics: dict[int, bytes]) -> dict[int, Gate]:
    found, held, ended_at = {}, None, None
    for scanner, nonce, site, is_kiosk, revoked, seen, unsent, meeting, state, adjourned, *rest in rows:
        if held is None:
            base, anchor, rate, journal, head, epoch = rest
            held = Meeting(pk=meeting, state=state, adjourned_at=adjourned, clock_base=base, clock_anchor=anchor, clock_rate=rate)
            held.journal = Journal(pk=journal, head=head, epoch=epoch)
            ended_at = end_of(held) if has_ended(held, clock.now(held)) else None
        is_over = revoked is None and ended_at is not None
        found[scanner] = Gate(scanner, nonce, site, is_kiosk, revoked or ended_at, is_over, seen, unsent, held, publics)
    return found


GATES = Gates()


def gate_of(token: str) -> Gate | None:
    """Return the device of a token, a revoked one too; nothing when the token is forged or the device gone."""
    said = said_by(token)
    gate = GATES.get(said[0]) if said is not None else None
    return gate if said is not None and gate is not None and gate.nonce == said[1] else None
