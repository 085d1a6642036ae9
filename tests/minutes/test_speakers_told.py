"""What the minutes say of the list of speakers: out of turn and why, points of order, more time, who was named while speaking."""

from __future__ import annotations

from typing import Any

import pytest

from minutes.drafting import draft
from tests.minutes.telling import entry, item, preparation, speech

LAO_CAI = "Tỉnh ủy Lào Cai"


def told(*happened: tuple[str, str, dict[str, Any]]) -> str:
    """Return what is said of the item in which these things happened."""
    entries = [
        *preparation(),
        entry("meeting.opened", "08:32", 10, chair="Nguyễn Văn Chủ"),
        entry("item.opened", "08:42", 11, **item(2, "Thảo luận", 30, "discussion")),
        *(entry(kind, hour, 12 + at, **payload) for at, (kind, hour, payload) in enumerate(happened)),
    ]
    return next(one.text for one in draft(entries) if one.key == "item:2")


def given(**kw: Any) -> tuple[str, str, dict[str, Any]]:
    return "floor.given", "08:44", speech(1, "Giàng A Đại", "Phó Bí thư", LAO_CAI) | kw


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind_of_speech": "point_of_order"}, "nêu ý kiến về thủ tục từ 08 giờ 44 phút"),
        ({"kind_of_speech": "reply"}, "phát biểu trả lời từ 08 giờ 44 phút"),
        ({"kind_of_speech": "registered"}, "phát biểu từ 08 giờ 44 phút"),
        ({"why": "phải về\nsớm", "place": 3}, "phát biểu (ngoài thứ tự đăng ký, lý do: phải về sớm) từ 08 giờ 44 phút"),
    ],
)
def test_the_kind_of_a_speech_and_why_it_was_out_of_turn_are_told(fields: dict[str, Any], words: str) -> None:
    assert words in told(given(**fields))


def test_more_time_is_told_behind_the_end() -> None:
    more = ("floor.extended", "08:48", speech(1, "Giàng A Đại") | {"minutes": 2, "limit": 7})
    end = ("floor.yielded", "08:52", speech(1, "Giàng A Đại") | {"seconds": 480})
    assert "đến 08 giờ 52 phút (được thêm 02 phút)." in told(given(), more, end)


def test_who_was_named_while_speaking_is_told_by_name() -> None:
    unnamed = ("floor.given", "08:44", speech(1, LAO_CAI, bridge_point=LAO_CAI))
    named = ("floor.named", "08:45", speech(1, "Vàng Seo Hai", "Ủy viên", LAO_CAI) | {"before": LAO_CAI, "speaking": True})
    text = told(unnamed, named)
    assert "Đồng chí Vàng Seo Hai, Ủy viên" in text
    assert "Đại diện" not in text
