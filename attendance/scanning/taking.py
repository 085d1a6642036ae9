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
from attendance.scanning.guessing import TOO_MANY, unknown_left
from attendance.scanning.holders import Held, Known, Person, after, credentials_of, people_of, with_unsealed
from attendance.scanning.judging import Badge, Doorway, judge
from attendance.scanning.models import Scan
from attendance.scanning.sent import Sent
from meetings import clock
from meetings.models import Meeting

UNDONE_WITHIN = timedelta(minutes=10)
UNDERWAY = timedelta(seconds=5)
SKEW = timedelta(minutes=3)  # by how much a clock may go wrong between two words of a device
_BY_DEVICE = frozenset({Scan.Verdict.ADMITTED, Scan.Verdict.MOVED, Scan.Verdict.OUT})
# Of whom no name is told.
_UNTOLD = frozenset({"forged", "other_meeting"})


@dataclass(frozen=True)
class Answer:
    """What was said of one scan: the row, and who it was, with where and since when they had been inside.

    `is_kept`: the row is written into the ledger.
    """

    scan: Scan
    who: Person | None
    where: int | None = None
    since: datetime | None = None
    is_kept: bool = True


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
    made = _judged(gate, [_timely(gate, one) for one in scans], received)
    rows = [answer.scan for answer in made.values() if answer.is_kept]
    written = write_scans(gate.meeting, rows) if rows else 0
    SEALER.touch(gate.meeting.pk)
    if written < len(rows):  # some had come before: what was said then stands
        made |= _as_before(gate, scans)
    if gate.is_revoked:  # it learns nothing of anybody
        made = {key: Answer(answer.scan, None) for key, answer in made.items()}
    return [made[one.key] for one in scans]


def _timely(gate: Gate, sent: Sent) -> Sent:
    """Return a scan not older than the device's last word, where it held nothing unsent then and was not off line since."""
    if sent.offline or gate.unsent or gate.seen_at is None:
        return sent
    return replace(sent, at=max(sent.at, gate.seen_at - SKEW))


def _is_late(gate: Gate, at: datetime) -> bool:
    """Tell whether something was read when the device might no more: the scan's way to us may have taken a moment."""
    return gate.revoked_at is not None and at >= gate.revoked_at + UNDERWAY


def _unmoved(verdict: str) -> str:
    return "" if verdict == Scan.Verdict.MOVED else verdict


def _as_before(gate: Gate, scans: Sequence[Sent]) -> dict[UUID, Answer]:
    """Return what the ledger says of scans; names only to the device that made them."""
    rows = list(Scan.objects.filter(key__in=[one.key for one in scans]).order_by())
    people = people_of(gate.meeting, {row.participant_id for row in rows if row.participant_id})
    found = {}
    for row in rows:
        who = people.get(row.participant_id or 0)
        is_signed = row.credential_id is not None and row.way != Scan.Way.TYPED
        is_told = row.scanner_id == gate.scanner and _is_told(gate, who, is_signed, row.verdict, row.reason)
        found[row.key] = Answer(row, who.person if who and is_told else None)
    return found


def _is_strange(gate: Gate, who: Known | None, credential: int | None) -> bool:
    """Tell whether somebody was named without a badge by a device whose list they are not on: it does not learn who they are."""
    return credential is None and _is_foreign(gate, who)


def _is_foreign(gate: Gate, who: Known | None) -> bool:
    """Tell whether somebody stands on no list of the device: they belong elsewhere and are not counted here."""
    return who is not None and gate.site not in (who.holder.site, who.holder.where)


def _is_told(gate: Gate, who: Known | None, is_signed: bool, verdict: str, reason: str) -> bool:
    """Tell whether the device learns who it was: of others than its own a badge says so, no short code, which can be guessed."""
    return reason not in _UNTOLD and (is_signed or verdict == Scan.Verdict.ADMITTED or not _is_foreign(gate, who))


