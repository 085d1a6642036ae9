"""Attempts to sign in: counted before a password is looked at, so that a flood costs reads and not memory; kept for the owner.

Who signs in from a device or an address the account is known by is counted apart: whoever locks a name from elsewhere, on
purpose, does not lock out its owner. Signed-in people are never touched. The counts are rows, so that all processes agree and
the secretariat can lift them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.addresses import address_of, net_of
from people.devices import device_of
from people.models import SignInAttempt, SignInCount, User
from people.patience import LIMITS, Kind, Standing, left, must_wait, taken_back, tried
from people.session_store import SIGNED_IN

COOKIE, SALT = "diemcau_device", "people.attempts.device"
COOKIE_AGE = timedelta(days=180)
ACCOUNTS_OF_A_DEVICE = 8
KNOWN_FOR = timedelta(days=90)  # an address from which the account has signed in; attempts are kept as long
COUNTS_KEPT = timedelta(days=2)


class MustWait(Exception):
    """No attempt is let through until a moment."""

    def __init__(self, kind: Kind, until: datetime) -> None:
        super().__init__(kind, until)
        self.kind, self.until = kind, until


@dataclass
class Attempt:
    """One attempt under way: what it is counted for, and how many wrong ones are still let through after it."""

    account: int | None
    address: str
    device: str
    keys: dict[Kind, str]
    left: int = 0
    counts: list[SignInCount] = field(default_factory=list)


def begin(request: HttpRequest, username: str) -> Attempt:
    """Count an attempt before its password is looked at. Raises MustWait, having read and written nothing else."""
    name = User.normalize_username(username.strip()).casefold()
    account = User.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
    attempt = Attempt(account, address_of(request), device_of(request.headers.get("User-Agent", "")), {})
    attempt.keys = _counted_for(request, name, attempt)
    now = timezone.now()
    _refuse_who_must_wait(SignInCount.objects.filter(key__in=attempt.keys.values()), now)
    _count(attempt, now)
    return attempt


def begin_own(user: User) -> Attempt:
    """Count an attempt at the old password on the page that changes it, which is no place to guess. Raises MustWait."""
    attempt = Attempt(user.pk, "", "", {Kind.DEVICE: _key(Kind.DEVICE, str(user.pk), "own password")})
    _count(attempt, timezone.now())
    return attempt


def failed(attempt: Attempt) -> None:
    """Keep a wrong attempt for the account's owner; there is nothing to keep of a name that no account has."""
    if attempt.account is not None:
        _keep(attempt.account, attempt.address, attempt.device, is_good=False)


def succeeded(attempt: Attempt) -> None:
    """Take a right attempt back: the counts of this device or address begin anew, the others lose this one attempt."""
    with transaction.atomic():
        for row in SignInCount.objects.select_for_update().filter(key__in=attempt.keys.values()).order_by("key"):
            if row.kind in (Kind.DEVICE, Kind.PAIR):
                row.delete()
            else:
                _write(row, taken_back(_standing(row), LIMITS[Kind(row.kind)]))


def undo(attempt: Attempt) -> None:
    """Take an attempt back whose password was not looked at."""
    with transaction.atomic():
        for row in SignInCount.objects.select_for_update().filter(key__in=attempt.keys.values()).order_by("key"):
            _write(row, taken_back(_standing(row), LIMITS[Kind(row.kind)]))


def is_locked(account: User) -> bool:
    """Tell whether attempts on an account have to wait somewhere."""
    return SignInCount.objects.filter(account=account, waits_until__gt=timezone.now()).exists()


