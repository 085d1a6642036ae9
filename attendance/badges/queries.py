"""What is read of credentials: who has a valid one, and the codes on their badges."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from attendance.badges import code, keys
from attendance.badges.models import Credential
from meetings.models import Meeting, Participant


def valid(meeting: Meeting) -> QuerySet[Credential]:
    """Return the credentials of a meeting that were not revoked and whose key is believed."""
    return Credential.objects.filter(meeting=meeting, revoked_at=None, key__retired_at=None)


def codes_of(meeting: Meeting, participants: Iterable[Participant] | None = None) -> dict[int, str]:
    """Return the code of each valid credential by its participant's key: of those given, or of all.

    Nobody without a credential gets one here. Raises OutOfOrder when a key cannot be opened.
    """
    found = valid(meeting).select_related("key")
    if participants is not None:
        found = found.filter(participant_id__in=[one.pk for one in participants])
    return codes(found)


def codes(credentials: Iterable[Credential]) -> dict[int, str]:
    """Return the codes of credentials that have their keys at hand, by their participants' keys."""
    opened = {}
    found = {}
    for one in credentials:
        if one.key_id not in opened:
            opened[one.key_id] = keys.private_of(one.key)
        found[one.participant_id] = code.write(said(one), opened[one.key_id])
    return found


def said(credential: Credential) -> code.Code:
    """Return what the code of a credential says."""
    return code.Code(
        key=credential.key.number,
        meeting=credential.meeting_id,
        participant=credential.participant_id,
        serial=credential.serial,
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
    )
