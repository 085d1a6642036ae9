"""Who was there, as the minutes tell it: scans, online, head counts, who left, substitutes, quorum, roll calls."""

from __future__ import annotations

from typing import Any

from minutes.drafted import Drafted
from minutes.drafting import draft
from minutes.writing import Entry
from tests.minutes.telling import at, entry, marked, person, preparation

LAO_CAI = "Tỉnh ủy Lào Cai"


def drafted(*more: Entry) -> dict[str, Drafted]:
    return {block.key: block for block in draft([*preparation(), entry("meeting.opened", "08:30", 10, chair="X"), *more])}


def sealed(hour: str, number: int, *changes: tuple[int, str, str]) -> Entry:
    """Return a seal: who (by number), state, and at what time, all at Lào Cai."""
    rows = [
        {"id": pk, "name": f"Người {pk}", "office": "", "state": state, "bridge_point": 2, "bridge_point_name": LAO_CAI,
         "at": at(when).isoformat()}
        for pk, state, when in changes
    ]  # fmt: skip
    return entry("scans.sealed", hour, number, seal=number, first=1, last=2, count=len(rows), hash="", changes=rows, conflicts=[])


def body(*members: int, **rule: Any) -> Entry:
    said: dict[str, Any] = {
        "body": 1,
        "number": 1,
        "name": "Ban Chấp hành",
        "measure": "at_least",
        "numerator": 2,
        "denominator": 3,
    }
    said |= {"least": None, "counts_substitutes": True} | rule
    said["members"] = [{"id": pk, "name": f"Người {pk}"} for pk in members]
    return Entry(11, "body.added", said, at("08:31"))


def last_line(blocks: dict[str, Drafted]) -> str:
    return blocks["composition"].text.splitlines()[-1]


def test_badges_are_told_once_for_each_bridge_point_with_the_first_and_the_last_hour() -> None:
    blocks = drafted(
        sealed("08:35", 11, (4, "present", "08:34")),
        sealed("08:36", 12, (7, "online", "08:35")),
        sealed("08:40", 13, (3, "left", "08:39"), (5, "present", "08:39")),  # 5 is an operator
        sealed("09:00", 14, (3, "present", "08:59")),
    )
    assert blocks["late"].text == (
        "Trong thời gian họp ghi nhận thêm: điểm cầu Tỉnh ủy Lào Cai: 02 đại biểu có mặt (từ 08 giờ 34 phút đến 08 giờ 59 phút); "
        "01 đại biểu có mặt trực tuyến (08 giờ 35 phút); 01 đại biểu ra về (08 giờ 39 phút)."
    )
    assert (blocks["late"].first, blocks["late"].last) == (11, 14)
    assert last_line(blocks) == "Đại biểu được triệu tập: 06; có mặt: 06 (trong đó trực tuyến: 01); vắng mặt: 00."
    assert blocks["attendance"].text.splitlines()[2] == "2 | Tỉnh ủy Lào Cai | 3 | 3 | 1 | 0"


def test_who_goes_out_and_comes_in_again_is_one_person() -> None:
    scans = [
        (4, "present", "08:34"),
        (4, "left", "08:50"),
        (4, "present", "08:59"),
        (4, "left", "09:30"),
        (4, "present", "09:40"),
    ]
    blocks = drafted(*(sealed(one[2], number, one) for number, one in enumerate(scans, start=11)))
    assert blocks["late"].text == (
        "Trong thời gian họp ghi nhận thêm: điểm cầu Tỉnh ủy Lào Cai: 01 đại biểu có mặt (từ 08 giờ 34 phút đến 09 giờ 40 phút); "
        "01 đại biểu ra về (từ 08 giờ 50 phút đến 09 giờ 30 phút)."
    )


def test_who_left_is_not_there_at_the_end_but_was_at_the_opening() -> None:
    blocks = drafted(entry("presence.marked", "10:00", 11, **marked(2, LAO_CAI, "left", 3)))
    assert blocks["composition"].text.splitlines()[-2:] == [
        "Đại biểu được triệu tập: 06; có mặt: 03; đã về: 01; vắng mặt: 00; chưa điểm danh: 02.",
        "Khi khai mạc: có mặt 04/06 đại biểu.",
    ]
    assert blocks["attendance"].text.splitlines()[0] == "TT | Điểm cầu | Triệu tập | Có mặt | Đã về | Vắng mặt | Chưa điểm danh"


def told(number: int, hour: str, state: str, *stays: tuple[str, str | None], since: str = "", site: int = 2) -> Entry:
    """Return a mark of one person at an hour, with the stays as they stand after it."""
    name = LAO_CAI if site == 2 else "Điểm cầu trung tâm"
    plain = [[site, False, at(began).isoformat(), at(ended).isoformat() if ended else None] for began, ended in stays]
    row = {"id": number, "name": f"Người {number}", "office": "", "stays": plain}
    said: dict[str, Any] = {"bridge_point": site, "bridge_point_name": name, "state": state, "participants": [row]}
    return entry("presence.marked", hour, 20, **said, at=at(since).isoformat() if since else "")


