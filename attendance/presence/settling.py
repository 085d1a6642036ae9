"""What scans mean for how people stand: one truth, and what contradicts it. Pure.

Scans are settled in the order of their time; the later one stands. What cannot be true beside it is told as a contradiction,
for a person to settle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from attendance.presence.standing import LEFT, Before, Impossible, Standing, back_again, entered, forgotten, left

AT_ONCE = timedelta(seconds=60)  # one badge at two doors within so much: who was it?
AGAIN = timedelta(seconds=30)  # out and in again within so much: they were there all the time
TWO_PLACES, TWO_DOORS, CORRECTED, REVOKED, DEVICE = "two_places", "two_doors", "corrected", "revoked", "device"
_IN = frozenset({"admitted", "moved"})


@dataclass(frozen=True)
class Read:
    """A scan as settling sees it. `revoked_at`: since when its badge was not valid; `undone_at`: when what it takes back was."""

    scan: int
    key: UUID
    participant: int
    verdict: str
    reason: str
    where: int
    door: int
    at: datetime
    turn: int = 0
    undoes: UUID | None = None
    undone_at: datetime | None = None
    was_revoked: bool = False
    revoked_at: datetime | None = None
    scanner: int = 0


@dataclass(frozen=True)
class Seen:
    """Through which door somebody was last seen to enter, and when."""

    door: int
    at: datetime


@dataclass(frozen=True)
class Contradiction:
    """A scan that cannot be true beside what stood before."""

    kind: str
    scan: int
    participant: int
    stood: Standing


@dataclass(frozen=True)
class Settled:
    """How people stand after some scans (only those who changed), and what contradicts."""

    standings: dict[int, Standing]
    contradictions: list[Contradiction]


def settle(
    reads: Iterable[Read],
    standings: Mapping[int, Standing],
    *,
    seen: Mapping[int, Seen] | None = None,
    until: datetime | None = None,
    told: Collection[tuple[int, int]] = (),
) -> Settled:
    """Apply scans to how people stand.

    `seen`: where they last entered by scan; `until`: the end of the meeting, after which nobody's presence changes; `told`: of
    which person and revoked device (participant, scanner) it has been told before: once is enough for a person to look.
    """
    rows = sorted(reads, key=lambda one: (one.at, one.turn, one.scan))
    passing = _taken_back_at_once(rows)
    now, doors = dict(standings), dict(seen or {})
    found: list[Contradiction] = []
    known = set(told)
    for one in rows:
        if until is not None and one.at > until:
            continue
        if one.key in passing:
            continue
        before = now.get(one.participant, Standing())
        after, kind = _settled(one, before, doors.get(one.participant))
        if kind and not (kind == DEVICE and (one.participant, one.scanner) in known):
            found.append(Contradiction(kind, one.scan, one.participant, before))
        if kind == DEVICE:
            known.add((one.participant, one.scanner))
        if one.verdict in _IN and kind not in (REVOKED, DEVICE):
            last = doors.get(one.participant)
            if last is None or one.at >= last.at:
                doors[one.participant] = Seen(one.door, one.at)
        if after is not before:
            now[one.participant] = after
    changed = {pk: standing for pk, standing in now.items() if standing != standings.get(pk, Standing())}
    return Settled(changed, found)


def _taken_back_at_once(rows: Iterable[Read]) -> set[UUID]:
    """Return the keys of scans that were taken back before anybody else could see them, and of what took them back.

    What was refused takes nothing back; nor does a device that may no more what it read while it might.
    """
    by_key = {one.key: one for one in rows}
    found: set[UUID] = set()
    for one in by_key.values():
        earlier = by_key.get(one.undoes) if one.undoes and one.verdict == "undone" else None
        if earlier is not None and (earlier.was_revoked or not one.was_revoked):
            found |= {one.key, earlier.key}
    return found


def _settled(one: Read, before: Standing, seen: Seen | None) -> tuple[Standing, str]:
    """Return how somebody stands after one scan, and how the scan contradicts what stood before (nothing: it does not)."""
    kind = _unfit(one, before, seen)
    if kind is not None:
        return before, kind
    if one.verdict == "undone":
        return _undone(one, before), ""
    try:
        after, kind = _entering(one, before, seen) if one.verdict in _IN else _leaving(one, before)
    except Impossible:
        return before, CORRECTED
    return _remembering(after, before, one.at), kind


def _remembering(after: Standing, before: Standing, at: datetime) -> Standing:
    """Return how somebody stands with how they stood before; where it is the same, as they stood."""
    if (after.state, after.where, after.since, after.stays) == (before.state, before.where, before.since, before.stays):
        return before
    return replace(after, before=Before(at, replace(before, before=None)))


def _unfit(one: Read, before: Standing, seen: Seen | None) -> str | None:
    """Return the contradiction (nothing: there is none to tell) of a scan that changes nobody's standing; None: it may."""
    if one.verdict == "refused":
        return TWO_DOORS if one.reason == "inside" and _at_two_doors(one, seen) else ""
    if one.was_revoked:
        return DEVICE
    if one.verdict in _IN and one.revoked_at is not None and one.revoked_at <= one.at:
        return REVOKED
    if one.verdict != "undone" and before.by_hand_at is not None and one.at <= before.by_hand_at:
        return "" if _agrees(one, before) else CORRECTED
    return None


def _undone(one: Read, before: Standing) -> Standing:
    """Return how somebody stood before what was taken back; what has come after it stays."""
    if before.before is not None:
        return before.before.standing if before.before.at == one.undone_at else before
    if one.undone_at is None or before.since != one.undone_at:
        return before
    return forgotten(before) if before.is_there else back_again(before)


def _agrees(one: Read, before: Standing) -> bool:
    return (one.verdict in _IN) == before.is_there and (one.verdict not in _IN or before.where == one.where)


def _entering(one: Read, before: Standing, seen: Seen | None) -> tuple[Standing, str]:
    elsewhere = before.is_there and before.where != one.where
    if before.since is not None and one.at < before.since:  # an old one that comes late
        if elsewhere:
            return before, TWO_PLACES
        if not before.is_there:
            return before, ""
        return entered(before, where=one.where, at=one.at), TWO_DOORS if _at_two_doors(one, seen) else ""
    kind = TWO_PLACES if elsewhere and before.state == "present" else ""
    if not kind and before.is_there and _at_two_doors(one, seen):
        kind = TWO_DOORS
    if _was_here_just_now(one, before):
        return back_again(before), kind
    return entered(before, where=one.where, at=one.at), kind


def _was_here_just_now(one: Read, before: Standing) -> bool:
    """Tell whether somebody has gone out of the same place so shortly before that the stay goes on."""
    last = before.stays[-1] if before.stays and before.state == LEFT else None
    if last is None or last.ended_at is None or (last.where, last.is_online) != (one.where, False):
        return False
    return timedelta() <= one.at - last.ended_at <= AGAIN


def _leaving(one: Read, before: Standing) -> tuple[Standing, str]:
    if not before.is_there or (before.since is not None and one.at < before.since):
        return before, ""
    return (left(before, at=one.at), "") if before.where == one.where else (before, TWO_PLACES)


def _at_two_doors(one: Read, seen: Seen | None) -> bool:
    return seen is not None and seen.door != one.door and abs(one.at - seen.at) <= AT_ONCE
