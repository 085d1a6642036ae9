"""Builders: a small conference told as entries of a journal, at hours one can read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from minutes.blocks.actions import edit_block
from minutes.blocks.overlay import current
from minutes.blocks.telling import told_of
from minutes.models import Minutes, MinutesBlock
from minutes.writing import Entry
from tests.cast import Room
from tests.make import make_minutes, the_secretariat

VIETNAM = timezone(timedelta(hours=7))


def at(hour: str, day: int = 26) -> datetime:
    """Return a moment of November 2025: at("08:30")."""
    hours, minutes = hour.split(":")
    return datetime(2025, 11, day, int(hours), int(minutes), tzinfo=VIETNAM)


def entry(kind: str, hour: str = "08:00", number: int = 1, day: int = 26, **payload: Any) -> Entry:
    """Return one entry."""
    return Entry(number, kind, payload, at(hour, day))


def item(number: int, title: str, minutes: int = 10, kind: str = "report", presenter: str = "Chánh Văn phòng") -> dict[str, Any]:
    """Return the values of an item's facts."""
    return {
        "item": number, "position": number, "kind_of_item": kind, "title": title, "presenter": presenter, "minutes": minutes,
    }  # fmt: skip


def speech(request: int, name: str, office: str = "", bridge_point: str = "") -> dict[str, Any]:
    """Return the values of a speech's facts."""
    return {"request": request, "item": 2, "name": name, "office": office, "bridge_point": bridge_point}


def person(number: int, name: str, role: str, site: int | None, office: str = "") -> dict[str, Any]:
    """Return one row of the list of participants."""
    return {"id": number, "name": name, "office": office, "role": role, "bridge_point": site}


def marked(site: int, name: str, state: str, *people: int) -> dict[str, Any]:
    """Return the values of a marking of presence."""
    rows = [{"id": number, "name": f"Người {number}", "office": ""} for number in people]
    return {"bridge_point": site, "bridge_point_name": name, "state": state, "participants": rows}


def preparation() -> list[Entry]:
    """A meeting with two bridge points, six counted people and an operator, and four items."""
    sites = [{"id": 1, "number": 1, "name": "Điểm cầu trung tâm", "central": True}]
    sites.append({"id": 2, "number": 2, "name": "Tỉnh ủy Lào Cai", "central": False})
    people = [
        person(1, "Nguyễn Văn Chủ", "chair", 1, "Trưởng ban"), person(2, "Trần Thị Thư", "secretary", 1, "Thư ký"),
        person(3, "Giàng A Đại", "delegate", 2, "Phó Bí thư"), person(4, "Vàng Seo Hai", "delegate", 2),
        person(5, "Lý Thị Vận", "operator", 2), person(6, "Lê Văn Khách", "guest", 1), person(7, "Vũ Thị Năm", "delegate", None),
    ]  # fmt: skip
    created: dict[str, Any] = {
        "title": "Hội nghị công tác văn phòng", "organiser": "Văn phòng Trung ương Đảng", "kind_of_meeting": "real",
        "mode": "hybrid", "place": "Hội trường A, Hà Nội", "sittings": [["2025-11-26T08:30:00+07:00", None]],
    }  # fmt: skip
    return [
        entry("meeting.created", "07:00", 1, **created),
        entry("bridge_points.added", "07:01", 2, bridge_points=sites),
        entry("participants.added", "07:02", 3, participants=people),
        *(entry("item.added", "07:03", 3 + n, **item(n, f"Nội dung {n}")) for n in (1, 2, 3, 4)),
        entry("presence.marked", "08:00", 8, **marked(2, "Tỉnh ủy Lào Cai", "present", 3, 5)),
        entry("presence.marked", "08:01", 9, **marked(1, "Điểm cầu trung tâm", "present", 1, 2, 6)),
    ]


def conference() -> list[Entry]:
    """The whole of it: opened late, an item over its time with two speeches and a recess, one put off, one never opened."""
    lao_cai = "Tỉnh ủy Lào Cai"
    return [
        *preparation(),
        entry("meeting.opened", "08:32", 10, chair="Nguyễn Văn Chủ"),
        entry("item.opened", "08:32", 11, **item(1, "Khai mạc", 10, "opening")),
        entry("presence.marked", "08:35", 12, **marked(2, lao_cai, "present", 4)),
        entry("item.closed", "08:40", 13, item=1, position=1, title="Khai mạc"),
        entry("item.deferred", "08:41", 14, item=3, position=3, title="Nội dung 3"),
        entry("item.opened", "08:42", 15, **item(2, "Tham luận", 30, "speeches", "Đại diện điểm cầu")),
        entry("floor.requested", "08:43", 16, **speech(1, lao_cai, bridge_point=lao_cai)),
        entry("floor.given", "08:44", 17, **speech(1, lao_cai, bridge_point=lao_cai)),
        entry("floor.yielded", "08:52", 18, **speech(1, lao_cai, bridge_point=lao_cai), seconds=480),
        entry("meeting.suspended", "08:53", 19, chair="Nguyễn Văn Chủ"),
        entry("meeting.resumed", "09:03", 20, chair="Nguyễn Văn Chủ"),
        entry("floor.given", "09:04", 21, **speech(2, "Giàng A Đại", "Phó Bí thư", lao_cai)),
        entry("floor.yielded", "09:14", 22, **speech(2, "Giàng A Đại", "Phó Bí thư", lao_cai), seconds=600),
        entry("item.closed", "09:26", 23, item=2, position=2, title="Tham luận"),
        entry("meeting.suspended", "09:27", 24, chair="Nguyễn Văn Chủ"),
        entry("meeting.resumed", "09:30", 25, chair="Nguyễn Văn Chủ"),
        entry("meeting.adjourned", "09:31", 26, chair="Nguyễn Văn Chủ"),
    ]


def minutes_of(room: Room) -> Minutes:
    """Return the minutes of a room's meeting as they stand now."""
    return make_minutes(room.meeting)


def as_read(room: Room) -> dict[str, int]:
    """Return what whoever approves has read: the revision, and the journal up to which entry."""
    return {"revision": minutes_of(room).revision, "up_to": told_of(room.meeting).number}


def write_in(room: Room, key: str, text: str, heading: str | None = None) -> MinutesBlock:
    """Write in a block over what stands there."""
    block = next(one for one in current(room.meeting) if one.key == key)
    words: dict[str, Any] = {"version": block.version, "heading": block.heading if heading is None else heading, "text": text}
    return edit_block(room.meeting, by=the_secretariat(), key=key, **words)
