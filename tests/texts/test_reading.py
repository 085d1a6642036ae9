"""Documents are read from the editor, from what Word and spreadsheets put on the clipboard, and from plain text."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from texts.nodes import COLUMNS, LETTERS, NODES, ROWS, Refused, document, heading, listing, paragraph, sentence_of, text
from texts.reading import from_editor, from_html, from_plain
from texts.tables import cells_of
from texts.writing import html, is_empty, plain

CLIPBOARDS = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "clipboards").glob("*.html"))}
Node = dict[str, Any]


def doc(*blocks: Node) -> Node:
    return {"type": "doc", "content": list(blocks)}


def p(words: str, **attrs: Any) -> Node:
    return {"type": "paragraph", **({"attrs": attrs} if attrs else {}), "content": [{"type": "text", "text": words}]}


def cell(*blocks: Node, kind: str = "table_cell", **spans: int) -> Node:
    return {"type": kind, **({"attrs": spans} if spans else {}), "content": list(blocks) or [{"type": "paragraph"}]}


def table(*rows: list[Node]) -> Node:
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in rows]}


# From the editor


def test_what_the_editor_writes_is_kept() -> None:
    written = doc(
        heading(1, text("Đề mục")),
        paragraph(text("Hội nghị "), text("thống nhất", "strong"), text(" như sau", "em"), align="center"),
        listing([[paragraph(text("một")), listing([[paragraph(text("nhỏ"))]], order=3)]]),
        table([cell(p("TT"), kind="table_header", colspan=2)], [cell(p("1")), cell(p("a"), p("b"))]),
        p("cuối"),
    )
    assert from_editor(written) == written
    assert from_editor(json.dumps(written)) == written
    assert from_editor(json.dumps(written).encode()) == written


def test_what_is_the_default_or_empty_is_left_out() -> None:
    sent = doc(
        {"type": "paragraph", "attrs": {"align": None}},
        {"type": "paragraph", "attrs": {"align": None}, "content": [
            {"type": "text", "text": "  Tie\u0302\u0301ng "}, {"type": "text", "text": "\u00a0Việt\t", "marks": []},
            {"type": "hard_break"}, {"type": "text", "text": " "}]},
        {"type": "ordered_list", "attrs": {"order": 1}, "content": [{"type": "list_item", "content": [p(" ")]}]},
    )  # fmt: skip
    assert from_editor(sent) == doc(p("Tiếng Việt"))
    assert from_editor(doc()) == document([]) == from_editor(doc({"type": "paragraph"}))


def test_letters_with_the_same_marks_are_one_run() -> None:
    runs = [text("a", "em", "strong"), text("b", "strong", "em"), text(" ", "strong"), text(" c", "strong")]
    assert from_editor(doc({"type": "paragraph", "content": runs})) == doc(
        paragraph(text("ab", "strong", "em"), text(" c", "strong"))
    ), "spaces at a border are one"


WRONG: dict[str, object] = {
    "nothing": None,
    "a number": 7,
    "a list": [],
    "no JSON": "{",
    "a word": '"doc"',
    "bytes": b"\xff\xfe",
    "another type": {"type": "x"},
    "no type": {},
    "content that is no list": {"type": "doc", "content": {"type": "paragraph"}},
    "content that is text": {"type": "doc", "content": "a"},
    "a child that is text": doc("a"),
    "a child that is nothing": doc(None),  # type: ignore[arg-type]
    "an unknown node": doc({"type": "image", "attrs": {"src": "//x.test/"}}),
    "an unknown mark": doc(
        {
            "type": "paragraph",
            "content": [{"type": "text", "text": "a", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}],
        }
    ),
    "marks that are no list": doc({"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": "strong"}]}),
    "a mark that is text": doc({"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": ["strong"]}]}),
    "letters that are a number": doc({"type": "paragraph", "content": [{"type": "text", "text": 7}]}),
    "letters that are none": doc({"type": "paragraph", "content": [{"type": "text"}]}),
    "a paragraph in a paragraph": doc({"type": "paragraph", "content": [p("a")]}),
    "letters in a document": doc({"type": "text", "text": "a"}),
    "a level that is none": doc({"type": "heading", "attrs": {"level": 3}}),
    "a level that is true": doc({"type": "heading", "attrs": {"level": "1"}}),
    "a heading without a level": doc({"type": "heading"}),
    "an unknown way": doc(p("a", align="justify")),
    "a way with a quote": doc(p("a", align='"><script>')),
    "attributes that are a list": doc({"type": "paragraph", "attrs": [1]}),
    "an order of letters": doc(
        {"type": "ordered_list", "attrs": {"order": "1"}, "content": [{"type": "list_item", "content": [p("a")]}]}
    ),
    "a span of letters": doc(table([cell(p("a"), colspan="2")])),
    "a span with a point": doc(table([cell(p("a"), colspan=1.5)])),  # type: ignore[arg-type]
    "a span that is true": doc(table([cell(p("a"), rowspan=True)])),
    "a row that is none": doc({"type": "table", "content": [p("a")]}),
    "a cell that is none": doc(table([p("a")])),
    "an item that is none": doc({"type": "bullet_list", "content": [p("a")]}),
    "a table in a cell": doc(table([cell(table([cell(p("a"))]))])),
    "a heading in a cell": doc(table([cell(heading(1, text("a")))])),
    "a heading in an item": doc(listing([[heading(1, text("a"))]])),
    "a table in an item": doc(listing([[p("a"), table([cell(p("b"))])]])),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_editor_of_ours_writes_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        from_editor(WRONG[name])
    assert refused.value.word == "shape"
    with override("en"):
        assert "load the page again" in refused.value.sentence


def nested(levels: int) -> Node:
    block = p("a")
    for _level in range(levels):
        block = listing([[p("a"), block]])
    return doc(block)


def test_lists_lie_five_deep_and_three_in_a_cell() -> None:
    assert from_editor(nested(5)) == nested(5)
    assert from_editor(doc(table([cell(p("a"), *nested(3)["content"])])))
    for too_deep in (nested(6), nested(100), doc(table([cell(*nested(4)["content"])]))):
        with pytest.raises(Refused) as refused:
            from_editor(too_deep)
        assert refused.value.word == "too_deep"
    with pytest.raises(Refused):
        from_editor('{"type":"doc","content":' + "[" * 100_000)


def test_a_text_has_its_limits() -> None:
    assert from_editor(doc(*[p("a")] * NODES))
    assert len(plain(from_editor(doc(p("a" * LETTERS))))) == LETTERS
    wide, tall = table([cell(p("a"))] * COLUMNS), table(*[[cell(p("a"))]] * ROWS)
    assert len(cells_of(from_editor(doc(wide))["content"][0])[0]) == COLUMNS
    assert len(cells_of(from_editor(doc(tall))["content"][0])) == ROWS
    refused = {
        "too_many": [p("a")] * (NODES + 1),
        "too_long": [p("a" * (LETTERS + 1))],
        "too_wide": [table([cell(p("a"))] * (COLUMNS + 1))],
        "too_tall": [table(*[[cell(p("a"))]] * (ROWS + 1))],
    }
    for word, blocks in refused.items():
        with pytest.raises(Refused) as found:
            from_editor(doc(*blocks))
        assert (found.value.word, len(sentence_of(word)) > 30) == (word, True)


def test_every_place_of_a_table_belongs_to_one_cell() -> None:
    ragged = table(
        [cell(p("a"), colspan=3)],
        [cell(p("b"), rowspan=500), cell(p("c"))], [cell(p("d")), cell(p("e"))], [],
    )  # fmt: skip
    found = from_editor(doc(ragged))
    rows = cells_of(found["content"][0])
    taken = [
        (row, column)
        for line in rows for one in line
        for row, column in product(range(one.row, one.row + one.rowspan), range(one.column, one.column + one.colspan))
    ]  # fmt: skip
    assert sorted(taken) == sorted(set(taken)) == list(product(range(3), range(3)))
    assert from_editor(found) == found


# From the clipboard


def spans(read: Node) -> list[list[tuple[int, int]]]:
    """How far the cells of all tables reach."""
    tables = [block for block in read["content"] if block["type"] == "table"]
    return [[(one.colspan, one.rowspan) for one in row] for block in tables for row in cells_of(block)]


@pytest.mark.parametrize("name", CLIPBOARDS)
def test_what_word_and_spreadsheets_copy_survives_every_form(name: str) -> None:
    read = from_html(CLIPBOARDS[name])
    assert from_html(html(read)) == read, "as HTML"
    assert from_editor(json.dumps(read)) == read, "as JSON"
    again = from_plain(plain(read))
    assert plain(again) == plain(read), "as plain text"
    spans = [
        [(one.colspan, one.rowspan) for one in row]
        for block in read["content"]
        if block["type"] == "table"
        for row in cells_of(block)
    ]
    kept = [
        [(one.colspan, one.rowspan) for one in row]
        for block in again["content"]
        if block["type"] == "table"
        for row in cells_of(block)
    ]
    assert kept == spans, "merged cells stay merged in plain text too"


def test_a_merged_heading_of_word_stays_merged() -> None:
    read = from_html(CLIPBOARDS["word-merged-header"])
    assert html(read).startswith('<p class="centred"><strong>BẢNG TỔNG HỢP KẾT QUẢ</strong></p>\n<table class="grid"><thead><tr>')
    assert '<th class="centre" rowspan="2">Đơn vị</th><th class="centre" colspan="2">Kết quả</th></tr>' in html(read)
    assert '<td class="centre">2</td><td><p>Hà Nội</p><p><em>(gồm các xã, phường)</em></p></td>' in html(read)
    assert '<td class="right">12</td>' in html(read)


def test_paragraphs_that_word_draws_as_a_list_become_one() -> None:
    assert plain(from_html(CLIPBOARDS["word-list-paragraphs"])).splitlines() == [
        "# I. Nhiệm vụ trọng tâm",
        "Hội nghị thống nhất ba nhiệm vụ và hai giải pháp:",
        "1. Rà soát quy chế làm việc.",
        "2. Chuyển đổi số:",
        "  - Hạ tầng mạng;",
        "  - Đào tạo cán bộ.",
        "3. Báo cáo trước ngày 31/12/2025.",
        "Các đơn vị triển khai thực hiện.",
    ]


def test_lists_in_lists_and_tables_in_tables_are_read() -> None:
    read = from_html(CLIPBOARDS["word-nested-list"])
    assert [block["type"] for block in read["content"]] == ["paragraph", "bullet_list", "ordered_list", "table"]
    assert read["content"][2]["attrs"] == {"order": 4}
    assert "<td><p>Ô trong 1</p><p>Ô trong 2</p></td><td>Ô ngoài<br>hai dòng</td>" in html(read)


def test_a_list_of_libreoffice_keeps_its_sublist_and_its_heading_row() -> None:
    written = html(from_html(CLIPBOARDS["libreoffice-writer"]))
    assert "<li><p>Chuẩn bị hồ sơ</p><ol><li>Dự thảo</li><li>Phụ lục</li></ol></li><li>Trình ký</li>" in written
    assert (
        '<thead><tr><th>Đơn vị</th><th>Thời hạn</th></tr></thead><tbody><tr><td>Lào Cai</td><td class="right" rowspan="2">'
        in written
    )


def test_what_is_bold_by_a_class_in_excel_is_a_heading() -> None:
    assert plain(from_html(CLIPBOARDS["excel-sheet"])).splitlines()[0] == "TT | Địa phương | Số đại biểu | Ngày"
    assert '<th class="centre">Địa phương</th>' in html(from_html(CLIPBOARDS["excel-sheet"]))


def test_lists_deeper_than_five_are_brought_up() -> None:
    items = "".join(f'<p style="mso-list:l0 level{level} lfo1">{level}</p>' for level in range(1, 10))
    assert plain(from_html(items)).replace(" ", "").replace("-", "").splitlines() == [str(level) for level in range(1, 10)]


# Small things


def test_an_empty_text_is_known_and_the_same_words_are_the_same_document() -> None:
    assert [is_empty(one) for one in (from_plain(" \n"), from_html("<p>&nbsp;</p>"), from_plain("a"))] == [True, True, False]
    assert from_plain("Tie\u0302\u0301ng") == from_html("<p>Tiếng</p>") == from_editor(doc(p(" Tiếng ")))
    assert from_plain("a") != from_html("<p><b>a</b></p>")
