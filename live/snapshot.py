"""Reading a meeting in one snapshot: what is shown under a number holds nothing newer than that number."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Open a read-only transaction that sees one moment (SQLite: DEFERRED, PostgreSQL: REPEATABLE READ).

    Yields the database alias to read through. The first read fixes the moment: read the head first.
    """
    with transaction.atomic(using=ALIAS):
        yield ALIAS
