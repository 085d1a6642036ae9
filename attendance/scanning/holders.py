"""Whose badge it is, and how they stand now: what is in the tables, and what has been read since the last seal.

A door waits for the answer, and thousands pass it in an hour: few queries, of named columns (bench.scans tells what they cost).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from attendance.badges.models import Credential
from attendance.scanning.judging import Holder
from attendance.scanning.models import Scan
from meetings.models import Meeting, Participant
from people.offices import office_line


@dataclass(frozen=True)
class Person:
    """Who stands at the door, as they are told there."""

    pk: int
    name: str
    office: str
    group: str
    site: int | None


@dataclass(frozen=True)
class Known:
    """A person with how they stand and since when, in the meeting's time; `tables`: the same without what was read since."""

    person: Person
    holder: Holder
    since: datetime | None
    tables: tuple[Holder, datetime | None]


@dataclass(frozen=True)
class Held:
    """A credential with its key, and whose it is."""

    pk: int
    serial: int
    short: str
    is_revoked: bool
    valid_from: datetime
    valid_until: datetime
    key: int
    public: bytes
    is_believed: bool
    owner: int


_OF_PEOPLE = (
    "pk", "name", "position", "unit", "group__name", "bridge_point_id", "is_excused", "substitute", "presence__state",
    "presence__bridge_point_id", "presence__marked_at",
)  # fmt: skip
_OF_CREDENTIALS = (
    "pk", "serial", "short_code", "revoked_at", "valid_from", "valid_until", "key__number", "key__public", "key__retired_at",
)  # fmt: skip


def credentials_of(meeting: Meeting, serials: Collection[int], shorts: Collection[str]) -> tuple[list[Held], dict[int, Known]]:
    """Return the credentials under some serials and short codes, revoked ones too, and their owners as the tables have them."""
    if not serials and not shorts:
        return [], {}
    wanted = Q(serial__in=serials, meeting=meeting.pk) if serials else Q()
    if shorts:
        wanted |= Q(short_code__in=shorts, meeting=meeting.pk)
    rows = Credential.objects.filter(wanted).order_by().values_list(*_OF_CREDENTIALS, *(f"participant__{n}" for n in _OF_PEOPLE))
    held, people, size = [], {}, len(_OF_CREDENTIALS)
    for row in rows:
        pk, serial, short, revoked, begins, ends, key, public, retired = row[:size]
        owner = _known(row[size:])
        people[owner.person.pk] = owner
        held.append(
            Held(
                pk, serial, short, revoked is not None, begins, ends, key, bytes.fromhex(public), retired is None, owner.person.pk
            )
        )
    return held, people


def people_of(meeting: Meeting, keys: Collection[int]) -> dict[int, Known]:
    """Return participants of a meeting as the tables have them."""
    if not keys:
        return {}
    rows = Participant.objects.filter(meeting=meeting.pk, pk__in=keys).order_by().values_list(*_OF_PEOPLE)
    return {row[0]: _known(row) for row in rows}


def with_unsealed(meeting: Meeting, people: dict[int, Known]) -> dict[int, Known]:
    """Return how people stand, the scans beyond the last seal included."""
    if not people:
        return {}
    found = dict(people)
    for scan in _beyond(meeting, found.keys()):
        pk = scan.participant_id or 0
        found[pk] = after(found[pk], scan.verdict, scan.bridge_point_id, scan.at)
    return found


def after(before: Known, verdict: str, where: int, at: datetime) -> Known:
    """Return how somebody stands after one more scan that counts."""
    if verdict == Scan.Verdict.REFUSED:
        return before
    if verdict == Scan.Verdict.UNDONE:
        return Known(before.person, *before.tables, before.tables)
    old = before.holder
    state = "left" if verdict == Scan.Verdict.OUT else "present"
    return Known(before.person, Holder(old.site, state, where, old.is_out), at, before.tables)


def _known(row: Sequence[Any]) -> Known:
    pk, name, position, unit, group, site, is_excused, substitute, state, where, since = row
    holder = Holder(site, state or "", where, is_excused or substitute is not None)
    return Known(Person(pk, name, office_line(position, unit), group or "", site), holder, since, (holder, since))


def _beyond(meeting: Meeting, people: Collection[int]) -> Iterable[Scan]:
    """Return the scans beyond the last seal that count. Plain SQL: nearly always there is none, and every scan asks."""
    places = ", ".join(["%s"] * len(people))
    return Scan.objects.raw(
        f"""SELECT id, participant_id, verdict, bridge_point_id, at FROM attendance_scan
        WHERE meeting_id = %s AND participant_id IN ({places}) AND NOT was_revoked AND id > COALESCE(
            (SELECT last FROM attendance_scanseal WHERE meeting_id = %s ORDER BY number DESC LIMIT 1), 0)
        ORDER BY at, turn, id""",
        [meeting.pk, *people, meeting.pk],
    )
