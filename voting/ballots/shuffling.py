"""The box of a secret poll, written anew in another order under other keys: what joins it to the ledger is gone afterwards."""

from __future__ import annotations

import random

from django.db import connection

from voting.ballots.clearing import overwrite_what_is_deleted
from voting.ballots.models import SecretBallot
from voting.ballots.writing import random_key
from voting.polls.models import Poll

_CHANCE = random.SystemRandom()


def shuffle_box(poll: Poll) -> list[SecretBallot]:
    """Write the box of a poll that has been closed anew, within the closing's transaction; return what lies in it.

    The space of the old rows is cleared afterwards (clearing.py). Before that, and in backups and logs of the database made
    before the closing, its administrator could join who and what. The page of the poll says so.
    """
    rows = list(SecretBallot.objects.filter(poll=poll))
    _CHANCE.shuffle(rows)
    overwrite_what_is_deleted(connection)
    SecretBallot.objects.filter(poll=poll).delete()
    lying = [SecretBallot(id=random_key(), poll=poll, code=one.code, choices=one.choices, remark=one.remark) for one in rows]
    SecretBallot.objects.bulk_create(lying, batch_size=500)
    Poll.objects.filter(pk=poll.pk).update(is_shuffled=True)
    poll.is_shuffled = True
    return lying
