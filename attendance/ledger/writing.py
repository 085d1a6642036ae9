"""Writing the ledger: one statement for what a device sends, durable when it is answered; the lock that sealing waits for.

A scan is written under a lock that scans share and sealing holds alone (PostgreSQL: an advisory lock of the meeting; SQLite:
writers are alone anyway). So a seal never passes over a scan that has taken its number and is not yet committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from attendance.scanning.models import Scan
from meetings.models import Meeting

_LEDGER = 0x5CA7  # of the advisory locks: those of the ledgers


def write_scans(meeting: Meeting, scans: Sequence[Scan]) -> int:
    """Write scans and return how many; one whose key is in the ledger already counts once."""
    values = [field.get_db_prep_save(getattr(one, field.attname), connection) for one in scans for field in _fields()]
    begin, row, end = _statement()
    lock = _lock_of(meeting) if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        cursor.execute(begin + ", ".join([row] * len(scans)) + end, [*lock, *values])
        return max(0, cursor.rowcount)


def exclude_writers(meeting: Meeting) -> None:
    """Wait until no scan of a meeting is being written, and let none begin before the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _lock_of(meeting))


def _lock_of(meeting: Meeting) -> list[int]:
    return [_LEDGER, meeting.pk % 2**31]


@cache
def _fields() -> list[Any]:
    return [field for field in Scan._meta.concrete_fields if not field.primary_key]


@cache
def _statement() -> tuple[str, str, str]:
    """Return the statement before its rows, a row, and after them; written once, for the ORM takes longer than the database.

    On PostgreSQL the rows are taken from behind the lock, so that their numbers are given under it.
    """
    columns = ", ".join(connection.ops.quote_name(field.column) for field in _fields())
    begin = f"INSERT INTO {connection.ops.quote_name(Scan._meta.db_table)} ({columns}) "
    if connection.vendor != "postgresql":
        return f"{begin} VALUES ", f"({', '.join(['%s'] * len(_fields()))})", " ON CONFLICT DO NOTHING"
    shared = "WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(%s, %s)) "
    row = ", ".join(f"%s::{field.db_type(connection)}" for field in _fields())
    return f"{shared}{begin} SELECT new.* FROM shared, (VALUES ", f"({row})", ") AS new ON CONFLICT DO NOTHING"
