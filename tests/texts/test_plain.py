"""Plain text: what people write where no editor runs is read as they mean it, and what is written is read back."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from texts.nodes import LISTS, document, heading, inside, listing, paragraph, text, words_of
from texts.reading import from_editor, from_plain
from texts.tables import Cell, cells_of, table
from texts.writing import html, plain


def kinds(source: str) -> list[str]:
    return [block["type"] for block in inside(from_plain(source))]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Dòng một\n\n  Dòng hai  \r\nDòng ba", ["paragraph"] * 3),
        ("# Đề mục\n## Nhỏ\n#không", ["heading", "heading", "paragraph"]),
        ("- a\n- b\n-c", ["bullet_list", "paragraph"]),
        ("- a\n\n- b", ["bullet_list", "bullet_list"]),
        ("1. a\n2. b", ["ordered_list"]),
        ("1. Về công tác cán bộ", ["paragraph"]),
        ("1. a\n3. b", ["paragraph", "paragraph"]),
        ("TT | Tên\n1 | An", ["table"]),
        ("Phòng A | Phòng B", ["paragraph"]),
        ("| Phòng A |", ["table"]),
        ("a|b\nc|d", ["paragraph", "paragraph"]),
        ("a \\| b\nc \\| d", ["paragraph", "paragraph"]),
        ("\\- a", ["paragraph"]),
        ("C:\\thumuc\\moi", ["paragraph"]),
    ],
)
def test_lines_are_read_as_they_are_meant(source: str, found: list[str]) -> None:
    assert kinds(source) == found


def test_a_table_has_its_first_row_for_a_heading_and_merged_places() -> None:
    assert html(from_plain("TT | Kết quả | <\n1 | a | b\n^ | c | d")) == (
        '<table class="grid"><thead><tr><th>TT</th><th colspan="2">Kết quả</th></tr></thead><tbody>'
        '<tr><td rowspan="2">1</td><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>'
    )


def test_what_belongs_to_an_item_is_indented_below_it() -> None:
    source = "- a\n  tiếp\n  - b\n    - c\n- d"
    assert plain(from_plain(source)) == source
    assert html(from_plain(source)) == (
        "<ul><li><p>a</p><p>tiếp</p><ul><li><p>b</p><ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    )


def test_a_merge_that_is_no_rectangle_is_no_merge() -> None:
    for source in ("< | a\n^ | <", "a | b\n< | ^", "a | <\n^ | b\n< | ^", "^ | ^\n< | <"):
        block = inside(from_plain(source))[0]
        rows = cells_of(block)
        places = [
            place
            for row in rows for one in row
            for place in product(range(one.row, one.row + one.rowspan), range(one.column, one.column + one.colspan))
        ]  # fmt: skip
        assert len(places) == len(set(places))
        assert from_plain(plain(from_plain(source))) == from_plain(source)


WORDS = [
    "Hội nghị",
    "- gạch",
    "# thăng",
    "1. một",
    "2. hai",
    "a | b",
    "| c |",
    "\\",
    "\\|",
    "<",
    "^",
    "↵",
    "x \\\\ y",
    "3.14",
    "\\- z",
    "a\\",
]


def told(node: Any) -> Any:
    """A document without what plain text does not tell: marks, alignment, headings of tables but the first row."""
    if node["type"] == "table":
        rows = cells_of(node)
        for row in rows:
            for one in row:
                one.is_header = one.row == 0
        return table(
            [
                [Cell([told(block) for block in one.content], one.is_header, one.colspan, one.rowspan) for one in row]
                for row in rows
            ]
        )
    if node["type"] in ("paragraph", "heading"):
        words = words_of(node)
        return (
            heading(node["attrs"]["level"], text(words))
            if node["type"] == "heading"
            else paragraph(*([text(words)] if words else []))
        )
    return {**node, "content": [told(one) for one in inside(node)]}


def made(seed: int) -> Any:
    """A document of all kinds of blocks, the same for the same seed."""
    state = seed

    def pick(count: int) -> int:
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 8) % count

    def para() -> Any:
        return paragraph(text(WORDS[pick(len(WORDS))] + WORDS[pick(len(WORDS))] * pick(2), *["strong"] * pick(2)))

    def block(levels: int) -> Any:
        kind = pick(6)
        if kind < 2 or not levels:
            return para()
        if kind == 2 and levels == 3:
            return heading(1 + pick(2), text(WORDS[pick(len(WORDS))]))
        if kind == 3 and levels == 3:
            cells = [[[para() for _p in range(pick(3))] for _c in range(1 + pick(3))] for _r in range(1 + pick(4))]
            rows = [[Cell(one, colspan=1 + pick(2), rowspan=1 + pick(2)) for one in row] for row in cells]
            return table(rows)
        items = [[para(), *([block(levels - 1)] if pick(3) == 0 else [])] for _i in range(2 + pick(2))]
        items = [[one for one in item if one["type"] in ("paragraph", *LISTS)] for item in items]
        return listing(items, order=1 + pick(3)) if pick(2) else listing(items)

    return from_editor(document([block(3) for _b in range(1 + pick(6))]))


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_what_is_written_as_plain_text_is_read_back(start: int) -> None:
    for seed in range(start, start + 100):
        doc = made(seed)
        assert from_plain(plain(doc)) == from_editor(told(doc)), plain(doc)