def test_what_was_true_before_the_opening_changes_the_number_at_the_opening_and_is_no_event() -> None:
    goes = told(6, "10:00", "left", ("08:01", "10:00"), site=1)
    came_before = told(4, "09:00", "present", ("08:10", None), since="08:10")
    moved = told(3, "09:01", "present", ("07:20", None), since="07:20")
    blocks = drafted(came_before, moved, goes)
    assert last_line(blocks) == "Khi khai mạc: có mặt 05/06 đại biểu."
    assert blocks["late"].text == ("Trong thời gian họp ghi nhận thêm: điểm cầu trung tâm: 01 đại biểu ra về (10 giờ 00 phút).")
    never_came = told(3, "09:02", "absent", since="07:43")
    assert last_line(drafted(never_came, goes)) == "Khi khai mạc: có mặt 03/06 đại biểu."
    assert "vắng mặt" not in drafted(never_came, goes)["late"].text
    moved_behind = told(3, "09:03", "present", ("08:50", None), since="08:50")
    assert last_line(drafted(moved_behind, goes)) == "Khi khai mạc: có mặt 03/06 đại biểu."
    assert "01 đại biểu có mặt (08 giờ 50 phút)" in drafted(moved_behind)["late"].text
    left_before = told(3, "09:04", "left", ("08:00", "08:20"), since="08:20")
    assert last_line(drafted(left_before)) == "Khi khai mạc: có mặt 03/06 đại biểu."
    assert "late" not in drafted(left_before)


def test_who_came_on_the_spot_before_the_opening_is_counted_there_instead_of_who_is_replaced() -> None:
    row: dict[str, Any] = person(8, "Trương Văn Thay", "delegate", 2) | {"substitute_for": 4}
    come = entry("participant.substituted", "09:00", 11, participant=4, name="Vàng Seo Hai", office="", substitute=row)
    goes = told(6, "10:00", "left", ("08:01", "10:00"), site=1)
    assert last_line(drafted(come, told(8, "09:00", "present", ("08:20", None)), goes)) == "Khi khai mạc: có mặt 05/06 đại biểu."
    assert last_line(drafted(come, told(8, "09:00", "present", ("09:00", None)), goes)) == "Khi khai mạc: có mặt 04/06 đại biểu."


def test_who_moves_to_another_bridge_point_has_not_left_and_who_was_missed_is_told() -> None:
    stays = [[2, False, at("08:00").isoformat(), at("09:00").isoformat()], [1, False, at("09:00").isoformat(), None]]
    row = {"id": 3, "name": "A", "office": "", "stays": stays}
    said: dict[str, Any] = {
        "bridge_point": 1,
        "bridge_point_name": "Điểm cầu trung tâm",
        "state": "present",
        "participants": [row],
    }
    assert drafted(entry("presence.marked", "09:00", 11, **said), told(4, "09:10", "absent"))["late"].text.splitlines() == [
        "Trong thời gian họp ghi nhận thêm:",
        "- Điểm cầu trung tâm: 01 đại biểu có mặt (09 giờ 00 phút).",
        "- Điểm cầu Tỉnh ủy Lào Cai: 01 đại biểu vắng mặt (09 giờ 10 phút).",
    ]


def test_a_scan_that_was_taken_back_is_told_nowhere() -> None:
    assert "late" in drafted(sealed("08:35", 11, (4, "present", "08:34")))
    blocks = drafted(sealed("08:35", 11, (4, "present", "08:34")), sealed("08:36", 12, (4, "", "08:36")))
    assert "late" not in blocks
    assert last_line(blocks) == "Đại biểu được triệu tập: 06; có mặt: 04; vắng mặt: 00; chưa điểm danh: 02."


def test_who_is_marked_after_the_end_is_there_and_came_at_no_hour_of_the_meeting() -> None:
    over = entry("meeting.adjourned", "11:00", 19, chair="X")
    assert "late" not in drafted(over, told(4, "11:20", "present", ("11:00", None)))
    from_paper = told(4, "11:20", "left", ("08:50", "10:00"), since="10:00")
    assert "01 đại biểu có mặt (08 giờ 50 phút); 01 đại biểu ra về (10 giờ 00 phút)" in drafted(over, from_paper)["late"].text


def test_a_hall_counted_by_head_is_told_with_its_number() -> None:
    count: dict[str, Any] = {"bridge_point": 2, "bridge_point_name": LAO_CAI, "present": 45, "expected": 50}
    blocks = drafted(entry("hall_count.entered", "08:45", 11, **count))
    assert blocks["attendance"].text.splitlines()[2] == "2 | Tỉnh ủy Lào Cai | 50 | 45 | 0 | 5"
    assert "điểm cầu Tỉnh ủy Lào Cai: 45/50 đại biểu có mặt theo số đếm (08 giờ 45 phút)" in blocks["late"].text
    again = entry("hall_count.entered", "09:30", 12, **count | {"present": 46})
    assert drafted(entry("hall_count.entered", "08:45", 11, **count), again)["late"].text == (
        "Trong thời gian họp ghi nhận thêm: điểm cầu Tỉnh ủy Lào Cai: 46/50 đại biểu có mặt theo số đếm (09 giờ 30 phút)."
    )
    gone = entry("hall_count.withdrawn", "08:46", 12, bridge_point=2, bridge_point_name=LAO_CAI)
    assert "late" not in drafted(entry("hall_count.entered", "08:45", 11, **count), gone)
    assert (
        drafted(entry("hall_count.entered", "08:45", 11, **count), gone)["attendance"]
        .text.splitlines()[2]
        .startswith("2 | Tỉnh ủy Lào Cai | 2 | 1")
    )


