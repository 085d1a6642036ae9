"""Whose badge it is, and how they stand now: what is in the tables, and what has been read since the last seal.

A door waits for the answer, and thousands pass it in an hour: few queries, of named columns (bench.scans tells what they cost).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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
    """A credential with the number of its key, and whose it is."""

    pk: int
    serial: int
    short: str
    revoked_at: datetime | None
    valid_from: datetime
    valid_until: datetime
    key: int
    owner: int

    @property
    def is_revoked(self) -> bool:
        """Whether it has been taken back."""
        return self.revoked_at is not None


# Plain SQL, for every scan asks: the ORM takes longer to write these than the database to answer (bench.scans).
_OF_PEOPLE = """
    p.name, p.position, p.unit, g.name AS group_name, p.bridge_point_id, p.is_excused, s.id AS substitute_id,
    r.state, r.bridge_point_id AS where_id, r.marked_at"""
_WITH_PRESENCE = """
    LEFT JOIN meetings_participantgroup g ON g.id = p.group_id
    LEFT JOIN meetings_participant s ON s.substitute_for_id = p.id
    LEFT JOIN attendance_presence r ON r.participant_id = p.id"""
_CREDENTIALS = f"""
    SELECT c.id, c.serial, c.short_code, c.revoked_at, c.valid_from, c.valid_until, c.participant_id, k.number AS key_number,
    {_OF_PEOPLE}
    FROM attendance_credential c JOIN attendance_badgekey k ON k.id = c.key_id
    JOIN meetings_participant p ON p.id = c.participant_id {_WITH_PRESENCE}
    WHERE c.meeting_id = %s AND c."""
_PEOPLE = f"SELECT p.id, {_OF_PEOPLE} FROM meetings_participant p {_WITH_PRESENCE} WHERE p.meeting_id = %s AND p.id"


def credentials_of(meeting: Meeting, serials: Collection[int], shorts: Collection[str]) -> tuple[list[Held], dict[int, Known]]:
    """Return the credentials under some serials and short codes, revoked ones too, and their owners as the tables have them."""
    rows: list[Any] = []
    for column, wanted in (("serial", serials), ("short_code", shorts)):
        if wanted:
            rows += Credential.objects.raw(f"{_CREDENTIALS}{column} IN ({_places(wanted)})", [meeting.pk, *wanted])
    people = {row.participant_id: _known(row.participant_id, row) for row in rows}
    held = [
        Held(
            row.pk, row.serial, row.short_code, row.revoked_at, row.valid_from, row.valid_until,
            row.key_number, row.participant_id,
        )
        for row in rows
    ]  # fmt: skip
    return held, people


def people_of(meeting: Meeting, keys: Collection[int]) -> dict[int, Known]:
    """Return participants of a meeting as the tables have them."""
    if not keys:
        return {}
    rows: Any = Participant.objects.raw(f"{_PEOPLE} IN ({_places(keys)})", [meeting.pk, *keys])
    return {row.pk: _known(row.pk, row) for row in rows}


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


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


def _known(pk: int, row: Any) -> Known:
    holder = Holder(row.bridge_point_id, row.state or "", row.where_id, bool(row.is_excused) or row.substitute_id is not None)
    since = row.marked_at
    if isinstance(since, datetime) and since.tzinfo is None:  # SQLite knows no zones, and this column is none of the row's own
        since = since.replace(tzinfo=UTC)
    person = Person(pk, row.name, office_line(row.position, row.unit), row.group_name or "", row.bridge_point_id)
    return Known(person, holder, since, (holder, since))


def _beyond(meeting: Meeting, people: Collection[int]) -> Iterable[Scan]:
    """Return the scans beyond the last seal that count. Plain SQL: nearly always there is none, and every scan asks."""
    return Scan.objects.raw(
        f"""SELECT id, participant_id, verdict, bridge_point_id, at FROM attendance_scan
        WHERE meeting_id = %s AND participant_id IN ({_places(people)}) AND NOT was_revoked AND id > COALESCE(
            (SELECT last FROM attendance_scanseal WHERE meeting_id = %s ORDER BY number DESC LIMIT 1), 0)
        ORDER BY at, turn, id""",
        [meeting.pk, *people, meeting.pk],
    )
