"""Writing a ballot: durable when it is answered, without the journal's lock; and the lock that closing a poll takes.

The triggers (guards.py) pass over what comes too late: nothing is written then, and the caller finds out why.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from voting.ballots.guards import LOCK
from voting.ballots.models import KEY_BITS, Ballot, SecretBallot
from voting.polls.models import Poll


@dataclass(frozen=True)
class New:
    """A ballot to be written. `code`: the receipt code of a secret one; `at`: the moment of a named one."""

    poll: int
    mandate: int
    key: UUID
    is_secret: bool
    choices: tuple[int, ...]
    remark: str = ""
    code: str = ""
    at: datetime | None = None


def write_ballot(new: New) -> bool:
    """Write a ballot, the secret part into the box, in one transaction; tell whether it was written.

    It is not when its mandate has voted, or when the poll is not open or the mandate withdrawn. Raises IntegrityError when the
    receipt code is in the box already.
    """
    row = Ballot(
        poll_id=new.poll, mandate_id=new.mandate, key=new.key, is_secret=new.is_secret,
        choices=None if new.is_secret else list(new.choices), remark="" if new.is_secret else new.remark,
        at=None if new.is_secret else new.at,
    )  # fmt: skip
    if not new.is_secret:
        with connection.cursor() as cursor:
            cursor.execute(_insert(Ballot), _values(row))
            return cursor.rowcount > 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_insert(Ballot), _values(row))
            if cursor.rowcount <= 0:
                return False
        lying = SecretBallot(id=random_key(), poll_id=new.poll, code=new.code, choices=list(new.choices), remark=new.remark)
        lying.save(force_insert=True)
    return True


def random_key() -> int:
    """Return a random key of the box; it tells neither order nor time."""
    return secrets.randbelow(2**KEY_BITS - 1) + 1


def exclude_writers(poll: Poll) -> None:
    """Wait until no ballot of a poll is being written, and let none be before the transaction ends (SQLite: alone anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, poll.pk % 2**31])


@cache
def _insert(model: type[Ballot]) -> str:
    """Return the statement, written once: the ORM takes longer than the database."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in _fields(model))
    places = ", ".join(["%s"] * len(_fields(model)))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"


@cache
def _fields(model: type[Ballot]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _values(row: Ballot) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _fields(Ballot)]
