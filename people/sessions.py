"""Sessions that have ended: remembered for a day, so that what was made in one (a ticket to a socket) is worth nothing more.

The key of a session is never kept: a row or a ticket names it by its fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import EndedSession, Session, User

KEPT = timedelta(days=1)  # far longer than any ticket lives
LENGTH = 32  # hexadecimal digits: 128 bits

#: Rooms above who want to hear, inside the transaction, that sessions of an account end: `(account, fingerprint)`,
#: the fingerprint empty when all of them do.
listeners: list[Callable[[int, str], None]] = []


def session_of(request: HttpRequest) -> str:
    """Return the fingerprint of a request's session; nothing when it has none."""
    return fingerprint_of(request.session.session_key)


def fingerprint_of(key: str | None) -> str:
    """Return the keyed hash by which a session is named; nothing for no key."""
    return salted_hmac("people.sessions", key, algorithm="sha256").hexdigest()[:LENGTH] if key else ""


def password_mark(user: User) -> str:
    """Return a mark that changes with the account's password and tells nothing about it."""
    stamp = salted_hmac("people.sessions.password", user.get_session_auth_hash(), algorithm="sha256")
    return stamp.hexdigest()[:LENGTH]


def signed_out(*, request: HttpRequest, user: AbstractBaseUser | None, **_signal: Any) -> None:
    """Note that somebody signs out: the signal comes before Django forgets the session."""
    if isinstance(user, User):
        end(user, session_of(request))


def end(user: User, fingerprint: str, *, all_of_them: bool = False) -> None:
    """Remember that a session has ended and tell it; `all_of_them`: what was made in any other one is worthless too."""
    if not fingerprint:
        return
    with transaction.atomic():
        EndedSession.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
        EndedSession.objects.get_or_create(fingerprint=fingerprint, defaults={"account": user, "ended_at": timezone.now()})
        for listener in listeners:
            listener(user.pk, "" if all_of_them else fingerprint)


def open_sessions(user: User) -> QuerySet[Session]:
    """Return where an account is signed in, the one used last first."""
    return Session.objects.filter(account=user, expire_date__gt=timezone.now()).order_by("-seen_at", "pk")


def end_many(user: User, found: Iterable[Session]) -> int:
    """End sessions of an account wherever they are: no page, ticket or socket of theirs is good any more; return how many."""
    with transaction.atomic():
        rows = list(found)
        Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            end(user, row.fingerprint)
    return len(rows)


def end_all(accounts: Iterable[User]) -> None:
    """End every session of accounts that have been closed or given another password."""
    with transaction.atomic():
        rows = list(Session.objects.filter(account__in=accounts).select_related("account"))
        now = timezone.now()
        ended = [EndedSession(fingerprint=row.fingerprint, account=row.account, ended_at=now) for row in rows if row.account]
        EndedSession.objects.bulk_create(ended, ignore_conflicts=True)
        Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
