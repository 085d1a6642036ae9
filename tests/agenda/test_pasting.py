"""Lines of a letter read as items. Pure."""

from __future__ import annotations

import unicodedata
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.pasting import Line, read_lines
from tests.sizes import EXAMPLES


def one(text: str) -> Line:
    return read_lines(text)[0]


@pytest.mark.parametrize(
    ("text", "title", "presenter", "minutes"),
    [
        ("8:30 Khai mạc – Chánh Văn phòng (10 phút)", "Khai mạc", "Chánh Văn phòng", 10),
        ("08h30 - 08h45: Khai mạc - Chánh Văn phòng", "Khai mạc", "Chánh Văn phòng", 15),
        ("8 giờ 30 Khai mạc", "Khai mạc", "", 10),
        ("8.30–9.00 Khai mạc", "Khai mạc", "", 30),
        ("1. Báo cáo tổng kết\tPhó Chánh Văn phòng\t20'", "Báo cáo tổng kết", "Phó Chánh Văn phòng", 20),
        ("Thảo luận tổ | Tổ trưởng | 45p", "Thảo luận tổ", "Tổ trưởng", 45),
        ("Thảo luận (1 giờ 30 phút)", "Thảo luận", "", 90),
        ("Triển khai 57-NQ/TW – Phần một – Tỉnh ủy Lào Cai", "Triển khai 57-NQ/TW – Phần một", "Tỉnh ủy Lào Cai", 10),
        ("Báo cáo 6 tháng đầu năm 2025", "Báo cáo 6 tháng đầu năm 2025", "", 10),
        ("25:99 Không phải giờ", "25:99 Không phải giờ", "", 10),
    ],
)  # fmt: skip
def test_a_line_of_a_programme_is_recognised(text: str, title: str, presenter: str, minutes: int) -> None:
    line = one(text)
    assert (line.title, line.presenter, line.minutes, line.problem) == (title, presenter, minutes, "")
    assert one(unicodedata.normalize("NFD", text).replace(" ", "\u00a0")) == line


def test_lengths_follow_from_the_next_lines_time_and_a_gap_is_a_fixed_start() -> None:
    lines = read_lines("8:30 Khai mạc\n8:40 Báo cáo\n9:00 Thảo luận (10 phút)\n10:00 Kết luận")
    assert [(line.minutes, line.begins_at) for line in lines] == [(10, None), (20, None), (10, None), (10, time(10, 0))]


def test_levels_come_from_indentation_or_numbers() -> None:
    lines = read_lines("1. Phần một\n1.1. Mở đầu\n2. Phần hai\n    Thảo luận\n  - Tổ 1")
    assert [(line.title, line.depth) for line in lines] == [
        ("Phần một", 0), ("Mở đầu", 1), ("Phần hai", 0), ("Thảo luận", 2), ("Tổ 1", 1)
    ]  # fmt: skip


def test_kinds_are_guessed_from_the_first_words() -> None:
    lines = read_lines("Nghỉ giải lao\nKhai mạc\nBáo cáo\nTham luận\nBiểu quyết\nBế mạc\nKhác gì đó")
    assert [line.kind for line in lines] == ["break", "opening", "report", "speeches", "vote", "conclusion", "other"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("(10 phút)", "no_title"), ("x" * 401, "too_long"), ("Dài (2000 phút)", "minutes"), ("A (0 phút)", "minutes")],
)
def test_what_cannot_be_an_item_says_why(text: str, problem: str) -> None:
    assert one(text).problem == problem


@pytest.mark.long
@settings(max_examples=EXAMPLES)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for line in read_lines(text):
        assert line.problem or (line.title and 1 <= line.minutes <= 1440 and 0 <= line.depth <= 2)