def test_what_was_settled_by_hand_stands_and_a_mark_tells_since_when() -> None:
    settled: dict[str, Any] = {"conflict": 1, "kind_of_conflict": "two_places", "by_hand": True, "state": "absent"}
    settled |= {"bridge_point": 2, "bridge_point_name": LAO_CAI, "participants": [{"id": 3, "name": "A", "office": ""}]}
    late = entry("presence.marked", "09:30", 12, **marked(2, LAO_CAI, "present", 4), at=at("08:50").isoformat())
    blocks = drafted(entry("conflict.settled", "09:00", 11, **settled), late)
    assert last_line(blocks) == "Đại biểu được triệu tập: 06; có mặt: 04; vắng mặt: 01; chưa điểm danh: 01."
    assert "01 đại biểu có mặt (08 giờ 50 phút)" in blocks["late"].text


def test_substitutes_are_told_among_those_present() -> None:
    row: dict[str, Any] = person(8, "Trương Văn Thay", "delegate", 2) | {"substitute_for": 4}
    come = entry("participant.substituted", "08:31", 11, participant=4, name="Vàng Seo Hai", office="", substitute=row)
    blocks = drafted(come, entry("presence.marked", "08:32", 12, **marked(2, LAO_CAI, "present", 8)))
    assert (
        last_line(blocks) == "Đại biểu được triệu tập: 06; có mặt: 05 (trong đó dự thay: 01); vắng mặt: 00; chưa điểm danh: 01."
    )


def test_each_body_is_told_with_its_quorum_and_when_it_crossed_the_line() -> None:
    crossing: dict[str, Any] = {"body": 1, "name": "Ban Chấp hành", "present": 1, "entitled": 3, "needed": 2}
    blocks = drafted(
        body(1, 3, 4),
        entry("presence.marked", "09:10", 12, **marked(2, LAO_CAI, "left", 3)),
        entry("quorum.lost", "09:10", 13, **crossing),
        entry("presence.marked", "09:20", 14, **marked(2, LAO_CAI, "present", 3)),
        entry("quorum.reached", "09:20", 15, **crossing | {"present": 2}),
    )
    assert last_line(blocks) == "Ban Chấp hành: có mặt 02/03, cần 02 – đủ số đại biểu theo quy định."
    assert blocks["quorum"].text.splitlines() == [
        "Vào hồi 09 giờ 10 phút, Ban Chấp hành không còn đủ số đại biểu theo quy định (có mặt 01/03, cần 02).",
        "Vào hồi 09 giờ 20 phút, Ban Chấp hành đủ số đại biểu theo quy định (có mặt 02/03, cần 02).",
    ]


def test_a_body_that_was_taken_out_is_told_nowhere() -> None:
    crossing: dict[str, Any] = {"body": 1, "name": "Ban Chấp hành", "present": 1, "entitled": 3, "needed": 2}
    lost = entry("quorum.lost", "09:10", 12, **crossing)
    assert "quorum" in drafted(body(1, 3, 4), lost)
    gone = drafted(body(1, 3, 4), lost, entry("body.removed", "09:20", 13, body=1, name="Ban Chấp hành"))
    assert "quorum" not in gone
    assert "Ban Chấp hành" not in gone["composition"].text


def test_a_substitute_counts_for_the_member_where_the_body_lets_it() -> None:
    row: dict[str, Any] = person(8, "Trương Văn Thay", "delegate", 2) | {"substitute_for": 4}
    come = entry("participant.substituted", "08:31", 12, participant=4, name="Vàng Seo Hai", office="", substitute=row)
    there = entry("presence.marked", "08:32", 13, **marked(2, LAO_CAI, "present", 8))
    assert "có mặt 02/03, cần 02 – đủ" in last_line(drafted(body(1, 4, 7), come, there))
    assert "có mặt 01/03, cần 02 – không đủ" in last_line(drafted(body(1, 4, 7, counts_substitutes=False), come, there))


def test_a_roll_call_is_told_when_it_is_over_with_who_did_not_answer() -> None:
    said: dict[str, Any] = {
        "roll_call": 1,
        "number": 1,
        "called": 34,
        "here": 33,
        "silent": [{"id": 9, "name": "Tỉnh ủy Cà Mau"}],
    }
    assert drafted(Entry(11, "roll_call.closed", said, at("08:29")))["roll_calls"].text == (
        "Điểm danh các điểm cầu (kết thúc lúc 08 giờ 29 phút): 33/34 điểm cầu có mặt; không trả lời: Tỉnh ủy Cà Mau."
    )
