"""The signed address of a public display: one meeting, one screen, read only, until it is revoked."""

from __future__ import annotations

from django.core import signing

from control.models import Display

_SALT = "control.display"


def token_of(display: Display) -> str:
    """Return the token that stands in the display's address; one of before the nonces is of its key alone."""
    return signing.Signer(salt=_SALT).sign_object([display.pk, display.nonce] if display.nonce else display.pk)


def display_of(token: str) -> Display | None:
    """Return the display of a token; nothing when the token is forged or the display revoked."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    pk, nonce = said if isinstance(said, list) else (said, "")
    return Display.objects.select_related("meeting__journal").filter(pk=pk, nonce=nonce, revoked_at=None).first()
