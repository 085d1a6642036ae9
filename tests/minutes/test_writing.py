"""What the minutes say of each kind of fact."""

from __future__ import annotations

from datetime import date

import pytest

from minutes.unsaid import NOT_MINUTED
from minutes.writing import MINUTED, Entry, Frame, addressed, number, sentence, speaker
from tests.minutes.telling import at, entry, item, marked, speech

DAY = date(2025, 11, 26)
LAO_CAI = "Tỉnh ủy Lào Cai"


def said(one: Entry) -> str:
    return MINUTED[one.kind](one, Frame(DAY))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            entry("meeting.opened", "08:05", chair="X"),
            "Hội nghị khai mạc vào hồi 08 giờ 05 phút, ngày 26 tháng 11 năm 2025",
        ),
        (entry("meeting.suspended", "09:00", chair="X"), "Hội nghị tạm nghỉ từ 09 giờ 00 phút"),
        (entry("meeting.resumed", "09:15", chair="X"), " đến 09 giờ 15 phút"),
        (
            entry("meeting.adjourned", "11:45", chair="X"),
            "Hội nghị kết thúc vào hồi 11 giờ 45 phút, ngày 26 tháng 11 năm 2025",
        ),
        (entry("item.opened", "08:30", **item(1, "Báo cáo")), "Thời gian: từ 08 giờ 30 phút"),
        (entry("item.closed", "08:40", item=1, position=1, title="Báo cáo"), " đến 08 giờ 40 phút"),
        (entry("item.deferred", "08:41", item=1, position=1, title="Báo cáo"), "“Báo cáo” (hoãn lúc 08 giờ 41 phút)"),
        (
            entry("floor.given", "08:44", **speech(1, "Giàng A Đại", "Phó Bí thư", LAO_CAI)),
            "đồng chí Giàng A Đại, Phó Bí thư, điểm cầu Tỉnh ủy Lào Cai, phát biểu từ 08 giờ 44 phút",
        ),
        (
            entry("floor.given", "08:44", **speech(1, LAO_CAI, bridge_point=LAO_CAI)),
            "đại diện điểm cầu Tỉnh ủy Lào Cai phát biểu từ 08 giờ 44 phút",
        ),
        (entry("floor.yielded", "08:52", **speech(1, "A"), seconds=480), " đến 08 giờ 52 phút"),
        (
            entry("presence.marked", "08:35", **marked(2, LAO_CAI, "present", 1, 2)),
            "điểm cầu Tỉnh ủy Lào Cai: 02 đại biểu có mặt (08 giờ 35 phút)",
        ),
        (
            entry("presence.marked", "08:35", **marked(2, "Điểm cầu trung tâm", "absent", 1)),
            "điểm cầu trung tâm: 01 đại biểu vắng mặt (08 giờ 35 phút)",
        ),
    ],
)
def test_each_kind_of_fact_has_its_phrase(one: Entry, words: str) -> None:
    assert said(one) == words


def test_another_day_is_named() -> None:
    assert said(entry("item.opened", "08:30", day=27, **item(1, "B"))) == "Thời gian: từ 08 giờ 30 phút ngày 27/11/2025"


def test_hours_are_those_of_vietnam() -> None:
    utc = Entry(1, "meeting.suspended", {"chair": "X"}, at("08:30").astimezone(tz=None))
    assert said(utc) == "Hội nghị tạm nghỉ từ 08 giờ 30 phút"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn Văn A", "đồng chí Nguyễn Văn A"),
        ("Đại diện Tỉnh ủy", "Đại diện Tỉnh ủy"),
        ("Ban Tổ chức", "Ban Tổ chức"),
        ("Chủ tọa Hội nghị", "Chủ tọa Hội nghị"),
    ],
)
def test_a_body_is_no_comrade(name: str, words: str) -> None:
    assert addressed(name) == words


def test_a_speaker_without_office_or_bridge_point_is_named_alone() -> None:
    assert speaker(speech(1, "Lâm Út Tư")) == "đồng chí Lâm Út Tư"


def test_a_state_body_addresses_nobody_as_comrade() -> None:
    given = entry("floor.given", "08:44", **speech(1, "Lâm Út Tư", "Phó Giám đốc"))
    assert MINUTED["floor.given"](given, Frame(DAY, is_state=True)).startswith("ông/bà Lâm Út Tư, Phó Giám đốc, phát biểu")
    assert addressed("Ban Tổ chức", is_state=True) == "Ban Tổ chức"


@pytest.mark.parametrize(("count", "words"), [(0, "00"), (5, "05"), (10, "10"), (1234, "1.234"), (978532, "978.532")])
def test_counts_have_two_figures_at_least(count: int, words: str) -> None:
    assert number(count) == words


def test_a_sentence_begins_with_a_capital_and_ends_with_one_stop() -> None:
    assert sentence("đồng chí A phát biểu.") == "Đồng chí A phát biểu."


def test_what_is_not_minuted_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in NOT_MINUTED.values())
    assert not MINUTED.keys() & NOT_MINUTED.keys()
