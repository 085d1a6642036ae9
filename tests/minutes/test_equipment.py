"""The annexes of equipment: how bridge points were checked, and their incidents with the times of both sides."""

from __future__ import annotations

from typing import Any

from attendance.readiness.models import Point
from control.incidents.models import Incident
from meetings.hooks import fold_differences
from minutes.blocks.overlay import current
from minutes.drafted import Drafted
from minutes.drafting import draft
from minutes.equipment import KINDS, POINTS
from minutes.writing import Entry
from tests.cast import Room
from tests.checking_doors import crew_of, make_check, make_incident
from tests.make import open_the_meeting
from tests.minutes.telling import at, conference, entry

LAO_CAI, CENTRE = (2, "Tỉnh ủy Lào Cai"), (1, "Điểm cầu trung tâm")
CHECKS = "TT | Điểm cầu | Ngày giờ | Kết quả | Lỗi, ghi chú | Người xác nhận"
INCIDENTS = "TT | Điểm cầu | Sự cố | Bắt đầu (điểm cầu / trung tâm) | Kết thúc (điểm cầu / trung tâm) | Thời gian"


def told(key: str, *entries: Entry, end: bool = True) -> Drafted | None:
    """Return an annex of a conference in which this happened."""
    story = conference()[: None if end else -1]
    story[-1:-1] = entries
    return {block.key: block for block in draft(story)}.get(key)


def lines(annex: Drafted | None) -> list[str]:
    assert annex is not None
    return annex.text.splitlines()


def signed(number: int, site: tuple[int, str], hour: str, day: int, run: int = 1, **kw: Any) -> Entry:
    facts: dict[str, Any] = {"faults": [], "without": [], "note": "", "signed_by": "Hoàng Văn Kỹ", "on_behalf": False} | kw
    return entry("readiness.signed", hour, number, day, bridge_point=site[0], bridge_point_name=site[1], run=run, **facts)


def incident(verb: str, hour: str, number: int, key: int = 1, kind: str = "no_sound", **kw: Any) -> Entry:
    facts = {"incident": key, "bridge_point": LAO_CAI[0], "bridge_point_name": LAO_CAI[1], "kind_of_incident": kind}
    return entry(f"incident.{verb}", hour, number, **facts, **kw)


def test_every_point_and_every_kind_has_words_in_the_minutes() -> None:
    assert (set(POINTS), set(KINDS)) == (set(Point.values), set(Incident.Kind.values))


def test_without_checks_and_incidents_there_is_no_annex() -> None:
    assert "annex" not in {block.kind for block in draft(conference())}


def test_the_checks_stand_by_bridge_point_with_day_result_faults_and_who_signed_off() -> None:
    fault = {"faults": [{"point": "backup_line", "note": "Đứt | cáp"}], "note": "Dùng 4G"}
    annex = told(
        "annex-checks",
        signed(30, LAO_CAI, "14:20", 25, **fault),
        signed(31, CENTRE, "14:40", 25, without=[{"point": "printer", "note": ""}], on_behalf=True, signed_by="Thư ký"),
        signed(32, LAO_CAI, "07:20", 26, run=2),
    )
    assert lines(annex) == [
        CHECKS,
        "1 | Điểm cầu trung tâm | 14:40 25/11/2025 | Đạt | không có: máy in, giấy | Thư ký (thay mặt, theo điện thoại)",
        "2 | Tỉnh ủy Lào Cai | 14:20 25/11/2025 | Còn lỗi | đường truyền dự phòng: Đứt / cáp; Dùng 4G | Hoàng Văn Kỹ",
        "3 | Tỉnh ủy Lào Cai (lần 2) | 07:20 | Đạt |  | Hoàng Văn Kỹ",
        " | Tổng cộng: 02 điểm cầu trên 02 | 03 lần | đạt: 02 |  | ",
    ]


def test_an_incident_stands_with_the_times_of_both_sides_and_how_long_it_lasted() -> None:
    began, seen, over = (at(hour).isoformat() for hour in ("08:50", "08:51", "09:05"))
    annex = told(
        "annex-incidents",
        incident("opened", "08:50", 30, note="Loa rè", from_site=True, began_at=began),
        incident("confirmed", "08:51", 31, from_site=False, began_at=seen),
        incident("closed", "09:06", 32, site_began_at=began, centre_began_at=seen, site_ended_at=over, centre_ended_at=None),
    )
    assert lines(annex)[:2] == [
        INCIDENTS,
        "1 | Tỉnh ủy Lào Cai | Mất tiếng: Loa rè | 08:50:00 / 08:51:00 | 09:05:00 / – | 15 phút 00 giây",
    ]


def test_what_was_still_open_is_said_and_a_lost_connection_leads_to_its_outage() -> None:
    lost = {"id": 7, "bridge_point": LAO_CAI[0], "name": LAO_CAI[1], "began_at": at("08:49").isoformat()}
    happened = (
        entry("outages.begun", "08:49", 29, outages=[lost]),
        incident("opened", "08:50", 30, kind="lost", note="", from_site=False, began_at=at("08:50").isoformat()),
    )
    row = "1 | Tỉnh ủy Lào Cai | Mất kết nối (đường truyền gián đoạn từ 08:49:00) | – / 08:50:00 | chưa kết thúc "
    assert lines(told("annex-incidents", *happened))[1] == row + "đến khi bế mạc | "
    assert lines(told("annex-incidents", *happened, end=False))[1] == row + "khi lập dự thảo | "


def test_the_minutes_of_a_meeting_hold_what_its_people_did(room: Room) -> None:
    make_check(room.lao_cai, by=crew_of(room, "technician"), fault="scanner")
    open_the_meeting(room.meeting)
    make_incident(room.lao_cai, "no_picture", by=crew_of(room))
    blocks = {block.key: block for block in current(room.meeting)}
    assert "máy đọc thẻ tại cửa: Không có tín hiệu" in blocks["annex-checks"].text
    assert "Mất hình" in blocks["annex-incidents"].text
    assert fold_differences(room.meeting) == []
