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

from django.db import DatabaseError, connection, transaction
from django.db.models import AutoField
from django.views.decorators.debug import sensitive_variables

from voting.ballots.guards import LOCK
from voting.ballots.models import KEY_BITS, Ballot, SecretBallot
from voting.polls.models import Poll


class CodeTaken(Exception):
    """A receipt code lies in the box already; nothing was written."""


class NotWritten(Exception):
    """The database could not take a secret ballot. What it said is not passed on: it quotes the row it stumbled over."""


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

    It is not when its mandate has voted, or when the poll is not open or the mandate withdrawn. Raises CodeTaken when the
    receipt code is in the box already, NotWritten when the database could not take a secret ballot.
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
    lying = SecretBallot(id=random_key(), poll_id=new.poll, code=new.code, choices=list(new.choices), remark=new.remark)
    trouble = ""
    try:
        return _write_both(row, lying)
    except DatabaseError as error:
        trouble = type(error).__name__
    # Out of the handler: the message of the database's error holds code and choices, and stays in no traceback and no log.
    raise NotWritten(trouble)


@sensitive_variables()
def _write_both(row: Ballot, lying: SecretBallot) -> bool:
    """Write that a mandate has voted, and what was voted into the box. A taken code is no error of the database: its own log
    would keep the statement, with the code and the choices in it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_insert(Ballot), _values(row))
        if cursor.rowcount <= 0:
            return False
        cursor.execute(_insert(SecretBallot), _values(lying))
        if cursor.rowcount <= 0:
            raise CodeTaken
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
def _insert(model: type[Ballot | SecretBallot]) -> str:
    """Return the statement, written once: the ORM takes longer than the database."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in _fields(model))
    places = ", ".join(["%s"] * len(_fields(model)))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"


@cache
def _fields(model: type[Ballot | SecretBallot]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


def _values(row: Ballot | SecretBallot) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _fields(type(row))]
