"""The draft of a small conference, block by block."""

from __future__ import annotations

from typing import Any

import pytest

from minutes import story
from minutes.drafted import Drafted
from minutes.drafting import Issuer, blocks_of, draft
from minutes.writing import Entry
from tests.minutes.telling import conference, entry, item, marked, person, preparation, speech


def drafted(entries: list[Entry]) -> dict[str, Drafted]:
    return {block.key: block for block in draft(entries, parent_body="Ban Chấp hành Trung ương")}


def test_the_blocks_stand_in_the_order_of_the_paper() -> None:
    assert [block.key for block in draft(conference())] == [
        "issuer", "number", "place", "abstract", "time", "composition", "attendance", "late", "course", "item:1", "item:2",
        "recess:24", "deferred", "not_held", "end", "writer", "chair",
    ]  # fmt: skip


def test_the_head_comes_from_the_meeting() -> None:
    blocks = drafted(conference())
    assert (blocks["issuer"].heading, blocks["issuer"].text) == ("Ban Chấp hành Trung ương", "Văn phòng Trung ương Đảng")
    assert blocks["number"].text.endswith("-BB/VPTW")
    assert blocks["number"].text.startswith("\u00a0")
    assert (blocks["place"].text, blocks["abstract"].text) == ("Hà Nội", "Hội nghị công tác văn phòng")


def test_a_late_opening_says_when_it_was_planned() -> None:
    assert drafted(conference())["time"].text.splitlines() == [
        "Hội nghị khai mạc vào hồi 08 giờ 32 phút, ngày 26 tháng 11 năm 2025 (dự kiến 08 giờ 30 phút).",
        "Địa điểm: Hội trường A, Hà Nội.",
        "Hình thức: trực tiếp kết hợp trực tuyến, qua 02 điểm cầu.",
    ]


def test_the_composition_counts_who_came_and_not_the_staff() -> None:
    assert drafted(conference())["composition"].text.splitlines() == [
        "Chủ trì: đồng chí Nguyễn Văn Chủ, Trưởng ban.",
        "Thư ký: đồng chí Trần Thị Thư, Thư ký.",
        "Đại biểu được triệu tập: 06; có mặt: 05; vắng mặt: 00; chưa điểm danh: 01.",
    ]


def test_a_state_body_names_people_without_comrade_and_its_own_signers() -> None:
    blocks = {block.key: block for block in blocks_of(story.read(conference()), Issuer("UBND tỉnh", is_state=True))}
    assert blocks["composition"].text.startswith("Chủ trì: ông/bà Nguyễn Văn Chủ, Trưởng ban.\nThư ký: ông/bà Trần Thị Thư")
    assert not any("đồng chí" in block.text.lower() for block in blocks.values())
    assert [blocks[key].heading for key in ("writer", "chair")] == ["Thư ký", "Chủ tọa"]


def test_the_table_has_a_line_for_each_bridge_point_and_the_sum() -> None:
    assert drafted(conference())["attendance"].text.splitlines() == [
        "TT | Điểm cầu | Triệu tập | Có mặt | Vắng mặt | Chưa điểm danh",
        "1 | Điểm cầu trung tâm | 3 | 3 | 0 | 0",
        "2 | Tỉnh ủy Lào Cai | 2 | 2 | 0 | 0",
        "3 | Đại biểu khác | 1 | 0 | 0 | 1",
        " | Tổng cộng | 6 | 5 | 0 | 1",
    ]


def test_the_column_of_those_nobody_marked_is_left_out_when_all_were() -> None:
    rest = entry("presence.marked", "08:02", 9, **marked(0, "", "absent", 7, 4))
    text = drafted([*preparation(), rest, entry("meeting.opened", "08:30", 10, chair="X")])["attendance"].text
    assert text.splitlines()[0] == "TT | Điểm cầu | Triệu tập | Có mặt | Vắng mặt"
    assert text.splitlines()[-1] == " | Tổng cộng | 6 | 4 | 2"


def test_who_came_late_is_told_with_the_hour() -> None:
    assert drafted(conference())["late"].text == (
        "Trong thời gian họp ghi nhận thêm: điểm cầu Tỉnh ủy Lào Cai: 01 đại biểu có mặt (08 giờ 35 phút)."
    )


def test_an_item_tells_its_times_presenter_speakers_and_recess_and_owns_up_to_its_over_run() -> None:
    block = drafted(conference())["item:2"]
    assert (block.kind, block.heading, block.first, block.last) == ("point", "Tham luận", 15, 23)
    assert block.text.splitlines() == [
        "Thời gian: từ 08 giờ 42 phút đến 09 giờ 26 phút (34 phút không kể tạm nghỉ, vượt 4 phút so với dự kiến 30 phút).",
        "Người thực hiện: Đại diện điểm cầu.",
        "- Đại diện điểm cầu Tỉnh ủy Lào Cai phát biểu từ 08 giờ 44 phút đến 08 giờ 52 phút.",
        "Hội nghị tạm nghỉ từ 08 giờ 53 phút đến 09 giờ 03 phút.",
        "- Đồng chí Giàng A Đại, Phó Bí thư, điểm cầu Tỉnh ủy Lào Cai, phát biểu từ 09 giờ 04 phút đến 09 giờ 14 phút.",
    ]


