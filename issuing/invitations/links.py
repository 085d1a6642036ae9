"""The address by which an invited person answers: 128 bits nobody guesses, checked against a hash, ended at will.

The token is a keyed hash of the participant and a nonce of the row, so that it can be printed again; who reads the table alone
has neither the installation's key nor the token. The row keeps the token's hash: a new nonce ends the old address for good.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from issuing.models import Invitation, InvitationText
from meetings import clock
from meetings.models import Meeting

_SALT = "issuing.invitation"
_SHAPE = re.compile(r"[a-z2-7]{26}")


def new_nonce() -> str:
    """Return a nonce for a new address."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def token_of(participant_id: int, nonce: str) -> str:
    """Return the token of an address."""
    keyed = salted_hmac(_SALT, f"{participant_id}:{nonce}", algorithm="sha256").digest()[:16]
    return base64.b32encode(keyed).decode().rstrip("=").lower()


def hash_of(token: str) -> str:
    """Return what the row keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(invitation: Invitation) -> str:
    """Return the whole address by which somebody answers."""
    return settings.PUBLIC_URL + reverse("issuing:reply", args=[token_of(invitation.participant_id, invitation.nonce)])


def find(typed: str) -> Invitation | None:
    """Return the invitation of an address; nothing when the address is altered, old, or its participant was removed."""
    token = typed.strip().lower()
    if not _SHAPE.fullmatch(token):
        return None
    found = Invitation.objects.filter(link_hash=hash_of(token))
    return found.select_related("participant__bridge_point", "meeting__organiser__parent", "meeting__journal", "document").first()


def ends_at(meeting: Meeting, text: InvitationText | None) -> datetime | None:
    """Return when the links of a meeting end: on the day that was set, or when it is to open."""
    first = min((sitting.starts_at for sitting in meeting.sittings.all()), default=None)
    chosen = text.answers_until if text else None
    return min((moment for moment in (first, chosen) if moment is not None), default=None)


def is_over(meeting: Meeting, text: InvitationText | None) -> bool:
    """Tell by the meeting's clock whether nobody can answer any more."""
    end = ends_at(meeting, text)
    return meeting.state != Meeting.State.PLANNED or (end is not None and clock.now(meeting) >= end)
