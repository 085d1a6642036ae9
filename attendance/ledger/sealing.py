"""Sealing: the scans since the last seal are settled, people's presence follows, and one entry of the journal vouches for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from attendance.badges.models import Credential
from attendance.ledger import facts
from attendance.ledger.chain import seal_hash
from attendance.presence.models import PresenceConflict
from attendance.presence.rows import standings_of, told_of, write_standings
from attendance.presence.settling import Read, Seen, Settled, settle
from attendance.presence.standing import Standing
from attendance.scanning.models import Scan, ScanSeal
from meetings import clock
from meetings.journal import Transition
from meetings.models import BridgePoint, Meeting, Participant

AT_ONCE = 2_000  # scans in one seal: the rest follows in the next


def unsealed(meeting: Meeting, before: ScanSeal | None) -> list[Scan]:
    """Return the scans beyond a seal, the oldest first, at most so many as one seal takes."""
    rows = Scan.objects.filter(meeting=meeting, pk__gt=before.last if before else 0).select_related("credential__key", "scanner")
    return list(rows.order_by("pk")[:AT_ONCE])


def last_seal(meeting: Meeting) -> ScanSeal | None:
    """Return the newest seal of a meeting's ledger."""
    return ScanSeal.objects.filter(meeting=meeting).order_by("-number").first()


def seal_next(change: Transition) -> facts.ScansSealed | None:
    """Settle the scans beyond the last seal, write how people stand and the seal, and return what is to be recorded."""
    meeting, before = change.meeting, last_seal(change.meeting)
    scans = unsealed(meeting, before)
    if not scans:
        return None
    concerned = {one.participant_id for one in scans if one.participant_id}
    standings = standings_of(meeting, concerned)
    seen = _seen(meeting, concerned, scans[0].pk)
    settled = settle(_reads(meeting, scans), standings, seen=seen, until=meeting.adjourned_at, told=_told(meeting, scans))
    write_standings(meeting, settled.standings)
    people = Participant.objects.in_bulk([*settled.standings, *(one.participant for one in settled.contradictions)])
    row = ScanSeal.objects.create(
        meeting=meeting, number=before.number + 1 if before else 1, first=scans[0].pk, last=scans[-1].pk, count=len(scans),
        hash=seal_hash(before.hash if before else "", scans),
    )  # fmt: skip
    places = {one.where or 0 for one in settled.standings.values()} | {one.bridge_point_id for one in scans}
    names = dict(BridgePoint.objects.filter(pk__in=places).values_list("pk", "name"))
    conflicts = _conflicts(change, settled, people, names, {one.pk: one for one in scans})
    return facts.ScansSealed(
        seal=row.number, first=row.first, last=row.last, count=row.count, hash=row.hash,
        changes=[_change(people[pk], one, standings.get(pk), names) for pk, one in settled.standings.items()],
        conflicts=conflicts,
    )  # fmt: skip


def _reads(meeting: Meeting, scans: Sequence[Scan]) -> list[Read]:
    taken_back = [one.undoes for one in scans if one.undoes]
    moments = dict(Scan.objects.filter(key__in=taken_back).values_list("key", "at")) if taken_back else {}
    return [
        Read(
            scan=one.pk, key=one.key, participant=one.participant_id, verdict=one.verdict, reason=one.reason,
            where=one.bridge_point_id, door=one.scanner.door_id, at=one.at, turn=one.turn, undoes=one.undoes,
            undone_at=moments.get(one.undoes) if one.undoes else None,
            scanner=one.scanner_id, was_revoked=one.was_revoked, revoked_at=_not_valid_since(meeting, one.credential),
        )
        for one in scans
        if one.participant_id is not None
    ]  # fmt: skip


def _not_valid_since(meeting: Meeting, badge: Credential | None) -> datetime | None:
    """Return since when a badge was replaced or its key retired, in the meeting's time; nothing for one that holds."""
    if badge is None:
        return None
    retired = clock.at(meeting, badge.key.retired_at) if badge.key.retired_at else None
    return min((moment for moment in (badge.revoked_at, retired) if moment), default=None)


def _told(meeting: Meeting, scans: Sequence[Scan]) -> list[tuple[int, int]]:
    """Return of which people it has been told that a revoked device read them, and of which device."""
    devices = {one.scanner_id for one in scans if one.was_revoked}
    if not devices:
        return []
    rows = PresenceConflict.objects.filter(meeting=meeting, kind=PresenceConflict.Kind.DEVICE, scan__scanner__in=devices)
    return list(rows.values_list("participant_id", "scan__scanner_id"))


def _seen(meeting: Meeting, participants: Iterable[int], before: int) -> dict[int, Seen]:
    """Return where people last entered by a scan that has been sealed."""
    verdicts = [Scan.Verdict.ADMITTED, Scan.Verdict.MOVED]
    rows = Scan.objects.filter(meeting=meeting, participant__in=list(participants), verdict__in=verdicts, pk__lt=before)
    found = rows.order_by("at", "pk").values_list("participant_id", "scanner__door_id", "at")
    return {pk: Seen(door, at) for pk, door, at in found if pk is not None}


def _conflicts(
    change: Transition, settled: Settled, people: dict[int, Participant], names: dict[int, str], scans: dict[int, Scan]
) -> list[dict[str, object]]:
    rows = PresenceConflict.objects.bulk_create(
        PresenceConflict(
            meeting=change.meeting, participant_id=one.participant, kind=one.kind, scan_id=one.scan, found_at=change.now,
            stood=one.stood.state, stood_at=one.stood.since, stood_where_id=one.stood.where,
        )
        for one in settled.contradictions
    )  # fmt: skip
    return [
        {
            "conflict": row.pk, "kind": row.kind, "scan": row.scan_id, "id": row.participant_id,
            "name": people[row.participant_id].name, "bridge_point_name": names.get(scans[row.scan_id].bridge_point_id, ""),
        }
        for row in rows
    ]  # fmt: skip


def _change(one: Participant, standing: Standing, before: Standing | None, names: dict[int, str]) -> dict[str, object]:
    return told_of(one, standing, before) | {
        "state": standing.state, "bridge_point": standing.where, "bridge_point_name": names.get(standing.where or 0, ""),
        "at": standing.since.isoformat() if standing.since else "",
    }  # fmt: skip
