"""The secret part of a calendar's address: made from the row and the installation's key, never kept."""

from __future__ import annotations

import base64
import hmac
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from meetings.calendar.models import CalendarAddress


def new_nonce() -> str:
    """Return 256 random bits."""
    return secrets.token_urlsafe(32)


def token_of(address: CalendarAddress) -> str:
    """Return the secret part of an address: 256 bits."""
    stamp = salted_hmac("meetings.calendar", f"{address.pk}:{address.nonce}", algorithm="sha256")
    return base64.urlsafe_b64encode(stamp.digest()).decode().rstrip("=")


def whole(address: CalendarAddress) -> str:
    """Return the address as a calendar program takes it."""
    return f"{settings.PUBLIC_URL}{reverse('meetings:feed', args=[address.pk, token_of(address)])}"


def found(pk: int, token: str) -> CalendarAddress | None:
    """Return the row behind an address; nothing when it never was one, or is none any more."""
    row = CalendarAddress.objects.select_related("account", "meeting__journal").filter(pk=pk).first()
    if row is None or not hmac.compare_digest(token_of(row).encode(), token.encode()):
        return None
    return row