def _judged(gate: Gate, scans: Sequence[Sent], received: datetime) -> dict[UUID, Answer]:
    undone = _undone(gate, scans)
    reads, people = _read(gate, scans)
    people |= people_of(gate.meeting, {row.participant_id for row in undone.values() if row.participant_id} - people.keys())
    stand = with_unsealed(gate.meeting, people)
    guesses = _Guesses(gate, received)
    found: dict[UUID, Answer] = {}
    for read in reads:
        sent, at = read.sent, clock.at(gate.meeting, read.sent.at)
        if sent.undoes is not None:
            earlier = found[sent.undoes].scan if sent.undoes in found else undone.get(sent.undoes)
            answer = _taken_back(gate, sent, earlier, at, received, stand)
        elif guesses.are_over(read, stand.get(read.owner or 0)):
            row = _row(gate, sent, Scan.Verdict.REFUSED, TOO_MANY, at, received, None, None)
            answer = Answer(row, None, is_kept=False)
        else:
            answer = _answer(gate, read, stand.get(read.owner or 0), at, received)
        found[sent.key] = answer
        owner = answer.scan.participant_id
        if owner in stand and not gate.is_revoked:
            stand[owner] = after(stand[owner], answer.scan.verdict, gate.site, at)
    return found


class _Guesses:
    """The short codes of one batch that nobody has, beside those the device has read before: asked only when there are some."""

    def __init__(self, gate: Gate, received: datetime) -> None:
        """Begin with a batch."""
        self.gate, self.received = gate, received
        self.left: int | None = None

    def are_over(self, read: _Read, who: Known | None) -> bool:
        """Tell whether a short code is not looked at: the device has tried too many. Its own list it may always read."""
        is_short = not read.sent.code and bool(read.sent.short) and not (read.badge and read.badge.is_forged)
        is_listed = who is not None and not self.gate.is_kiosk and not _is_foreign(self.gate, who)
        if not is_short or is_listed:
            return False
        if self.left is None:
            self.left = unknown_left(self.gate.scanner, self.received)
        if self.left <= 0:
            return True
        self.left -= who is None
        return False


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
    if _is_late(gate, at):
        verdict, reason = Scan.Verdict.REFUSED, Scan.Reason.NONE
    is_told = _is_told(gate, who, bool(read.sent.code), verdict, reason)
    # Who was named to no avail by a device that has no business with them is not held by its scan.
    is_held = is_told or verdict != Scan.Verdict.REFUSED
    owner, credential = (who.person.pk if who else None, read.credential) if is_held else (None, None)
    scan = _row(gate, read.sent, verdict, reason, at, received, owner, credential)
    if who is None or not is_told:
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
    may = earlier is not None and not gate.is_kiosk and abs(at - earlier.at) <= UNDONE_WITHIN and earlier.verdict in _BY_DEVICE
    verdict = Scan.Verdict.UNDONE if may and not _is_late(gate, at) else Scan.Verdict.REFUSED
    return Answer(_row(gate, sent, verdict, "", at, received, owner, earlier.credential_id if earlier else None), who)


def _row(
    gate: Gate, sent: Sent, verdict: str, reason: str, at: datetime, received: datetime,
    participant: int | None, credential: int | None,
) -> Scan:  # fmt: skip
    return Scan(
        meeting_id=gate.meeting.pk, scanner_id=gate.scanner, bridge_point_id=gate.site, key=sent.key, turn=sent.turn,
        direction=sent.direction, way=_way(sent), participant_id=participant, credential_id=credential, verdict=verdict,
        reason=reason, was_offline=sent.offline, was_revoked=gate.is_revoked, undoes=sent.undoes, at=at, received_at=received,
    )  # fmt: skip


def _way(sent: Sent) -> str:
    """Return how it was read, as what was sent shows; what a device says of it chooses between camera and scanner."""
    if sent.code or sent.undoes:
        return sent.way
    return Scan.Way.TYPED if sent.short else Scan.Way.LIST
