"""After a box was shuffled its old rows lie in the files of the database still: the table is written anew, old bytes go.

SQLite keeps them in its write-ahead log, commit by commit (each with the row of the ledger beside), and in the free space of
pages; PostgreSQL keeps dead rows with the number of their transaction. A duty does the work soon after the closing and comes
again while somebody's long reading hinders it. The database's own archive, replicas, backups and the free blocks of the disk are
out of reach from here; docs/voting/secret.md says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from jobs.kinds import periodic
from voting.ballots.models import SecretBallot
from voting.polls.models import Poll

PATIENCE = 250  # ms that others may have to wait
_TABLE = SecretBallot._meta.db_table
_ANEW = f"{_TABLE}_anew"
#: How old, in transactions, the shuffling is; who reads as of a moment before it keeps the old rows alive.
_AGE = f"SELECT max(age(xmin)) FROM {_TABLE} WHERE poll_id = ANY(%s)"
_OLD_READERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL AND age(backend_xmin) >= %s"""


def overwrite_what_is_deleted(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite write zeros over whatever this connection deletes from now on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


@periodic("ballots.clear", every=1.0, waits=lambda: _uncleared().exists())
def clear_boxes(still_mine: Callable[[], bool]) -> bool:
    """Clear the traces of every box that was shuffled; what is hindered now is done the next time."""
    keys = list(_uncleared().values_list("pk", flat=True))
    if keys and still_mine() and clear_traces(keys):
        Poll.objects.filter(pk__in=keys).update(is_cleared=True)
    return False


def clear_traces(polls: Collection[int]) -> bool:
    """Write the table of the boxes anew, so that nothing of what lay there before is left; tell whether that was possible.

    Not within a transaction: what somebody else reads at this moment must be let go first.
    """
    if connection.in_atomic_block:
        return False
    return _clear_postgres(list(polls)) if connection.vendor == "postgresql" else _clear_sqlite()


def _uncleared() -> QuerySet[Poll]:
    return Poll.objects.filter(is_secret=True, is_shuffled=True, is_cleared=False)


def _clear_sqlite() -> bool:
    """Copy the table in the order of its random keys and drop the old one: pages are freed, and overwritten, whole.

    Then the write-ahead log is emptied. Somebody who reads an older state hinders that: then the table is left alone, too.
    """
    if not _empty_log():
        return False
    overwrite_what_is_deleted(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [_TABLE])
        rows = cursor.fetchall()
        (table,) = (sql for kind, sql in rows if kind == "table")
        cursor.execute(table.replace(f'"{_TABLE}"', f'"{_ANEW}"', 1))
        cursor.execute(f'INSERT INTO "{_ANEW}" SELECT * FROM "{_TABLE}" ORDER BY id')
        cursor.execute(f'DROP TABLE "{_TABLE}"')
        cursor.execute(f'ALTER TABLE "{_ANEW}" RENAME TO "{_TABLE}"')
        for kind, sql in rows:
            if kind != "table":
                cursor.execute(sql)
    return _empty_log()


def _empty_log() -> bool:
    """Bring what the write-ahead log holds into the file and empty it; writers wait meanwhile, so it is given up soon."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.fetchone()
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _pages, _moved = cursor.fetchone()
        except OperationalError:  # somebody writes
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
            cursor.fetchone()
    return not is_busy


def _clear_postgres(polls: list[int]) -> bool:
    """Let the database write the table into a new file, without dead rows; whoever reads an older state hinders that."""
    with connection.cursor() as cursor:
        cursor.execute(_AGE, [polls])
        (age,) = cursor.fetchone()
        cursor.execute(_OLD_READERS, [age or 0])
        if age is not None and cursor.fetchone()[0]:
            return False
        cursor.execute(f"SET lock_timeout = '{PATIENCE}ms'")
        try:
            cursor.execute(f"VACUUM (FULL) {_TABLE}")
        except OperationalError:  # somebody votes or reads the box at this moment
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
