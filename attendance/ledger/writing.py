"""Writing the ledger: one INSERT for what a device sends, durable when it is answered; the lock that sealing waits for.

A scan is written under a lock that scans share and sealing holds alone (PostgreSQL: an advisory lock of the meeting; SQLite:
writers are alone anyway). So a seal never passes over a scan that has taken its number and is not yet committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db import connection, transaction

from attendance.scanning.models import Scan
from meetings.models import Meeting

_LEDGER = 0x5CA7  # of the advisory locks: those of the ledgers


def write_scans(meeting: Meeting, scans: Sequence[Scan]) -> int:
    """Write scans and return how many; one whose key is in the ledger already counts once."""
    fields = _fields()
    rows = [[field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields] for one in scans]
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared", meeting)
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(_insert(), rows[0])
            else:
                cursor.executemany(_insert(), rows)
            return max(0, cursor.rowcount)


def exclude_writers(meeting: Meeting) -> None:
    """Wait until no scan of a meeting is being written, and let none begin before the transaction ends."""
    _lock("pg_advisory_xact_lock", meeting)


@cache
def _fields() -> list:  # type: ignore[type-arg]
    return [field for field in Scan._meta.concrete_fields if not field.primary_key]


@cache
def _insert() -> str:
    """Return the statement, written once: the ORM takes longer to write it than the database to carry it out."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in _fields())
    values = ", ".join(["%s"] * len(_fields()))
    table = connection.ops.quote_name(Scan._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING"


def _lock(function: str, meeting: Meeting) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_LEDGER, meeting.pk % 2**31])
