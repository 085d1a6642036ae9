"""The doors of the list of speakers: who gets what from its pages and commands, and a body each command can be done with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda.models import FloorRequest
from agenda.speakers import actions
from tests.cast import Room
from tests.make import START, ask_for_floor, give_floor, open_the_item, open_the_meeting, the_secretariat

SPEAKER_PAGES = """
agenda:line_people                 in     403    403    403    403    403    200    200    404    404    200    200    403
agenda:speaking                    in     403    403    403    403    403    403    403    403    403    200    200    403
agenda:speaking_file               in     403    403    403    403    403    403    403    403    403    200    200    403
"""

SPEAKER_COMMANDS = """
floor.request            in     403    403    200    403    200    200    200    404    404    200    200    403
floor.withdraw           in     403    403    200    403    200    200    200    404    404    200    200    403
floor.name               in     403    403    403    403    200    200    200    404    404    200    200    403
floor.give               in     403    403    403    403    403    200    200    404    404    200    200    403
floor.yield              in     403    403    403    403    403    200    200    404    404    200    200    403
floor.move               in     403    403    403    403    403    200    200    404    404    200    200    403
floor.release            in     403    403    403    403    403    200    200    404    404    200    200    403
floor.extend             in     403    403    403    403    403    200    200    404    404    200    200    403
floor.prepare            in     403    403    403    403    403    200    200    404    404    200    200    403
floor.remind             in     403    403    403    403    403    200    200    404    404    200    200    403
speakers.close           in     403    403    403    403    403    200    200    404    404    200    200    403
speakers.open            in     403    403    403    403    403    200    200    404    404    200    200    403
"""

Body = dict[str, Any]


def in_discussion(room: Room) -> Room:
    """Return the room with its first item open."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room


def wishes(room: Room, *names: str) -> list[FloorRequest]:
    """Return the lines of people by their names in the cast, in the order in which they asked."""
    return [ask_for_floor(room.people[name]) for name in names]


def _request(room: Room, role: str) -> Body:
    in_discussion(room)
    return {} if role in room.people else {"participant": room.people["ca_mau"]}


def _waiting(room: Room, role: str) -> Body:
    return {"request": wishes(in_discussion(room), "delegate")[0]}


def _speaking(room: Room, role: str) -> Body:
    return {"request": give_floor(wishes(in_discussion(room), "delegate")[0])}


def _name(room: Room, role: str) -> Body:
    return _waiting(room, role) | {"participant": room.people["lao_cai_2"]}


def _move(room: Room, role: str) -> Body:
    first, second = wishes(in_discussion(room), "delegate", "ca_mau")
    return {"request": second, "before": first, "reason": "Theo đề nghị của chủ trì", "version": 1}


def _release(room: Room, role: str) -> Body:
    body = _move(room, role)
    actions.move_floor(room.meeting, by=the_secretariat(), **body)
    return {"request": body["request"], "version": 2}


def _extend(room: Room, role: str) -> Body:
    return _speaking(room, role) | {"minutes": 2, "limit": 5}


def _prepare(room: Room, role: str) -> Body:
    return {"requests": wishes(in_discussion(room), "delegate", "ca_mau")}


def _close(room: Room, role: str) -> Body:
    return {"item": in_discussion(room).items[0]}


def _open(room: Room, role: str) -> Body:
    body = _close(room, role)
    actions.close_speakers(room.meeting, by=the_secretariat(), **body)
    return body


def behind_speakers(route: str, room: Room) -> dict[str, int]:
    """Return the line of the list of speakers that a route speaks of."""
    if route != "agenda:line_people":
        return {}
    line = {"meeting": room.meeting, "item": room.items[0], "bridge_point": room.lao_cai}
    return {"pk": FloorRequest.objects.get_or_create(**line, defaults={"requested_at": START})[0].pk}


SPEAKING: dict[str, Callable[[Room, str], Body]] = {
    "floor.request": _request,
    "floor.withdraw": _waiting,
    "floor.name": _name,
    "floor.give": _waiting,
    "floor.yield": _speaking,
    "floor.move": _move,
    "floor.release": _release,
    "floor.extend": _extend,
    "floor.prepare": _prepare,
    "floor.remind": _speaking,
    "speakers.close": _close,
    "speakers.open": _open,
}
