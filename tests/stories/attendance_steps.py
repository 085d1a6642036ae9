"""Steps of histories that concern who is there: marks, scans, badges, doors, walk-ins, checks and incidents."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from attendance.badges import actions as badges
from attendance.ledger.actions import seal_scans
from attendance.models import CheckMark, Point, Presence, PresenceConflict
from attendance.presence import actions as presence
from attendance.readiness import actions as readiness
from attendance.scanning import actions as doors
from attendance.scanning.gate import GATES
from attendance.scanning.models import Scan
from attendance.scanning.sent import Sent
from attendance.scanning.taking import take
from attendance.walk_ins import actions as walk_ins
from attendance.walk_ins.actions import Came
from control.incidents import actions as incidents
from control.models import Incident
from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor, the_system


def _pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    if not found:
        raise OutOfOrder("There is none.")
    return found[n % len(found)]


def _people(m: Meeting, a: int, b: int) -> list[Any]:
    return [_pick(m.participants, n) for n in range(a, a + b % 4 + 1)]


def mark(m: Meeting, by: Actor, a: int, b: int) -> object:
    at = clock.now(m) - timedelta(minutes=b % 40 - 2) if a % 3 == 1 else None
    where = _pick(m.bridge_points, b) if a % 4 == 1 else None
    state = Presence.State.values[b % 4]
    return presence.mark_presence(
        m, by=by, participants=_people(m, a, b), state=state, at=at, bridge_point=where, reason="Ốm" * (b % 2)
    )


def scan(m: Meeting, by: Actor, a: int, b: int) -> object:
    """Read somebody at a door, perhaps off line and long ago, perhaps taken back; and seal the ledger."""
    device = _pick(m.scanners, b)
    GATES.forget()
    gate = GATES.get(device.pk)
    assert gate is not None
    now, person = timezone.now(), _pick(m.participants, a)
    earlier = m.scans.filter(scanner=device).order_by("-pk").first() if b % 7 == 3 else None
    offline = b % 3 == 0
    sent = Sent(
        key=uuid.UUID(int=m.scans.count() + 1 + 10**6 * m.pk), turn=m.scans.count(),
        at=now - timedelta(minutes=b % 50 if offline else 0),
        direction="out" if a % 4 == 3 else "in", way=Scan.Way.LIST, code="", short="", participant=person.pk, move=b % 2 == 0,
        offline=offline, verdict=("admitted", "moved", "out")[a % 3] if offline else "", undoes=earlier.key if earlier else None,
    )  # fmt: skip
    take(gate, [sent], now)
    return seal_scans(m, by=the_system()) or m.journal.entries.count()


def settle(m: Meeting, by: Actor, a: int, b: int) -> object:
    conflict = _pick(PresenceConflict.objects.filter(meeting=m), a)
    where = _pick(m.bridge_points, b) if b % 2 else None
    return presence.settle_conflict(m, by=by, conflict=conflict, state=["", *Presence.State.values][b % 5], bridge_point=where)


def check(m: Meeting, by: Actor, a: int, b: int) -> object:
    running = m.readiness_checks.filter(signed_off_at=None).first()
    if running is None or b % 9 == 8:
        return readiness.begin_readiness(m, by=by, bridge_point=_pick(m.bridge_points, a))
    if b % 3 == 2:
        return readiness.sign_readiness(m, by=by, check=running, note="Dùng máy dự phòng." * (a % 2))
    points = Point.values if b % 2 else [Point.values[a % 10]]
    return readiness.mark_readiness(m, by=by, check=running, points=points, state=CheckMark.State.values[a % 3], note="")


def trouble(m: Meeting, by: Actor, a: int, b: int) -> object:
    if b % 4 == 0 or not m.incidents.exists():
        kind = Incident.Kind.values[a % 4]
        return incidents.open_incident(m, by=by, bridge_point=_pick(m.bridge_points, a), kind=kind)
    do = (incidents.confirm_incident, incidents.end_incident, incidents.close_incident)[b % 3]
    return do(m, by=by, incident=_pick(m.incidents, a))


def badge(m: Meeting, by: Actor, a: int, b: int) -> object:
    do = (badges.issue_badges, badges.issue_badges, badges.reissue_badges, badges.revoke_badges)[b % 4]
    return do(m, by=by, participants=_people(m, a, b))


def door(m: Meeting, by: Actor, a: int, b: int) -> object:
    if b % 5 == 4:
        return doors.revoke_scanner(m, by=by, scanner=_pick(m.scanners, a))
    if b % 11 == 10:
        return doors.close_door(m, by=by, door=_pick(m.doors, a))
    return doors.open_scanner(m, by=by, bridge_point=_pick(m.bridge_points, a))


def walk_in(m: Meeting, by: Actor, a: int, b: int) -> object:
    replaced = _pick(m.participants, b) if b % 3 == 1 else None
    return walk_ins.add_walk_in(
        m, by=by, bridge_point=_pick(m.bridge_points, a), came=Came(name=f"Khách {a}", substitute_for=replaced)
    )


STEPS: dict[str, Callable[[Meeting, Actor, Any, Any], object]] = {
    "mark in all ways": mark, "scan": scan, "settle": settle,
    "check": check, "trouble": trouble, "badge": badge, "door": door, "walk in": walk_in,
    "remove walk in": lambda m, by, a, b: walk_ins.remove_walk_in(m, by=by, participant=_pick(m.participants, a)),
}  # fmt: skip
# What is taken once so that every part of the screens has moved.
BEGUN = [("door", "secretary", 1, 0), ("scan", "secretary", 5, 1), ("trouble", "secretary", 0, 0), ("trouble", "operator", 0, 2),
         ("check", "secretary", 1, 8)]  # fmt: skip
