"""The box of a secret poll, written anew in another order under other keys: what joins it to the ledger is gone afterwards."""

from __future__ import annotations

import random

from django.db import connection, transaction

from voting.ballots.models import SecretBallot
from voting.ballots.writing import random_key
from voting.polls.models import Poll

_CHANCE = random.SystemRandom()


def shuffle_box(poll: Poll) -> list[SecretBallot]:
    """Write the box of a poll that has been closed anew, within the closing's transaction; return what lies in it.

    Afterwards the database is asked to overwrite the space of the old rows; before that, and in backups and logs of the database
    made before the closing, its administrator could join who and what. The page of the poll says so.
    """
    rows = list(SecretBallot.objects.filter(poll=poll))
    _CHANCE.shuffle(rows)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    SecretBallot.objects.filter(poll=poll).delete()
    lying = [SecretBallot(id=random_key(), poll=poll, code=one.code, choices=one.choices, remark=one.remark) for one in rows]
    SecretBallot.objects.bulk_create(lying, batch_size=500)
    Poll.objects.filter(pk=poll.pk).update(is_shuffled=True)
    poll.is_shuffled = True
    transaction.on_commit(_clear_old_rows, robust=True)
    return lying


def _clear_old_rows() -> None:
    """Give the space of the old rows back; harmless where somebody still reads them, for it is done again by the database."""
    if connection.in_atomic_block:  # within somebody else's transaction: the database's own clearing does it
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {connection.ops.quote_name(SecretBallot._meta.db_table)}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
