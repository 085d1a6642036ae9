"""Bodies, head counts and roll calls as tests need them; their rows of the table of rights, and good bodies of their commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attendance.bodies.actions import add_body
from attendance.bodies.models import Body
from attendance.bodies.quorum import AT_LEAST, Rule
from attendance.halls.actions import enter_hall_count
from attendance.roll_call.actions import open_roll_call
from meetings.models import Meeting
from tests.cast import Room
from tests.make import the_secretariat

Sent = dict[str, Any]

COUNTING_PAGES = """
attendance:bodies                  in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:body                    in     403    403    403    403    403    200    200    404    404    200    200    403
"""

COUNTING_COMMANDS = """
body.add                 in     403    403    403    403    403    403    200    404    404    200    200    403
body.edit                in     403    403    403    403    403    403    200    404    404    200    200    403
body.remove              in     403    403    403    403    403    403    200    404    404    200    200    403
body_members.add         in     403    403    403    403    403    403    200    404    404    200    200    403
body_members.remove      in     403    403    403    403    403    403    200    404    404    200    200    403
hall_count.enter         in     403    403    403    403    200    403    200    404    404    200    200    403
hall_count.withdraw      in     403    403    403    403    200    403    200    404    404    200    200    403
roll_call.open           in     403    403    403    403    403    200    200    404    404    200    200    403
roll_call.answer         in     403    403    403    200    200    403    403    404    404    403    403    403
roll_call.mark           in     403    403    403    403    403    200    200    404    404    200    200    403
roll_call.close          in     403    403    403    403    403    200    200    404    404    200    200    403
"""


def make_body(meeting: Meeting, name: str = "Ban Chấp hành", *members: Any, rule: Rule | None = None) -> Body:
    """Return a new body; without members named, of all delegates."""
    people = list(members) or list(meeting.participants.filter(role="delegate"))
    return add_body(meeting, by=the_secretariat(), name=name, rule=rule or Rule(AT_LEAST), members=people)


def _body(room: Room, role: str) -> Sent:
    return {"body": make_body(room.meeting, "Ban Chấp hành", room.people["delegate"])}


def _rule(room: Room, role: str) -> Sent:
    return {"name": "Ban Chấp hành", "measure": "more_than", "part": "1/2", "counts_substitutes": "on"}


def _hall(room: Room, role: str) -> Sent:
    enter_hall_count(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, present=5)
    return {"bridge_point": room.lao_cai}


def _calling(room: Room, role: str) -> Sent:
    open_roll_call(room.meeting, by=the_secretariat())
    return {"bridge_point": room.lao_cai}


def _under_way(room: Room, role: str) -> Sent:
    _calling(room, role)
    return {}


COUNTING: dict[str, Callable[[Room, str], Sent]] = {
    "body.add": lambda room, role: _rule(room, role) | {"participants": [room.people["delegate"]]},
    "body.edit": lambda room, role: _body(room, role) | _rule(room, role) | {"name": "Đoàn Chủ tịch"},
    "body.remove": _body,
    "body_members.add": lambda room, role: _body(room, role) | {"participants": [room.people["ha_tinh"]]},
    "body_members.remove": lambda room, role: _body(room, role) | {"participants": [room.people["delegate"]]},
    "hall_count.enter": lambda room, role: {"bridge_point": room.lao_cai, "present": "45", "expected": "50"},
    "hall_count.withdraw": _hall,
    "roll_call.open": lambda room, role: {},
    "roll_call.answer": _calling,
    "roll_call.mark": lambda room, role: _calling(room, role) | {"state": "silent"},
    "roll_call.close": _under_way,
}


def behind_bodies(route: str, room: Room) -> dict[str, int]:
    """Return the body whose page a route shows."""
    return {"pk": (room.meeting.bodies.first() or make_body(room.meeting)).pk} if route == "attendance:body" else {}
