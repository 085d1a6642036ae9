"""Taking what a device sends: judge each scan, write it into the ledger, answer what the person at the door is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from attendance.badges import code as codes
from attendance.badges import keys, short_code
from attendance.badges.models import Credential
from attendance.ledger.sealer import SEALER
from attendance.ledger.writing import write_scans
from attendance.scanning.holders import TOLD, after, credentials_of, known, participants_of
from attendance.scanning.judging import Badge, Doorway, judge
from attendance.scanning.models import Scan, Scanner
from attendance.scanning.sent import Sent
from meetings import clock
from meetings.models import Meeting, Participant

UNDONE_WITHIN = timedelta(minutes=10)
_BY_DEVICE = frozenset({Scan.Verdict.ADMITTED, Scan.Verdict.MOVED, Scan.Verdict.OUT})
# What no device may say yes to, whatever it knew: the code itself is wrong.
_NEVER = frozenset({"forged", "other_meeting", "not_approved"})


@dataclass(frozen=True)
class Answer:
    """What was said of one scan: the row, and who it was, with where and since when they had been inside."""

    scan: Scan
    who: Participant | None
    where: int | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class _Read:
    """A scan with what its code says and whose it is."""

    sent: Sent
    badge: Badge | None
    credential: Credential | None
    participant: Participant | None


def take(scanner: Scanner, scans: Sequence[Sent], received: datetime) -> list[Answer]:
    """Judge and write what a device has sent; each scan is durable when this returns. What was sent before is answered again.

    A constant number of queries, however many scans there are.
    """
    meeting = scanner.meeting
    before = {
        one.key: one
        for one in Scan.objects.filter(key__in=[one.key for one in scans]).select_related(
            "participant__bridge_point", "participant__group"
        )
    }
    fresh = [one for one in scans if one.key not in before]
    made = _judged(scanner, fresh, received) if fresh else {}
    if made:
        write_scans(meeting, [answer.scan for answer in made.values()])
        SEALER.touch(meeting)
    return [made.get(one.key) or Answer(before[one.key], _own(before[one.key], scanner)) for one in scans]


def _own(scan: Scan, scanner: Scanner) -> Participant | None:
    """Return who a scan was of: told to the device that made it, to no other."""
    return scan.participant if scan.scanner_id == scanner.pk else None


def _judged(scanner: Scanner, scans: Sequence[Sent], received: datetime) -> dict[Any, Answer]:
    meeting, site = scanner.meeting, scanner.door.bridge_point_id
    undone = _undone(scanner, scans)
    reads = _read(meeting, scans)
    people = {one.participant.pk: one.participant for one in reads if one.participant}
    people |= {one.participant.pk: one.participant for one in undone.values() if one.participant}
    stand = known(meeting, list(people.values()))
    found: dict[Any, Answer] = {}
    for read in reads:
        sent, at = read.sent, clock.at(meeting, read.sent.at)
        earlier = found[sent.undoes].scan if sent.undoes in found else undone.get(sent.undoes) if sent.undoes else None
        if sent.undoes is not None:
            answer = _taken_back(scanner, sent, earlier, at, received)
        else:
            who = stand.get(read.participant.pk) if read.participant else None
            door = Doorway(meeting.pk, site, sent.direction, sent.move)
            verdict, reason = _said(sent, *judge(read.badge, who.holder if who else None, door, at))
            scan = _row(scanner, sent, verdict, reason, at, received, read.participant, read.credential)
            inside = who is not None and who.holder.state == "present"
            told = reason not in ("forged", "other_meeting")
            answer = Answer(
                scan,
                read.participant if told else None,
                who.holder.where if who and inside else None,
                who.since if who and inside else None,
            )
        found[sent.key] = answer
        if answer.scan.participant_id in stand:
            stand[answer.scan.participant_id] = after(stand[answer.scan.participant_id], answer.scan)
    return found


def _said(sent: Sent, verdict: str, reason: str) -> tuple[str, str]:
    """Return what counts: the server's word, or what the device told the person when it was off line, where that can stand."""
    if sent.offline and sent.verdict in _BY_DEVICE and reason not in _NEVER:
        return sent.verdict, reason if verdict == Scan.Verdict.REFUSED else ""
    return verdict, reason


