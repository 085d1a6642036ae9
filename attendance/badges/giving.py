"""Credentials made and revoked within a change: what the actions of this room and the letters of invitation have in common."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from attendance.badges import facts, keys, short_code
from attendance.badges.models import Credential
from attendance.badges.validity import require_span
from meetings.journal import Transition
from meetings.models import Participant

#: Serials and short codes are drawn from these ranges.
_SERIALS, _SHORT_CODES = 2**31 - 1, 10**8
_AT_ONCE = 500


def lacking(change: Transition, participants: Sequence[Participant] | None = None) -> list[Participant]:
    """Return who is not excused and has no credential that is believed: of those given, or of all."""
    believed = Credential.objects.filter(meeting=change.meeting, revoked_at=None, key__retired_at=None)
    found = change.meeting.participants.filter(is_excused=False).exclude(pk__in=believed.values("participant"))
    if participants is None:
        return list(found.order_by("pk"))
    chosen = {one.pk for one in participants}
    return [one for one in found.order_by("pk") if one.pk in chosen]


def revoke(change: Transition, credentials: Sequence[Credential]) -> None:
    """Take credentials back: no door opens to them from now on."""
    for at in range(0, len(credentials), _AT_ONCE):
        some = [one.pk for one in credentials[at : at + _AT_ONCE]]
        Credential.objects.filter(pk__in=some).update(revoked_at=change.now)


def give(change: Transition, participants: Sequence[Participant]) -> tuple[dict[str, Any], list[Credential]]:
    """Give each a new credential; return what a fact says of all of them, and the rows in the same order.

    Raises OutOfOrder for a template or a meeting without a day. What they had before is revoked.
    """
    span = require_span(change.meeting)
    key = keys.to_sign()
    olds = Credential.objects.filter(meeting=change.meeting, revoked_at=None)
    revoke(change, list(olds.filter(participant__in=[one.pk for one in participants])))
    known = list(Credential.objects.filter(meeting=change.meeting).values_list("serial", "short_code"))
    serial = _drawn({one for one, _short in known}, lambda: 1 + secrets.randbelow(_SERIALS))
    short = _drawn({one for _serial, one in known}, lambda: short_code.from_number(secrets.randbelow(_SHORT_CODES)))
    rows = [
        Credential(
            meeting=change.meeting, participant=one, serial=serial(), short_code=short(), key=key,
            valid_from=span.valid_from, valid_until=span.valid_until, issued_at=change.now,
        )
        for one in participants
    ]  # fmt: skip
    told = {
        "key": key.number,
        "fingerprint": keys.fingerprint(key),
        "valid_from": span.valid_from.isoformat(),
        "valid_until": span.valid_until.isoformat(),
    }
    return told, Credential.objects.bulk_create(rows, batch_size=_AT_ONCE)


def issued(change: Transition, participants: Sequence[Participant]) -> facts.BadgesIssued:
    """Give each a credential and return the fact that says so."""
    told, rows = give(change, participants)
    badges = [{"id": one.pk, "name": one.name, "serial": row.serial} for one, row in zip(participants, rows, strict=True)]
    return facts.BadgesIssued(**told, badges=badges)


def _drawn(taken: set[Any], draw: Callable[[], Any]) -> Callable[[], Any]:
    """Return what draws by chance and never the same twice."""

    def another() -> Any:
        while (one := draw()) in taken:
            pass
        taken.add(one)
        return one

    return another