def lift(account: User) -> None:
    """Let an account be tried again at once, from everywhere."""
    SignInCount.objects.filter(account=account).delete()


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let this browser be known to the account from now on."""
    told = _device_cookie(request)
    accounts = [*[pk for pk in told.get("accounts", []) if pk != user.pk][-(ACCOUNTS_OF_A_DEVICE - 1) :], user.pk]
    value = signing.dumps({"device": told.get("device") or secrets.token_hex(8), "accounts": accounts}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=COOKIE_AGE, httponly=True, secure=request.is_secure(), samesite="Lax", path=request.path
    )


def signed_in(*, request: HttpRequest, user: AbstractBaseUser, **_signal: Any) -> None:
    """Note in the session and for the owner when, from where and with what somebody has signed in (Django's signal)."""
    if not isinstance(user, User):
        return
    address, device = address_of(request), device_of(request.headers.get("User-Agent", ""))
    request.session[SIGNED_IN] = {"at": timezone.now().isoformat(), "address": address, "device": device}
    SignInAttempt.objects.filter(account=user, at__lt=timezone.now() - KNOWN_FOR).delete()
    _keep(user.pk, address, device, is_good=True)


def _counted_for(request: HttpRequest, name: str, attempt: Attempt) -> dict[Kind, str]:
    told, net = _device_cookie(request), net_of(attempt.address)
    if attempt.account is not None and attempt.account in told.get("accounts", []):
        return {Kind.DEVICE: _key(Kind.DEVICE, str(attempt.account), told["device"])}
    keys = {Kind.PAIR: _key(Kind.PAIR, name, net)}
    if _is_known_at(attempt.account, attempt.address):
        return keys
    return keys | {Kind.NAME: _key(Kind.NAME, name)} | ({Kind.ADDRESS: _key(Kind.ADDRESS, net)} if net else {})


def _is_known_at(account: int | None, address: str) -> bool:
    if not address:
        return False
    since = timezone.now() - KNOWN_FOR
    return SignInAttempt.objects.filter(account=account or 0, is_good=True, address=address, at__gt=since).exists()


def _count(attempt: Attempt, now: datetime) -> None:
    """Add one to each count, under lock, in the order of the keys: two attempts at once never wait for each other in a ring."""
    with transaction.atomic():
        SignInCount.objects.filter(touched_at__lt=now - COUNTS_KEPT).delete()
        for kind, key in sorted(attempt.keys.items(), key=lambda item: item[1]):
            row = _locked(kind, key, attempt.account, now)
            _refuse_who_must_wait([row], now)
            _write(row, tried(_standing(row), LIMITS[kind], now), now)
            attempt.counts.append(row)
        attempt.left = min(left(_standing(row), LIMITS[Kind(row.kind)]) for row in attempt.counts)


def _locked(kind: Kind, key: str, account: int | None, now: datetime) -> SignInCount:
    rows = SignInCount.objects.select_for_update()
    found = rows.filter(key=key).first()
    if found is not None:
        return found
    owner = None if kind is Kind.ADDRESS else account
    try:
        with transaction.atomic():
            return SignInCount.objects.create(key=key, kind=kind, account_id=owner, touched_at=now)
    except IntegrityError:  # made by another attempt at this very moment
        return rows.get(key=key)


def _refuse_who_must_wait(rows: Any, now: datetime) -> None:
    waiting = [row for row in rows if must_wait(_standing(row), now)]
    if waiting:
        longest = max(waiting, key=lambda row: row.waits_until or now)
        raise MustWait(Kind(longest.kind), longest.waits_until or now)


def _standing(row: SignInCount) -> Standing:
    return Standing(row.failures, row.since, row.waits_until, row.waits)


def _write(row: SignInCount, standing: Standing, now: datetime | None = None) -> None:
    row.failures, row.since = standing.failures, standing.since
    row.waits_until, row.waits = standing.waits_until, standing.waits
    row.touched_at = now or row.touched_at
    row.save()


def _keep(account: int, address: str, device: str, *, is_good: bool) -> None:
    SignInAttempt.objects.create(account_id=account, at=timezone.now(), is_good=is_good, address=address, device=device)


def _key(kind: Kind, *of: str) -> str:
    return salted_hmac("people.attempts", "\0".join((kind, *of)), algorithm="sha256").hexdigest()


def _device_cookie(request: HttpRequest) -> dict[str, Any]:
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return {}
    return told if isinstance(told, dict) else {}
