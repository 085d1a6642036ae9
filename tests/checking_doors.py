"""Checks of bridge points and incidents as tests need them; their rows of the table of rights, good bodies of their commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attendance.readiness.actions import begin_readiness, mark_readiness, sign_readiness
from attendance.readiness.models import Point, ReadinessCheck
from control.incidents.actions import open_incident
from control.incidents.models import Incident
from meetings.models import BridgePoint
from meetings.procedure import Actor
from tests.cast import Room
from tests.make import actor_of, the_secretariat

Sent = dict[str, Any]

CHECKING_PAGES = """
attendance:readiness               in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:readiness_file          in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:readiness_of(own)       in     403    403    403    200    200    403    200    404    404    200    200    403
attendance:readiness_of(another)   in     403    403    403    403    403    403    200    404    404    200    200    403
live:equipment(own)                in     403    403    403    200    200    403    200    404    404    200    200    403
live:equipment(another)            in     403    403    403    403    403    403    200    404    404    200    200    403
"""

CHECKING_COMMANDS = """
readiness.begin          in     403    403    403    200    200    403    200    404    404    200    200    403
readiness.mark           in     403    403    403    200    200    403    200    404    404    200    200    403
readiness.sign           in     403    403    403    200    200    403    200    404    404    200    200    403
incident.open            in     403    403    403    200    200    403    200    404    404    200    200    403
incident.confirm         in     403    403    403    200    200    403    200    404    404    200    200    403
incident.end             in     403    403    403    200    200    403    200    404    404    200    200    403
incident.close           in     403    403    403    403    403    403    200    404    404    200    200    403
"""


def make_check(
    site: BridgePoint, *, by: Actor | None = None, marked: bool = True, fault: str = "", signed: bool = True
) -> ReadinessCheck:
    """Return a new run at a bridge point: marked good but for a `fault` (a point), and signed off, unless it shall not be."""
    by, meeting = by or the_secretariat(), site.meeting
    check = begin_readiness(meeting, by=by, bridge_point=site)
    if fault:
        mark_readiness(meeting, by=by, check=check, points=[fault], state="fault", note="Không có tín hiệu")
    if marked:
        rest = [point for point in Point.values if point != fault]
        mark_readiness(meeting, by=by, check=check, points=rest, state="good")
    if signed:
        check = sign_readiness(meeting, by=by, check=check, note="Dùng đường truyền chính" if fault else "")
    return check


def make_incident(site: BridgePoint, kind: str = "no_sound", *, by: Actor | None = None, **kw: Any) -> Incident:
    """Return a new incident, reported by the control room unless somebody else reports it."""
    return open_incident(site.meeting, by=by or the_secretariat(), bridge_point=site, kind=kind, **kw)


def crew_of(room: Room, who: str = "operator") -> Actor:
    """Return the operator or technician of Lào Cai."""
    return actor_of(room.meeting, room.people[who].person.user)


def _under_way(room: Room, role: str) -> Sent:
    return {"check": make_check(room.lao_cai, marked=False, signed=False)}


def _of_the_other_side(room: Room, role: str) -> Sent:
    at_site = role in ("operator", "technician")
    return {"incident": make_incident(room.lao_cai, by=None if at_site else crew_of(room))}


def _incident(room: Room, role: str) -> Sent:
    return {"incident": make_incident(room.lao_cai)}


CHECKING: dict[str, Callable[[Room, str], Sent]] = {
    "readiness.begin": lambda room, role: {"bridge_point": room.lao_cai},
    "readiness.mark": lambda room, role: _under_way(room, role) | {"points": "line", "state": "fault", "note": "Đứt cáp"},
    "readiness.sign": lambda room, role: {"check": make_check(room.lao_cai, signed=False)},
    "incident.open": lambda room, role: {"bridge_point": room.lao_cai, "kind": "no_picture", "note": "Màn hình đen"},
    "incident.confirm": _of_the_other_side,
    "incident.end": _incident,
    "incident.close": _incident,
}