def test_an_item_within_its_time_says_only_how_long_it_took() -> None:
    assert drafted(conference())["item:1"].text.splitlines() == [
        "Thời gian: từ 08 giờ 32 phút đến 08 giờ 40 phút (8 phút).",
        "Người trình bày: Chánh Văn phòng.",
    ]


def test_a_recess_between_items_is_told_in_its_place() -> None:
    assert drafted(conference())["recess:24"].text == "Hội nghị tạm nghỉ từ 09 giờ 27 phút đến 09 giờ 30 phút."


def test_what_was_put_off_or_never_opened_is_named() -> None:
    blocks = drafted(conference())
    assert blocks["deferred"].text == "Nội dung hoãn lại: “Nội dung 3” (hoãn lúc 08 giờ 41 phút)."
    assert blocks["not_held"].text == "Nội dung trong chương trình chưa tiến hành: “Nội dung 4”."


def test_an_item_put_off_and_held_after_all_is_told_as_held() -> None:
    story = conference()[:15]
    story += [entry("item.opened", "08:45", 16, **item(3, "Nội dung 3")), entry("item.closed", "08:50", 17, item=3)]
    blocks = drafted(story)
    assert "deferred" not in blocks
    assert blocks["item:3"].heading == "Nội dung 3"


def test_the_end_is_told_and_who_signs() -> None:
    blocks = drafted(conference())
    assert blocks["end"].text == "Hội nghị kết thúc vào hồi 09 giờ 31 phút, ngày 26 tháng 11 năm 2025."
    assert (blocks["writer"].heading, blocks["writer"].text) == ("Người ghi biên bản", "Trần Thị Thư")
    assert (blocks["chair"].heading, blocks["chair"].text) == ("Chủ trì Hội nghị", "Nguyễn Văn Chủ")


def test_a_draft_in_the_middle_says_that_it_is_not_over() -> None:
    blocks = drafted(conference()[:17])
    assert "đang tiến hành khi lập dự thảo" in blocks["item:2"].text
    assert blocks["item:2"].text.splitlines()[-1] == "- Đại diện điểm cầu Tỉnh ủy Lào Cai phát biểu từ 08 giờ 44 phút."
    assert blocks["end"].text == "Hội nghị chưa kết thúc khi lập dự thảo này."


def test_without_any_item_the_course_says_so() -> None:
    blocks = drafted([*preparation(), entry("meeting.opened", "08:30", 10, chair="X")])
    assert blocks["course"].text == "Chưa có nội dung nào được tiến hành."


def test_a_meeting_that_was_never_opened_has_no_minutes() -> None:
    with pytest.raises(ValueError, match="never opened"):
        draft(preparation())


def test_names_are_those_of_their_moment() -> None:
    renamed: dict[str, Any] = {"participant": 3, "name": "Tên Mới", "office": "", "role": "delegate", "bridge_point": 2}
    blocks = drafted([*conference(), entry("participant.edited", "10:00", 27, **renamed)])
    assert "Giàng A Đại" in blocks["item:2"].text
    assert "Tên Mới" not in blocks["item:2"].text


def test_a_meeting_without_chair_or_secretary_on_its_list_leaves_room_for_the_writer_and_names_who_opened() -> None:
    story = [entry for entry in conference() if entry.kind != "participants.added"]
    story.insert(2, entry("participants.added", "07:02", 3, participants=[person(9, "Ai Đó", "delegate", 1)]))
    blocks = drafted(story)
    assert blocks["writer"].text == ""
    assert blocks["chair"].text == "Nguyễn Văn Chủ"
    assert "Chủ trì:" not in blocks["composition"].text


def test_line_breaks_and_bars_in_titles_and_names_make_no_new_lines_or_cells() -> None:
    story = conference()
    story[1] = entry("bridge_points.added", number=2, bridge_points=[{"id": 1, "number": 1, "name": "A | B\nC", "central": True}])
    story[10] = entry("item.opened", "08:32", 11, **item(1, "Dòng một\nDòng hai", presenter="P\n\nQ"))
    blocks = drafted(story)
    assert "1 | A / B C | 3 | 3 | 0 | 0" in blocks["attendance"].text.splitlines()
    assert blocks["item:1"].heading == "Dòng một Dòng hai"
    assert blocks["item:1"].text.splitlines()[1] == "Người trình bày: P Q."


def test_five_hundred_items_with_speeches_are_drafted() -> None:
    story = [*preparation(), entry("meeting.opened", "08:30", 10, chair="X")]
    for n in range(10, 510):
        at = len(story)
        story += [
            entry("item.opened", "08:31", at, **item(n, f"Nội dung {n}")),
            entry("floor.given", "08:32", at + 1, **speech(n, "A")),
            entry("floor.yielded", "08:33", at + 2, **speech(n, "A"), seconds=60),
            entry("item.closed", "08:34", at + 3, item=n, position=n, title="N"),
        ]
    assert sum(key.startswith("item:") for key in drafted(story)) == 500
