"""Number line, place, numbering and tables."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from minutes.heads import UNKNOWN_PLACE, in_lines, symbol, town
from minutes.layout import laid_out, rows_of, table_of


@dataclass
class Block:
    key: str
    kind: str
    heading: str = ""
    text: str = ""


@pytest.mark.parametrize(
    ("body", "short"),
    [
        ("Văn phòng Trung ương Đảng", "VPTW"),
        ("Tỉnh ủy Lào Cai", "TU"),
        ("Thành uỷ Hà Nội", "TU"),
        ("Văn phòng Tỉnh ủy Lào Cai", "VPTU"),
        ("Ban Tổ chức Trung ương", "BTCTW"),
        ("Đảng ủy Công an Trung ương", "ĐU"),
    ],
)
def test_a_body_is_abbreviated_as_papers_number_by_it(body: str, short: str) -> None:
    assert symbol(body) == short


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Hà Nội", "Hà Nội"),
        ("Trụ sở Văn phòng, số 1A Hùng Vương, Hà Nội", "Hà Nội"),
        ("Hội trường, thành phố Huế", "Huế"),
        ("Hội trường trung tâm", UNKNOWN_PLACE),
        ("Số 5", UNKNOWN_PLACE),
        ("", UNKNOWN_PLACE),
    ],
)
def test_a_paper_is_dated_in_a_town_or_leaves_room(place: str, found: str) -> None:
    assert town(place) == found


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai"),
        ("Văn phòng Trung ương Đảng", "Văn phòng\nTrung ương Đảng"),
        ("Đ" * 60, "Đ" * 60),
        ("Văn phòng\nTrung ương Đảng", "Văn phòng\nTrung ương Đảng"),
    ],
)
def test_a_long_body_stands_in_two_lines(body: str, lines: str) -> None:
    assert in_lines(body) == lines


def test_parts_and_points_are_numbered_by_their_place() -> None:
    kinds = ["head", "section", "point", "point", "section", "text", "point", "signature"]
    sheet = laid_out([Block(str(n), kind) for n, kind in enumerate(kinds)])
    assert [(part.block.kind, part.number) for part in sheet.body] == [
        ("section", "I"), ("point", "1"), ("point", "2"), ("section", "II"), ("text", ""), ("point", "1"),
    ]  # fmt: skip
    assert list(sheet.head) == ["0"]
    assert [block.key for block in sheet.signatures] == ["7"]


def test_a_table_s_lines_become_even_rows_and_numbers_stand_on_the_right() -> None:
    table = table_of("TT | Điểm cầu | Có mặt\n1 | Lào Cai | 9\n | Tổng\n2 | Huế | 1.000 | thừa", "Bảng")
    assert [(c.title, c.width, c.align) for c in table.columns] == [
        ("TT", 10, "centre"), ("Điểm cầu", 0, "left"), ("Có mặt", 25, "right"),
    ]  # fmt: skip
    assert table.rows == [["1", "Lào Cai", "9"], ["", "Tổng", ""], ["2", "Huế", "1.000"]]


def test_no_text_is_a_table_of_one_empty_title() -> None:
    assert rows_of("\n \n") == []
    assert [column.title for column in table_of("").columns] == [""]
