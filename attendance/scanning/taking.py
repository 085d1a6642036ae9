"""Taking what a device sends: judge each scan, write it into the ledger, answer what the person at the door is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from attendance.badges import code as codes
from attendance.badges import keys, short_code
from attendance.ledger.sealer import SEALER
from attendance.ledger.writing import write_scans
from attendance.scanning.believing import Told, believed
from attendance.scanning.gate import Gate
from attendance.scanning.holders import Held, Known, Person, after, credentials_of, people_of, with_unsealed
from attendance.scanning.judging import Badge, Doorway, judge
from attendance.scanning.models import Scan
from attendance.scanning.sent import Sent
from meetings import clock
from meetings.models import Meeting

UNDONE_WITHIN = timedelta(minutes=10)
_BY_DEVICE = frozenset({Scan.Verdict.ADMITTED, Scan.Verdict.MOVED, Scan.Verdict.OUT})
# Of whom no name is told.
_UNTOLD = frozenset({"forged", "other_meeting"})


@dataclass(frozen=True)
class Answer:
    """What was said of one scan: the row, and who it was, with where and since when they had been inside."""

    scan: Scan
    who: Person | None
    where: int | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class _Read:
    """A scan with what its code says and whose it is."""

    sent: Sent
    badge: Badge | None
    held: Held | None = None
    owner: int | None = None

    @property
    def credential(self) -> int | None:
        """The key of the credential that was read."""
        return self.held.pk if self.held else None


def take(gate: Gate, scans: Sequence[Sent], received: datetime) -> list[Answer]:
    """Judge and write what a device has sent; each scan is durable when this returns. What was sent before is answered again.

    A constant number of queries, however many scans there are.
    """
    if not scans:
        return []
    if gate.is_kiosk:  # nobody stands beside it: it reads badges and short codes, and decides nothing
        scans = [replace(one, participant=None, move=False, verdict=_unmoved(one.verdict)) for one in scans]
    made = _judged(gate, scans, received)
    written = write_scans(gate.meeting, [answer.scan for answer in made.values()])
    SEALER.touch(gate.meeting)
    if written < len(made):  # some had come before: what was said then stands
        made |= _as_before(gate, scans)
    return [made[one.key] for one in scans]


def _unmoved(verdict: str) -> str:
    return "" if verdict == Scan.Verdict.MOVED else verdict


def _as_before(gate: Gate, scans: Sequence[Sent]) -> dict[UUID, Answer]:
    """Return what the ledger says of scans; names only to the device that made them."""
    rows = list(Scan.objects.filter(key__in=[one.key for one in scans]).order_by())
    people = people_of(gate.meeting, {row.participant_id for row in rows if row.participant_id})
    found = {}
    for row in rows:
        who = people.get(row.participant_id or 0)
        is_told = row.scanner_id == gate.scanner and row.reason not in _UNTOLD and not _is_strange(gate, who, row.credential_id)
        found[row.key] = Answer(row, who.person if who and is_told else None)
    return found


def _is_strange(gate: Gate, who: Known | None, credential: int | None) -> bool:
    """Tell whether somebody was named without a badge by a device whose list they are not on: it does not learn who they are."""
    return who is not None and credential is None and gate.site not in (who.holder.site, who.holder.where)


def _judged(gate: Gate, scans: Sequence[Sent], received: datetime) -> dict[UUID, Answer]:
    undone = _undone(gate, scans)
    reads, people = _read(gate, scans)
    people |= people_of(gate.meeting, {row.participant_id for row in undone.values() if row.participant_id} - people.keys())
    stand = with_unsealed(gate.meeting, people)
    found: dict[UUID, Answer] = {}
    for read in reads:
        sent, at = read.sent, clock.at(gate.meeting, read.sent.at)
        if sent.undoes is not None:
            earlier = found[sent.undoes].scan if sent.undoes in found else undone.get(sent.undoes)
            answer = _taken_back(gate, sent, earlier, at, received, stand)
        else:
            answer = _answer(gate, read, stand.get(read.owner or 0), at, received)
        found[sent.key] = answer
        owner = answer.scan.participant_id
        if owner in stand and not gate.is_revoked:
            stand[owner] = after(stand[owner], answer.scan.verdict, gate.site, at)
    return found


def _answer(gate: Gate, read: _Read, who: Known | None, at: datetime, received: datetime) -> Answer:
    door = Doorway(gate.meeting.pk, gate.site, read.sent.direction, read.sent.move)
    is_strange = _is_strange(gate, who, read.credential)
    holder = who.holder if who else None
    verdict, reason = judge(read.badge, holder, door, at)
    if is_strange:  # whatever the device says: its list has never had them
        verdict, reason = Scan.Verdict.REFUSED, Scan.Reason.OTHER_PLACE
    else:
        told = Told(
            read.sent, gate.site, gate.is_kiosk, holder, bool(read.sent.code), read.held.revoked_at if read.held else None
        )
        verdict, reason = believed(told, verdict, reason, at)
    scan = _row(gate, read.sent, verdict, reason, at, received, who.person.pk if who else None, read.credential)
    if who is None or is_strange or reason in _UNTOLD:
        return Answer(scan, None)
    inside = who.holder.state == "present"
    return Answer(scan, who.person, who.holder.where if inside else None, who.since if inside else None)


def _read(gate: Gate, scans: Sequence[Sent]) -> tuple[list[_Read], dict[int, Known]]:
    """Return scans with their badges, and the people they are of."""
    meeting = gate.meeting
    claims = {one.key: codes.peek(one.code) for one in scans if one.code}
    serials = {said["serial"] for said in claims.values() if said.get("meeting") == meeting.pk}
    shorts = {short_code.read_short(one.short) or "" for one in scans if one.short and not one.code}
    held, people = credentials_of(meeting, serials, shorts)
    by_serial, by_short = {row.serial: row for row in held}, {row.short: row for row in held}
    publics = gate.publics
    numbers = {said["key"] for said in claims.values() if said} | {row.key for row in held}
    if not numbers <= publics.keys():  # forged, of a retired key, or of one that was made a moment ago
        publics = keys.publics()
    people |= people_of(meeting, {one.participant for one in scans if one.participant and not one.code and not one.short})
    return [_one(meeting, one, publics, by_serial, by_short) for one in scans], people


def _one(
    meeting: Meeting, sent: Sent, publics: Mapping[int, bytes], by_serial: Mapping[int, Held], by_short: Mapping[str, Held]
) -> _Read:
    if sent.code:
        said = codes.read(sent.code, publics)
        return _of_code(meeting, sent, said, by_serial) if isinstance(said, codes.Code) else _Read(sent, Badge(is_forged=True))
    if sent.short:
        short = short_code.read_short(sent.short)
        row = by_short.get(short or "")
        if row is None:
            return _Read(sent, None if short else Badge(is_forged=True))
        is_revoked = row.is_revoked or row.key not in publics
        return _Read(sent, Badge(False, meeting.pk, is_revoked, row.valid_from, row.valid_until), row, row.owner)
    return _Read(sent, None, owner=sent.participant)


def _of_code(meeting: Meeting, sent: Sent, said: codes.Code, by_serial: Mapping[int, Held]) -> _Read:
    row = by_serial.get(said.serial) if said.meeting == meeting.pk else None
    if row is None or row.owner != said.participant:
        return _Read(sent, Badge(meeting=said.meeting, is_revoked=True))
    return _Read(sent, Badge(False, meeting.pk, row.is_revoked, said.valid_from, said.valid_until), row, row.owner)


def _undone(gate: Gate, scans: Sequence[Sent]) -> dict[UUID, Scan]:
    """Return the scans of the same device, in the ledger already, that are to be taken back."""
    wanted = [one.undoes for one in scans if one.undoes]
    return {one.key: one for one in Scan.objects.filter(key__in=wanted, scanner=gate.scanner).order_by()} if wanted else {}


def _taken_back(
    gate: Gate, sent: Sent, earlier: Scan | None, at: datetime, received: datetime, stand: Mapping[int, Known]
) -> Answer:
    """Return the answer to a scan that takes another one back: of the same device, a moment ago, of which something came."""
    owner = earlier.participant_id if earlier else None
    who = stand[owner].person if owner is not None and owner in stand else None
    may = earlier is not None and not gate.is_kiosk and at - earlier.at <= UNDONE_WITHIN and earlier.verdict in _BY_DEVICE
    verdict = Scan.Verdict.UNDONE if may else Scan.Verdict.REFUSED
    return Answer(_row(gate, sent, verdict, "", at, received, owner, earlier.credential_id if earlier else None), who)


def _row(
    gate: Gate, sent: Sent, verdict: str, reason: str, at: datetime, received: datetime,
    participant: int | None, credential: int | None,
) -> Scan:  # fmt: skip
    return Scan(
        meeting_id=gate.meeting.pk, scanner_id=gate.scanner, bridge_point_id=gate.site, key=sent.key, turn=sent.turn,
        direction=sent.direction, way=sent.way, participant_id=participant, credential_id=credential, verdict=verdict,
        reason=reason, was_offline=sent.offline, was_revoked=gate.is_revoked, undoes=sent.undoes, at=at, received_at=received,
    )  # fmt: skip
