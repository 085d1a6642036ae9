"""For every command: a room in the state in which it can be done, and the body with which each role would do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings import actions
from meetings.models import Meeting
from minutes.actions import draft_minutes
from tests.cast import Room
from tests.make import (
    ask_for_floor,
    give_floor,
    make_announcement,
    make_display,
    make_organisation,
    make_site_command,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

Body = dict[str, Any]
Prepared = Callable[[Room, str], Body]
SITTING = {"starts_1": "2025-11-26T08:30", "ends_1": "2025-11-26T11:30"}


def _in_session(room: Room, *, items: int = 0) -> None:
    open_the_meeting(room.meeting)
    for n in range(items):
        open_the_item(room.items[n], closing=room.items[n - 1] if n else None)


def _resume(room: Room, role: str) -> Body:
    _in_session(room)
    actions.suspend_meeting(room.meeting, by=the_secretariat())
    return {}


def _opened(room: Room, role: str) -> Body:
    _in_session(room)
    return {}


def _open_item(room: Room, role: str) -> Body:
    _in_session(room)
    return {"item": room.items[0]}


def _close_item(room: Room, role: str) -> Body:
    _in_session(room, items=1)
    return {"item": room.items[0]}


def _request(room: Room, role: str) -> Body:
    _in_session(room, items=1)
    return {} if role in room.people else {"participant": room.people["ca_mau"]}


def _mark(room: Room, role: str) -> Body:
    seat = room.people.get(role)
    whom = "guest" if seat and seat.bridge_point == room.sites[0] else "delegate"
    return {"participants": [room.people[whom]], "state": "present"}


def _waiting(room: Room, role: str) -> Body:
    _in_session(room, items=1)
    return {"request": ask_for_floor(room.people["delegate"])}


def _speaking(room: Room, role: str) -> Body:
    _in_session(room, items=1)
    return {"request": give_floor(ask_for_floor(room.people["delegate"]))}


def _set_clock(room: Room, role: str) -> Body:
    # A real meeting has no clock to set; the rehearsal is told from it by its kind alone.
    Meeting.objects.filter(pk=room.meeting.pk).update(kind=Meeting.Kind.REHEARSAL)
    return {"rate": "2"}


def _steer(room: Room, role: str) -> Body:
    display = make_display(room.meeting, "Sảnh", room.lao_cai)
    return {"mode": "announcement", "displays": [display], "announcement": make_announcement(room.meeting)}


def _acknowledge(room: Room, role: str) -> Body:
    return {"site_command": make_site_command(room.meeting), "bridge_point": room.lao_cai}


def _write(room: Room, role: str) -> Body:
    line = "chair" if role == "chair" else "technical"
    return {"bridge_point": room.lao_cai, "line": line, "text": "Đề nghị kiểm tra micro."}


def _empty_site(room: Room, role: str) -> Body:
    room.meeting.participants.filter(bridge_point=room.sites[3]).delete()
    return {"bridge_point": room.sites[3]}


def _drafted(room: Room, role: str) -> Body:
    _in_session(room)
    draft_minutes(room.meeting, by=the_secretariat())
    return {}


def _block(room: Room, role: str) -> Body:
    _drafted(room, role)
    block = room.meeting.minutes.blocks.get(key="composition")
    return {"block": block, "version": block.version, "heading": "Thành phần", "text": "Chủ trì: đồng chí A."}


def _to_approve(room: Room, role: str) -> Body:
    _in_session(room)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    return {"revision": draft_minutes(room.meeting, by=the_secretariat()).revision}


DATA = {"name": "Lò Văn Mới", "role": "delegate", "position": "", "unit": ""}
ITEM = {"title": "Nội dung mới", "kind": "report", "minutes": "10"}

GOOD: dict[str, Prepared] = {
    "meeting.edit": lambda room, role: {
        "title": "T",
        "organiser": make_organisation(),
        "mode": "online",
        "place": "P",
        **SITTING,
    },
    "meeting.open": lambda room, role: {},
    "meeting.suspend": _opened,
    "meeting.resume": _resume,
    "meeting.adjourn": _opened,
    "clock.set": _set_clock,
    "bridge_points.add": lambda room, role: {"name": "Điểm cầu mới", "short_name": "Mới"},
    "bridge_point.edit": lambda room, role: {"bridge_point": room.sites[1], "name": "Tên mới", "short_name": "Mới"},
    "bridge_point.remove": _empty_site,
    "participants.add": lambda room, role: dict(DATA),
    "participant.edit": lambda room, role: {"participant": room.people["ca_mau"], **DATA},
    "participant.remove": lambda room, role: {"participant": room.people["ca_mau"]},
    "item.add": lambda room, role: dict(ITEM),
    "item.edit": lambda room, role: {"item": room.items[0], **ITEM},
    "item.move": lambda room, role: {"item": room.items[0], "position": "3"},
    "item.remove": lambda room, role: {"item": room.items[0]},
    "item.open": _open_item,
    "item.close": _close_item,
    "item.defer": lambda room, role: {"item": room.items[1]},
    "floor.request": _request,
    "floor.withdraw": _waiting,
    "floor.give": _waiting,
    "floor.yield": _speaking,
    "presence.mark": _mark,
    "display.open": lambda room, role: {"name": "Màn hình mới"},
    "display.revoke": lambda room, role: {"display": make_display(room.meeting)},
    "displays.steer": _steer,
    "announcement.publish": lambda room, role: {"text": "Nghỉ giải lao 10 phút.", "sites": [room.lao_cai]},
    "announcement.withdraw": lambda room, role: {"announcement": make_announcement(room.meeting)},
    "site_command.issue": lambda room, role: {"kind": "prepare", "text": "Chuẩn bị phát biểu.", "sites": [room.lao_cai]},
    "site_command.acknowledge": _acknowledge,
    "site_command.withdraw": lambda room, role: {"site_command": make_site_command(room.meeting)},
    "message.send": _write,
    "minutes.draft": _opened,
    "block.edit": _block,
    "minutes.approve": _to_approve,
    "minutes.print": _drafted,
}
