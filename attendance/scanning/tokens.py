"""The signed address of a scanner: one door of one meeting, reading badges and nothing else."""

from __future__ import annotations

from django.core import signing

from attendance.scanning.models import Scanner

_SALT = "attendance.scanner"


def token_of(scanner: Scanner) -> str:
    """Return the token that stands in the scanner's address."""
    return signing.Signer(salt=_SALT).sign_object(scanner.pk)


def key_of(token: str) -> int | None:
    """Return the key of the scanner a token was made for; nothing when the token is forged."""
    try:
        pk: int = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return pk


def scanner_of(token: str) -> Scanner | None:
    """Return the scanner of a token; nothing when the token is forged.

    One that has been revoked is returned too (`revoked_at` says so): it may still hand in what it had read.
    """
    pk = key_of(token)
    found = Scanner.objects.select_related("meeting__journal", "door__bridge_point")
    return found.filter(pk=pk).first() if pk is not None else None