def _read(meeting: Meeting, scans: Sequence[Sent]) -> list[_Read]:
    publics = keys.publics()
    said = {one.key: codes.read(one.code, publics) for one in scans if one.code}
    serials = {one.serial for one in said.values() if isinstance(one, codes.Code) and one.meeting == meeting.pk}
    shorts = {short_code.read_short(one.short) or "" for one in scans if one.short and not one.code}
    rows = credentials_of(meeting, serials, shorts)
    by_serial, by_short = {row.serial: row for row in rows}, {row.short_code: row for row in rows}
    people = {
        one.pk: one
        for one in participants_of(meeting, {s.participant for s in scans if s.participant and not s.code and not s.short})
    }
    return [_one(meeting, one, said.get(one.key), by_serial, by_short, people) for one in scans]


def _one(
    meeting: Meeting,
    sent: Sent,
    said: codes.Code | codes.Fault | None,
    by_serial: Mapping[int, Credential],
    by_short: Mapping[str, Credential],
    people: Mapping[int, Participant],
) -> _Read:
    if isinstance(said, codes.Code):
        return _of_code(meeting, sent, said, by_serial)
    if said is None and sent.short:
        row = by_short.get(short_code.read_short(sent.short) or "")
        if row is not None:
            is_revoked = row.revoked_at is not None or row.key.retired_at is not None
            return _Read(sent, Badge(False, meeting.pk, is_revoked, row.valid_from, row.valid_until), row, row.participant)
    if said is not None or sent.short:
        return _Read(sent, Badge(is_forged=True), None, None)
    return _Read(sent, None, None, people.get(sent.participant or 0))


def _of_code(meeting: Meeting, sent: Sent, said: codes.Code, by_serial: Mapping[int, Credential]) -> _Read:
    row = by_serial.get(said.serial) if said.meeting == meeting.pk else None
    if row is None or row.participant_id != said.participant:
        return _Read(sent, Badge(meeting=said.meeting, is_revoked=True), None, None)
    badge = Badge(False, meeting.pk, row.revoked_at is not None, said.valid_from, said.valid_until)
    return _Read(sent, badge, row, row.participant)


def _undone(scanner: Scanner, scans: Sequence[Sent]) -> dict[Any, Scan]:
    """Return the scans of the same device, in the ledger already, that are to be taken back."""
    wanted = [one.undoes for one in scans if one.undoes]
    if not wanted:
        return {}
    rows = Scan.objects.filter(key__in=wanted, scanner=scanner).select_related(*(f"participant__{name}" for name in TOLD))
    return {one.key: one for one in rows}


def _taken_back(scanner: Scanner, sent: Sent, earlier: Scan | None, at: datetime, received: datetime) -> Answer:
    """Return the answer to a scan that takes another one back: of the same device, a moment ago, of which something came."""
    in_time = earlier is not None and at - earlier.at <= UNDONE_WITHIN
    if earlier is None or not in_time or earlier.verdict not in _BY_DEVICE:
        scan = _row(scanner, sent, Scan.Verdict.REFUSED, "", at, received, earlier.participant if earlier else None, None)
        return Answer(scan, scan.participant)
    scan = _row(scanner, sent, Scan.Verdict.UNDONE, "", at, received, earlier.participant, earlier.credential)
    return Answer(scan, earlier.participant)


def _row(
    scanner: Scanner, sent: Sent, verdict: str, reason: str, at: datetime, received: datetime,
    participant: Participant | None, credential: Credential | None,
) -> Scan:  # fmt: skip
    return Scan(
        meeting=scanner.meeting, scanner=scanner, bridge_point_id=scanner.door.bridge_point_id, key=sent.key, turn=sent.turn,
        direction=sent.direction, way=sent.way, participant=participant, credential=credential, verdict=verdict, reason=reason,
        was_offline=sent.offline, was_revoked=scanner.revoked_at is not None, undoes=sent.undoes, at=at, received_at=received,
    )  # fmt: skip
