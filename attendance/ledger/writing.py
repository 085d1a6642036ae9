"""Writing the ledger: one INSERT for what a device sends, durable when it is answered; the lock that sealing waits for.

A scan is written under a lock that scans share and sealing holds alone (PostgreSQL: an advisory lock of the meeting; SQLite:
writers are alone anyway). So a seal never passes over a scan that has taken its number and is not yet committed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from attendance.scanning.models import Scan
from meetings.models import Meeting

_LEDGER = 0x5CA7  # of the advisory locks: those of the ledgers


def write_scans(meeting: Meeting, scans: Sequence[Scan]) -> None:
    """Write scans; one whose key is in the ledger already counts once."""
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared", meeting)
        Scan.objects.bulk_create(scans, ignore_conflicts=True)


def exclude_writers(meeting: Meeting) -> None:
    """Wait until no scan of a meeting is being written, and let none begin before the transaction ends."""
    _lock("pg_advisory_xact_lock", meeting)


def _lock(function: str, meeting: Meeting) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_LEDGER, meeting.pk % 2**31])
