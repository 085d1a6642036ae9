"""Rich text on paper: paragraphs, lists, tables in the vocabulary of papers; its last word ends with the layout's mark."""

from __future__ import annotations

import re
from typing import Any

import pytest

from minutes.papers import rich
from texts.reading import from_plain


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "content": list(blocks)}


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"marks": [{"type": mark} for mark in marks]} if marks else {})}


def para(*runs: dict[str, Any], **attrs: Any) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(runs), **({"attrs": attrs} if attrs else {})}


def cell(words: str, kind: str = "table_cell", **attrs: Any) -> dict[str, Any]:
    return {"type": kind, "content": [para(text(words))], "attrs": attrs}


def table(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in rows]}


def test_words_marks_and_alignment_come_over() -> None:
    made = rich.html(doc(para(text("a "), text("b", "strong", "em"), {"type": "hard_break"}, text("<c>"), align="center")))
    assert made == '<p class="centred">a <em><strong>b</strong></em><br>&lt;c&gt;</p>\n'


def test_lists_and_headings_come_over() -> None:
    item = {
        "type": "list_item",
        "content": [
            para(text("một")),
            {"type": "bullet_list", "content": [{"type": "list_item", "content": [para(text("hai"))]}]},
        ],
    }
    made = rich.html(
        doc(
            {"type": "heading", "attrs": {"level": 2}, "content": [text("Đầu")]},
            {"type": "ordered_list", "attrs": {"order": 3}, "content": [item]},
        )
    )
    assert made == '<h4>Đầu</h4>\n<ol start="3"><li>một<ul><li>hai</li></ul></li></ol>\n'


def test_a_table_knows_its_heading_its_narrow_columns_and_its_merged_cells() -> None:
    plain = table(
        [cell("TT", "table_header"), cell("Tên", "table_header"), cell("Số", "table_header")], [cell("1"), cell("A"), cell("12")]
    )
    made = rich.html(doc(plain))
    assert '<colgroup><col class="w10"><col><col class="w25"></colgroup>' in made
    assert "<thead><tr><th>TT</th><th>Tên</th><th>Số</th></tr>\n</thead>" in made
    assert '<td class="centre">1</td><td>A</td><td class="right">12</td>' in made
    merged = rich.html(doc(table([cell("x", colspan=2, rowspan=2), cell("y")], [cell("z")])))
    assert '<td colspan="2" rowspan="2">x</td><td>y</td>' in merged


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (doc(para(text("Xong."))), "<p>Xong./.</p>\n"),
        (doc(para(text("Xong. "), text("  "))), "<p>Xong./.  </p>\n"),
        (doc(para(text("a")), para()), "<p>a./.</p>\n"),
        (doc(table([cell("x")])), "x</td>"),
        (
            doc({"type": "bullet_list", "content": [{"type": "list_item", "content": [para(text("b;"))]}]}),
            "<ul><li>b./.</li></ul>\n",
        ),
        (doc(), ""),
    ],
)
def test_the_last_word_ends_with_the_mark(value: dict[str, Any], end: str) -> None:
    assert end in rich.html(rich.ended(value, "./."))


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"type": "doc", "content": 7},
        doc({"type": "paragraph", "content": "x"}),
        doc({"type": "script", "content": [text("x")]}),
        doc({"type": "heading", "attrs": {"level": "9"}, "content": [text("x")]}),
        doc(para({"type": "image", "src": "x"})),
        doc({"type": "text", "text": "x"}),
        doc(table()),
        doc(table([])),
        doc(para({"type": "text"})),
        doc({"type": None}),
        doc(para({"type": "text", "text": "x", "marks": ["strong", {"type": ["a"]}]})),
        doc(table([cell("x", colspan=True, rowspan=-1)])),
    ],
)
def test_what_is_no_rich_text_breaks_nothing(value: dict[str, Any]) -> None:
    assert "<script" not in rich.html(value)
    rich.ended(value, ".")
    rich.plain(value)


def test_lines_typed_plainly_say_the_same_as_lines_drawn_from_data() -> None:
    drawn = rich.paragraphs("Một.\nHai.")
    assert rich.same(drawn, from_plain("Một.\nHai."))
    assert not rich.same(drawn, from_plain("Một.\nBa."))
    assert not rich.same(drawn, doc(para(text("Một.")), para(text("Hai.", "strong"))))


def test_the_fullest_column_of_a_table_gets_most_of_the_page() -> None:
    """Nothing is asked of who writes it: the task has more room than the day it is due, and no date is broken."""
    task = "Xây dựng quy trình phục vụ hội nghị trực tuyến. " * 2
    lines = ["TT | Nhiệm vụ | Thời hạn", f"1 | {task} | 31/10/2026", f"2 | {task} | 30/9/2026"]
    html = rich.html(from_plain("\n".join(lines)))
    assert '<col class="w10"><col><col class="w25">' in html


def test_columns_that_hold_alike_share_alike() -> None:
    html = rich.html(from_plain("Điểm cầu | Chủ trì\nLào Cai | Hà Tĩnh"))
    assert "<colgroup><col><col></colgroup>" in html


@pytest.mark.parametrize(
    ("align", "made"), [("right", '<p class="right">x</p>'), ("left", '<p class="left">x</p>'), (None, "<p>x</p>")]
)
def test_a_paragraph_stands_where_it_was_put(align: str | None, made: str) -> None:
    assert rich.html(doc(para(text("x"), align=align))).strip() == made


def test_what_is_put_to_the_right_in_a_cell_stands_there() -> None:
    moved = {"type": "table_cell", "content": [para(text("7"), align="right")]}
    assert '<td class="right">7</td>' in rich.html(doc(table([cell("a"), moved], [cell("b"), cell("c")])))


@pytest.mark.parametrize("numbers", [5, 6, 7, 29])
def test_columns_of_numbers_ask_for_no_more_than_the_page(numbers: int) -> None:
    head = [cell("Tên", "table_header"), *(cell(f"Cột {n}", "table_header") for n in range(numbers))]
    made = rich.html(doc(table(head, [cell("Lào Cai"), *(cell("1.024") for _ in range(numbers))])))
    asked = sum(int(width) for width in re.findall(r'class="w(\d+)"', made))
    assert asked == (numbers * 25 if numbers <= 6 else 0)
    assert made.count('class="right"') == numbers
