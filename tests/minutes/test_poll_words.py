"""What the minutes say of votes: the numbers of the one result, in an office's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from minutes.writing import MINUTED, Entry, Frame, sentence
from voting.majority import Majority
from voting.result import Choice, Figures, Hall, result_of

AT = datetime(2025, 11, 26, 4, 36, tzinfo=UTC)
FRAME = Frame(AT.date())
MOTION = [Choice(1, "for", "Tán thành"), Choice(2, "against", "Không tán thành"), Choice(3, "abstain", "Không biểu quyết")]


def said(kind: str, **payload: Any) -> str:
    told = {"number": 3, "occasion": "room", "is_secret": False, "question": "Thông qua  Báo cáo"} | payload
    return sentence(MINUTED[kind](Entry(9, kind, told, AT), FRAME))


def test_a_motion_is_told_with_all_its_numbers() -> None:
    result = result_of(Majority(), MOTION, Figures(836, 812, 812, {1: 806, 2: 2, 3: 4})).plain()
    assert said("poll.declared", result=result) == (
        "Vào hồi 11 giờ 36 phút, công bố kết quả biểu quyết công khai (số 3) về nội dung “Thông qua Báo cáo”: 806/812 đại biểu "
        "có mặt tán thành (99,3%), 02 không tán thành (0,2%), 04 không biểu quyết (0,5%). Nội dung này được thông qua (cần 407)."
    )


def test_halls_invalid_papers_and_who_was_silent_are_told_where_there_are_any() -> None:
    hall = Hall(4, "Lào Cai", {1: 30, 2: 1, 3: 0}, voters=32, invalid=1, is_accepted=True)
    result = result_of(Majority("entitled", 2, 3, False), MOTION, Figures(120, 100, 60, {1: 45, 2: 13, 3: 2}, [hall])).plain()
    words = said("poll.declared", result=result, is_secret=True)
    assert "bỏ phiếu kín" in words
    assert "; trong đó 32 phiếu kiểm tại 01 hội trường; 01 phiếu không hợp lệ; 08 người có mặt không gửi phiếu. " in words
    assert words.endswith("Nội dung này không được thông qua (cần 80).")


def test_a_choice_is_told_by_votes_with_who_is_chosen_and_who_is_equal() -> None:
    options = [Choice(n, "", name) for n, name in enumerate(("An", "Bình", "Cường"), start=1)]
    result = result_of(Majority("cast"), options, Figures(10, 10, 10, {1: 6, 2: 9, 3: 6}), seats=2).plain()
    words = said("poll.declared", result=result)
    assert "10 phiếu, tỷ lệ tính trên 10 phiếu đã biểu quyết: Bình: 09 phiếu (90,0%); An: 06 phiếu (60,0%); Cường:" in words
    assert words.endswith("Được chọn: Bình (cần 06 phiếu); bằng phiếu ở vị trí cuối: An, Cường.")


def test_a_cancelled_vote_tells_no_votes() -> None:
    assert said("poll.cancelled", why="Câu hỏi chưa rõ") == (
        "Vào hồi 11 giờ 36 phút, hủy biểu quyết số 3 về nội dung “Thông qua Báo cáo”, không có kết quả, lý do: Câu hỏi chưa rõ."
    )
