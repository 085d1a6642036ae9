"""Whose badge it is, and how they stand now: what is in the tables, and what has been read since the last seal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from attendance.badges.models import Credential
from attendance.scanning.judging import Holder
from attendance.scanning.models import Scan, ScanSeal
from meetings.models import Meeting, Participant


@dataclass(frozen=True)
class Known:
    """A participant at the door, with how they stand and since when, in the meeting's time."""

    participant: Participant
    holder: Holder
    since: datetime | None


def credentials_of(meeting: Meeting, serials: Collection[int], shorts: Collection[str]) -> list[Credential]:
    """Return the credentials under some serials and short codes, revoked ones too, with all that is told at the door."""
    if not serials and not shorts:
        return []
    found = Credential.objects.filter(Q(serial__in=serials) | Q(short_code__in=shorts), meeting=meeting)
    return list(found.select_related("key", *(f"participant__{name}" for name in TOLD)))


def participants_of(meeting: Meeting, keys: Collection[int]) -> list[Participant]:
    """Return participants who were chosen by name, with all that is told at the door."""
    return list(meeting.participants.filter(pk__in=keys).select_related(*TOLD)) if keys else []


TOLD = ("presence", "bridge_point", "group", "substitute")


def known(meeting: Meeting, people: Collection[Participant]) -> dict[int, Known]:
    """Return how people stand, the scans beyond the last seal included."""
    found = {one.pk: _of_tables(one) for one in people}
    for scan in _beyond(meeting, list(found)):
        found[scan.participant_id or 0] = after(found[scan.participant_id or 0], scan, people)
    return found


def after(before: Known, scan: Scan, people: Collection[Participant] = ()) -> Known:
    """Return how somebody stands after one more scan."""
    old = before.holder
    if scan.was_revoked or scan.verdict == Scan.Verdict.REFUSED:
        return before
    if scan.verdict == Scan.Verdict.UNDONE:
        return _of_tables(before.participant)
    state = "left" if scan.verdict == Scan.Verdict.OUT else "present"
    return Known(before.participant, Holder(old.site, state, scan.bridge_point_id, old.is_out), scan.at)


def _of_tables(one: Participant) -> Known:
    presence = getattr(one, "presence", None)
    is_out = one.is_excused or getattr(one, "substitute", None) is not None
    state, where = (presence.state, presence.bridge_point_id) if presence else ("", None)
    return Known(one, Holder(one.bridge_point_id, state, where, is_out), presence.marked_at if presence else None)


def _beyond(meeting: Meeting, people: list[int]) -> list[Scan]:
    last = ScanSeal.objects.filter(meeting=meeting).order_by("-number").values("last")[:1]
    scans = Scan.objects.filter(meeting=meeting, pk__gt=Coalesce(Subquery(last), 0), participant__in=people)
    return list(scans.order_by("at", "turn", "pk"))
