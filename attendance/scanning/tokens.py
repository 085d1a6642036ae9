"""The signed address of a scanner: one door of one meeting, reading badges and nothing else.

It names the row and what was given to it by chance: a key that a restore hands out a second time opens nobody else's device.
"""

from __future__ import annotations

from django.core import signing

from attendance.scanning.models import Scanner

_SALT = "attendance.scanner"


def token_of(scanner: Scanner) -> str:
    """Return the token that stands in the scanner's address."""
    return signing.Signer(salt=_SALT).sign_object([scanner.pk, scanner.nonce])


def said_by(token: str) -> tuple[int, str] | None:
    """Return the key and the nonce of the scanner a token was made for; nothing when the token is forged."""
    try:
        pk, nonce = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, TypeError):
        return None
    return pk, nonce


def scanner_of(token: str) -> Scanner | None:
    """Return the scanner of a token; nothing when the token is forged.

    One that has been revoked is returned too (`revoked_at` says so), and one whose meeting is long over (`ending.has_ended`): it
    may still hand in what it had read.
    """
    said = said_by(token)
    found = Scanner.objects.select_related("meeting__journal", "door__bridge_point")
    return found.filter(pk=said[0], nonce=said[1]).first() if said is not None else None
