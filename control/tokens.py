"""The signed address of a public display: one meeting, one screen, read only, until it is revoked."""

from __future__ import annotations

from django.core import signing

from control.models import Display

_SALT = "control.display"


def token_of(display: Display) -> str:
    """Return the token that stands in the display's address."""
    return signing.Signer(salt=_SALT).sign_object(display.pk)


def display_of(token: str) -> Display | None:
    """Return the display of a token; nothing when the token is forged or the display revoked."""
    try:
        pk = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Display.objects.select_related("meeting__journal").filter(pk=pk, revoked_at=None).first()
