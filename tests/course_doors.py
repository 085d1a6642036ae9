"""The running programme, hand-over and closed items: their rows of the table of rights, and good bodies of their commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda import actions as agenda
from meetings import actions
from tests.cast import Room
from tests.make import open_the_item, open_the_meeting, the_secretariat

Sent = dict[str, Any]

COURSE_PAGES = """
agenda:course                      in     403    403    403    403    403    200    200    404    404    200    200    403
agenda:course_table                in     403    403    403    403    403    200    200    404    404    200    200    403
agenda:closed_item                 in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:hand_over                 in     403    403    403    403    403    200    200    404    404    200    200    403
"""

COURSE_COMMANDS = """
item.skip                in     403    403    403    403    403    200    200    404    404    200    200    403
item.restore             in     403    403    403    403    403    200    200    404    404    200    200    403
item.merge               in     403    403    403    403    403    200    200    404    404    200    200    403
item.advance             in     403    403    403    403    403    200    200    404    404    200    200    403
item.restrict            in     403    403    403    403    403    200    200    404    404    200    200    403
item.unrestrict          in     403    403    403    403    403    200    200    404    404    200    200    403
recess.extend            in     403    403    403    403    403    200    200    404    404    200    200    403
chair.hand_over          in     403    403    403    403    403    200    200    404    404    200    200    403
secretary.hand_over      in     403    403    403    403    403    403    200    404    404    200    200    403
"""


def _restore(room: Room, role: str) -> Sent:
    agenda.skip_item(room.meeting, by=the_secretariat(), item=room.items[2], reason="Hết thời gian")
    return {"item": room.items[2]}


def _merge(room: Room, role: str) -> Sent:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return {"item": room.items[1], "into": room.items[0]}


def _advance(room: Room, role: str) -> Sent:
    open_the_meeting(room.meeting)
    return {"item": room.items[2], "before": room.items[0]}


def _unrestrict(room: Room, role: str) -> Sent:
    agenda.restrict_item(room.meeting, by=the_secretariat(), item=room.items[1], reason="Nội dung mật")
    return {"item": room.items[1], "version": "2"}


def _recess(room: Room, role: str) -> Sent:
    open_the_meeting(room.meeting)
    actions.suspend_meeting(room.meeting, by=the_secretariat())
    return {"minutes": "10", "until": ""}


def _chair(room: Room, role: str) -> Sent:
    open_the_meeting(room.meeting)
    return {"to": room.people["delegate"], "presiding": room.people["chair"]}


def _secretary(room: Room, role: str) -> Sent:
    open_the_meeting(room.meeting)
    return {"to": room.people["delegate"], "presiding": room.people["secretary"]}


IN_COURSE: dict[str, Callable[[Room, str], Sent]] = {
    "item.skip": lambda room, role: {"item": room.items[1], "reason": "Hết thời gian"},
    "item.restore": _restore,
    "item.merge": _merge,
    "item.advance": _advance,
    "item.restrict": lambda room, role: {"item": room.items[1], "reason": "Nội dung mật", "sites": [room.lao_cai]},
    "item.unrestrict": _unrestrict,
    "recess.extend": _recess,
    "chair.hand_over": _chair,
    "secretary.hand_over": _secretary,
}


def behind_course(route: str, room: Room) -> dict[str, Any]:
    """Return what stands in the address of a page of the course."""
    return {"pk": room.items[0].pk} if route == "agenda:closed_item" else {}
