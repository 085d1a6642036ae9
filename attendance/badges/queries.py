"""What is read of credentials: who has a valid one, and the codes on their badges."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from attendance.badges import code, keys
from attendance.badges.models import BadgeKey, Credential
from attendance.badges.validity import EARLY, Span, span_of
from meetings.models import Meeting


def holding(meeting: Meeting) -> QuerySet[Credential]:
    """Return the credentials of a meeting that were not revoked, of people who are expected, with participant and key."""
    found = Credential.objects.filter(meeting=meeting, revoked_at=None, participant__is_excused=False)
    return found.select_related("participant", "key").order_by("participant_id")


def valid(meeting: Meeting) -> QuerySet[Credential]:
    """Return the credentials of a meeting that were not revoked, whose key is believed, of people who are expected."""
    return holding(meeting).filter(key__retired_at=None)


def to_hand_out(meeting: Meeting) -> QuerySet[Credential]:
    """Return those of `valid` that hold for the hours of the meeting as they stand now: what is printed and sent."""
    return valid(meeting).exclude(too_narrow(span_of(meeting)))


def codes(credentials: Iterable[Credential]) -> dict[int, str]:
    """Return the codes of credentials that have their keys at hand, by their participants' keys.

    Raises OutOfOrder when a key cannot be opened.
    """
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


def too_narrow(span: Span | None) -> Q:
    """Tell which credentials do not cover the hours of a meeting as they stand now."""
    return Q(valid_from__gt=span.begins - EARLY) | Q(valid_until__lt=span.ends) if span else Q(pk=None)


def outdated(meeting: Meeting) -> QuerySet[Credential]:
    """Return those of `holding` whose badges no door would admit: signed by a retired key, or printed for other hours."""
    return holding(meeting).filter(Q(key__retired_at__isnull=False) | too_narrow(span_of(meeting)))


def in_use(key: BadgeKey) -> QuerySet[Credential]:
    """Return the credentials a key signed that are not revoked, of meetings that are not over."""
    return key.credentials.filter(revoked_at=None).exclude(meeting__state=Meeting.State.ADJOURNED)
