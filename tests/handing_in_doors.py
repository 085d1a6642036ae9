"""Behind the doors of papers that units hand in: what addresses are made from, and good bodies of the commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda.models import Speech
from agenda.speeches.actions import close_speech_call
from packets.handing_in.actions import request_hand_in
from tests.cast import Room
from tests.make import make_asked_unit, make_speech, the_secretariat

Body = dict[str, Any]


def the_late_speech(room: Room) -> Speech:
    """Return a speech of the focal point's unit (in another meeting, of another's), registered before that was closed."""
    made = make_speech(room.meeting.asked_units.first() or make_asked_unit(room.meeting))
    close_speech_call(room.meeting, by=the_secretariat(), call=made.call)
    return made


def _wished(room: Room, role: str) -> Body:
    made = the_late_speech(room)
    request_hand_in(room.meeting, by=the_secretariat(), speech=made, wish="Chờ số liệu tháng 11.")
    return {"speech": made}


HANDING_IN: dict[str, Callable[[Room, str], Body]] = {
    "hand_in.request": lambda room, role: {"speech": the_late_speech(room), "wish": "Chờ số liệu tháng 11."},
    "hand_in.grant": lambda room, role: _wished(room, role) | {"until": "2099-11-25T17:00"},
    "hand_in.decline": lambda room, role: _wished(room, role) | {"answer": "Tài liệu đã in."},
}
