"""For every command: a room in the state in which it can be done, and the body with which each role would do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attendance.models import AskedUnit
from attendance.registration.actions import complete_unit, request_change
from meetings import actions
from meetings.deadlines.actions import set_deadline
from meetings.importing import runs
from meetings.models import Meeting, Series
from meetings.sites.importing import BridgePoints
from minutes.blocks.actions import edit_block, exclude_block
from minutes.blocks.overlay import current
from minutes.blocks.telling import told_of
from sheets import write_csv
from tests.badge_doors import BADGES
from tests.box_doors import ANSWERING
from tests.cast import Room
from tests.checking_doors import CHECKING
from tests.conclusions import CONCLUDING
from tests.counting_doors import COUNTING
from tests.course_doors import IN_COURSE
from tests.desk_doors import AT_THE_DESK
from tests.handing_in_doors import HANDING_IN
from tests.issuing_papers import INVITING
from tests.make import (
    make_announcement,
    make_asked_unit,
    make_display,
    make_group,
    make_import_run,
    make_item,
    make_organisation,
    make_registration,
    make_site_command,
    make_speech,
    make_speech_call,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)
from tests.official_papers import ISSUING
from tests.paper_desk import WRITING_PAPERS
from tests.paper_doors import HANDING_OUT
from tests.presence_doors import PRESENCE
from tests.release_doors import RELEASING
from tests.review_doors import REVIEWING
from tests.scan_doors import SCANNING
from tests.speakers_doors import SPEAKING
from tests.video_doors import JOINING
from tests.voting_doors import VOTING

Body = dict[str, Any]
Prepared = Callable[[Room, str], Body]
SITTING = {"starts_1": "26/11/2025 08:30", "ends_1": "11:30"}


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


def _mark(room: Room, role: str) -> Body:
    seat = room.people.get(role)
    whom = "guest" if seat and seat.bridge_point == room.sites[0] else "delegate"
    return {"participants": [room.people[whom]], "state": "present"}


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


def _uploaded_sites(room: Room, role: str) -> Body:
    data = write_csv(["Tên điểm cầu"], [["Điểm cầu Sơn La"]])
    run = runs.start(BridgePoints(), room.meeting, by=the_secretariat().user, name="diem-cau.csv", data=data)
    return {"run": run, "seen": run.judged["digest"]}


def _uploaded(room: Room, role: str) -> Body:
    run = make_import_run(room.meeting)
    return {"run": run, "seen": run.judged["digest"]}


def _excused(room: Room, role: str) -> Body:
    actions.excuse_participants(room.meeting, by=the_secretariat(), participants=[room.people["ca_mau"]])
    return {"participants": [room.people["ca_mau"]]}


def _empty_site(room: Room, role: str) -> Body:
    room.meeting.participants.filter(bridge_point=room.sites[3]).delete()
    return {"bridge_point": room.sites[3]}


def _open_block(room: Room, role: str) -> Body:
    _in_session(room)
    return {"key": "composition", "version": 0}


def _block(room: Room, role: str) -> Body:
    return _open_block(room, role) | {"heading": "Thành phần", "text": "Chủ trì: đồng chí A."}


def _new_block(room: Room, role: str) -> Body:
    _in_session(room)
    return {"after": "composition", "text": "Một ý kiến."}


def _left_out(room: Room, role: str) -> Body:
    _in_session(room)
    exclude_block(room.meeting, by=the_secretariat(), key="composition", version=0)
    return {"key": "composition", "version": 1}


def _rewritten(room: Room, role: str) -> Body:
    _in_session(room)
    row = edit_block(room.meeting, by=the_secretariat(), key="end", version=0, heading="Kết thúc", text="Chữ của thư ký.")
    return {"key": "end", "version": row.version, "of": 0}


def _proposed(room: Room, role: str) -> Body:
    _rewritten(room, role)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    block = next(one for one in current(room.meeting) if one.key == "end")
    return {"key": "end", "version": block.version, "seen": block.seal}


def _to_approve(room: Room, role: str) -> Body:
    _in_session(room)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    return {"revision": 0, "up_to": told_of(room.meeting).number}


def _asked(room: Room) -> AskedUnit:
    """Return the unit whose focal point is in the cast; in another meeting, another unit."""
    return room.meeting.asked_units.first() or make_asked_unit(room.meeting)


def _line(room: Room, *, sent: bool = False) -> Body:
    made = make_registration(_asked(room), sent=sent)
    return {"registration": made, "version": made.version}


def _full(room: Room, role: str) -> Body:
    make_registration(_asked(room))
    return {"unit": _asked(room)}


def _completed(room: Room, role: str) -> Body:
    complete_unit(room.meeting, by=the_secretariat(), unit=_asked(room), nobody=True)
    return {"unit": _asked(room)}


def _wished(room: Room, role: str) -> Body:
    request_change(room.meeting, by=the_secretariat(), unit=_asked(room), wish="Thay một đại biểu.")
    return {"unit": _asked(room)}


UNTIL = "2099-11-25T17:00"


def _set_by_hand(room: Room, role: str) -> Body:
    set_deadline(room.meeting, by=the_secretariat(), kind="invitations", due_at=None)
    return {"kind": "invitations"}


def _speech(room: Room, *, picked: bool = False) -> Body:
    made = make_speech(_asked(room), picked=picked)
    return {"speech": made, "version": made.version}


def _second_speech(room: Room, role: str) -> Body:
    call = make_speech_call(room.meeting, per_unit=2)
    make_speech(_asked(room), call=call, picked=True)
    return {"speech": make_speech(_asked(room), "Chuyển đổi số", call=call, picked=True), "way": "up"}


def _picked(room: Room, role: str) -> Body:
    return {"call": make_speech(_asked(room), picked=True).call}


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
    "series.set": lambda room, role: {"series": Series.objects.create(title="Hội nghị hằng năm")},
    "deadline.set": lambda room, role: {"kind": "invitations", "due_at": "20/11/2025 17:00"},
    "deadline.reset": _set_by_hand,
    "calendar.renew": lambda room, role: {},
    "meeting.open": lambda room, role: {},
    "meeting.suspend": _opened,
    "meeting.resume": _resume,
    "meeting.adjourn": _opened,
    "clock.set": _set_clock,
    "bridge_points.add": lambda room, role: {"name": "Điểm cầu mới", "short_name": "Mới"},
    "bridge_point.edit": lambda room, role: {"bridge_point": room.sites[1], "name": "Tên mới", "short_name": "Mới"},
    "bridge_point.remove": _empty_site,
    "bridge_points.edit": lambda room, role: {"bridge_points": room.sites[1:], "seats": "120"},
    "bridge_points.move": lambda room, role: {"bridge_points": room.sites[2:], "parent": room.sites[1]},
    "bridge_points.remove": lambda room, role: {"bridge_points": [_empty_site(room, role)["bridge_point"]]},
    "participants.add": lambda room, role: dict(DATA),
    "participant.edit": lambda room, role: {"participant": room.people["ca_mau"], **DATA},
    "participant.remove": lambda room, role: {"participant": room.people["ca_mau"]},
    "participants.import": _uploaded,
    "bridge_points.import": _uploaded_sites,
    "participants.edit": lambda room, role: {"participants": [room.people["ca_mau"]], "what": "mode", "mode": "online"},
    "participants.excuse": lambda room, role: {"participants": [room.people["ca_mau"]]},
    "participants.expect": _excused,
    "participants.remove": lambda room, role: {"participants": [room.people["ca_mau"], room.people["ha_tinh"]]},
    "group.add": lambda room, role: {"name": "Khách mời"},
    "group.rename": lambda room, role: {"group": make_group(room.meeting), "name": "Khách quý"},
    "group.remove": lambda room, role: {"group": make_group(room.meeting)},
    "terms.set": lambda room, role: {"deadline": UNTIL, "message": "Đề nghị đăng ký."},
    "units.ask": lambda room, role: {"whom": "provinces", "quota": "10"},
    "unit.edit": lambda room, role: {"unit": _asked(room), "quota": "12"},
    "units.extend": lambda room, role: {"units": [_asked(room)], "until": UNTIL},
    "units.remind": lambda room, role: {"units": [_asked(room)]},
    "units.withdraw": lambda room, role: {"units": [_asked(room)]},
    "unit.complete": _full,
    "unit.resume": _completed,
    "change.request": lambda room, role: {"unit": _asked(room), "wish": "Thay một đại biểu."},
    "change.grant": lambda room, role: _wished(room, role) | {"until": UNTIL},
    "change.decline": lambda room, role: _wished(room, role) | {"answer": "Danh sách đã chốt."},
    "registration.add": lambda room, role: {"unit": _asked(room), "name": "Lò Văn Mới"},
    "registration.edit": lambda room, role: _line(room) | {"name": "Lò Văn Sửa"},
    "registration.remove": lambda room, role: _line(room),
    "registrations.add": lambda room, role: {"unit": _asked(room), "text": "Lò Văn Một\tTrưởng phòng\nLò Văn Hai\tChuyên viên"},
    "registrations.send": _full,
    "registrations.approve": lambda room, role: {"registrations": [_line(room, sent=True)["registration"]]},
    "registrations.refuse": lambda room, role: {
        "registrations": [_line(room, sent=True)["registration"]],
        "refusal": "Thiếu chức vụ.",
    },
    "speech_call.set": lambda room, role: {
        "item": make_item(room.meeting, "Tham luận", kind="speeches"),
        "deadline": UNTIL,
        "minutes": "8",
        "per_unit": "1",
    },
    "speech_call.close": lambda room, role: {"call": make_speech_call(room.meeting)},
    "speech.offer": lambda room, role: {
        "call": make_speech_call(room.meeting),
        "unit": _asked(room),
        "title": "Số hóa văn bản",
        "minutes": "7",
    },
    "speech.edit": lambda room, role: _speech(room) | {"title": "Số hóa hồ sơ", "minutes": "6"},
    "speech.withdraw": lambda room, role: _speech(room),
    "speech.pick": lambda room, role: _speech(room),
    "speech.unpick": lambda room, role: {"speech": _speech(room, picked=True)["speech"]},
    "speech.return": lambda room, role: _speech(room) | {"reason": "Trùng nội dung."},
    "speech.move": _second_speech,
    "speeches.schedule": _picked,
    "item.add": lambda room, role: dict(ITEM),
    "item.edit": lambda room, role: {"item": room.items[0], **ITEM},
    "item.move": lambda room, role: {"item": room.items[0], "position": "3"},
    "item.remove": lambda room, role: {"item": room.items[0]},
    "items.add": lambda room, role: {"text": "8:30 Khai mạc – Chánh Văn phòng (10 phút)\nBế mạc"},
    "items.retime": lambda room, role: {"items": room.items[:2], "minutes": "20"},
    "programme.undo": lambda room, role: {"step": str(room.meeting.programme_step.number)},
    "programme.release": lambda room, role: {"note": "Bản đầu", "after": "0"},
    "item.open": _open_item,
    "item.close": _close_item,
    "item.defer": lambda room, role: {"item": room.items[1]},
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
    **COUNTING,
    **ANSWERING,
    **IN_COURSE,
    **SPEAKING,
    **CHECKING,
    **JOINING,
    **PRESENCE,
    **SCANNING,
    **BADGES,
    **INVITING,
    **CONCLUDING,
    **AT_THE_DESK,
    **HANDING_IN,
    **HANDING_OUT,
    **RELEASING,
    **REVIEWING,
    **VOTING,
    **ISSUING,
    **WRITING_PAPERS,
    "block.edit": _block,
    "block.add": _new_block,
    "block.exclude": _open_block,
    "block.include": _left_out,
    "block.take": _proposed,
    "block.dismiss": _proposed,
    "block.restore": _rewritten,
    "minutes.approve": _to_approve,
    "minutes.print": _opened,
}
