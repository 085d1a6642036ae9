"""A paper as a Word file: opened again, measured by its profile, safe whatever is written in it."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import docx as reader
import pytest
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt

from printing.errors import PrintingFailed
from printing.profiles import HD05_2026, HD36_2018, ND30_2020, PROFILES
from printing.word import docx
from printing.word.order import make_word_order
from tests.printing.minutes import ABOUT, render_minutes
from tests.printing.word.schema import W, disorder, parts

EVERYTHING = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Không in</title></head><body>
<table class="head"><tr><td class="left"><div class="issuing-body">Sở Nội vụ</div><div class="body-rule"></div></td>
<td class="right"><div class="title">Quốc hiệu</div><div><span class="motto">Tiêu ngữ</span></div></td></tr>
<tr class="second"><td><div class="number">Số: 07/BB-SNV</div><div class="urgency">Khẩn</div></td><td></td></tr></table>
<h1 class="type-name">Biên bản</h1><div class="abstract">Hội nghị</div><div class="abstract-rule"></div>
<div class="content"><p class="basis">Căn cứ một;</p><h2>I. MỘT</h2><h3 class="point">1. Hai</h3>
<p>Chữ <strong>đậm</strong>, <em>nghiêng</em>, <strong><em>cả hai</em></strong>
   và    khoảng trắng<br>dòng mới</p><p class="centred">Ở giữa</p>
<ul><li>một<ol><li>trong</li><li>ngoài</li></ol></li><li><p>hai</p><p>tiếp</p></li></ul>
<ol start="3"><li>ba</li></ol><ol><li>lại từ đầu</li></ol>
<table class="grid"><caption>Bảng</caption><colgroup><col class="w10"><col><col></colgroup><thead><tr><th rowspan="2">TT</th>
<th colspan="2">Tên</th></tr><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td class="centre">1</td><td rowspan="2">x</td>
<td class="right">9</td></tr><tr><td>2</td><td>y</td></tr><tr><td colspan="9">hết</td></tr><tr></tr></tbody></table></div>
<table class="signatures"><tr><td class="recipients"><div class="recipients-label">Nơi nhận:</div><p>- Lưu: VT.</p></td>
<td><div class="authority">KT. Giám đốc</div><div class="signature-gap"></div><div class="signer">Đại biểu 01-02</div></td></tr>
</table>
<section class="annex"><h2>Phụ lục</h2><div class="annex-name">TÊN</div><p class="annex-note">(Kèm theo)</p><p>Chữ</p></section>
</body></html>"""


@pytest.fixture(scope="module")
def minutes() -> Document:
    return opened(docx(render_minutes(demonstration=True), HD36_2018, ABOUT))


@pytest.fixture(scope="module")
def everything() -> bytes:
    return docx(EVERYTHING, ND30_2020, ABOUT)


def opened(data: bytes) -> Document:
    return reader.Document(io.BytesIO(data))


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_the_page_has_the_size_and_the_margins_of_the_profile(minutes: Document) -> None:
    (section,) = minutes.sections
    found = (section.page_width, section.page_height, section.top_margin, section.right_margin, section.bottom_margin,
             section.left_margin, section.header_distance)  # fmt: skip
    assert [round(length / Mm(1), 1) for length in found] == [210, 297, 20, 15, 20, 30, 10]
    assert section.different_first_page_header_footer


@pytest.mark.parametrize("code", sorted(PROFILES))
def test_every_component_has_a_style_with_the_numbers_of_the_profile(code: str) -> None:
    profile = PROFILES[code]
    styles = {style.name: style for style in opened(docx("<p>x</p>", profile, ABOUT)).styles}
    for name, letters in (
        ("Nội dung", profile.body_text), ("Tên loại văn bản", profile.type_name), ("Trích yếu", profile.abstract),
        ("Số, ký hiệu", profile.number), ("Địa danh, ngày tháng", profile.place_date), ("Cơ quan ban hành", profile.issuing_body),
        ("Quyền hạn ký", profile.authority), ("Chức vụ người ký", profile.post), ("Người ký", profile.signer),
        ("Nơi nhận", profile.recipients_label), ("Nơi nhận – danh sách", profile.recipients), ("Heading 1", profile.heading),
        ("Heading 2", profile.point), ("Header", profile.page_number), ("Căn cứ", profile.basis),
    ):  # fmt: skip
        font = styles[name].font
        told = (font.size / Pt(1), bool(font.bold), bool(font.italic), bool(font.all_caps), bool(font.underline))
        assert told == (letters.size, letters.bold, letters.italic, letters.capitals, letters.underlined), name
    text = styles["Nội dung"].paragraph_format
    assert text.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert text.line_spacing / Pt(1) == pytest.approx(profile.line_height.value, abs=0.05)
    assert text.first_line_indent / Mm(1) == pytest.approx(profile.first_indent.value, abs=0.02)
    assert text.space_before / Pt(1) == pytest.approx(profile.paragraph_gap.value, abs=0.05)


def test_letters_are_those_of_times_new_roman_everywhere(everything: bytes) -> None:
    fonts = set(re.findall(rb'w:(?:ascii|hAnsi|cs)="([^"]+)"', b"".join(parts(everything).values())))
    assert fonts == {b"Times New Roman"}


def test_words_stand_in_their_order_and_spaces_as_a_reader_sees_them(everything: bytes) -> None:
    document = opened(everything)
    assert lines(document) == [
        "Biên bản", "Hội nghị", "Căn cứ một;", "I. MỘT", "1. Hai",
        "Chữ đậm, nghiêng, cả hai và khoảng trắng\ndòng mới", "Ở giữa", "một", "trong", "ngoài", "hai", "tiếp", "ba",
        "lại từ đầu", "Bảng", "Phụ lục", "TÊN", "(Kèm theo)", "Chữ",
    ]  # fmt: skip
    run = {run.text: run for paragraph in document.paragraphs for run in paragraph.runs}
    assert (run["đậm"].bold, run["đậm"].italic) == (True, None)
    assert (run["cả hai"].bold, run["cả hai"].italic) == (True, True)
    assert [paragraph.style.name for paragraph in document.paragraphs if paragraph.text in ("I. MỘT", "1. Hai")] == [
        "Heading 1", "Heading 2",
    ]  # fmt: skip


def test_lists_are_words_own_and_each_begins_anew(everything: bytes) -> None:
    document = opened(everything)
    found = {
        paragraph.text: (mark.ilvl.val, mark.numId.val)
        for paragraph in document.paragraphs
        if paragraph._p.pPr is not None and (mark := paragraph._p.pPr.numPr) is not None
    }
    assert found["một"] == found["hai"] == (0, 1)
    assert found["trong"] == found["ngoài"] == (1, 2)
    assert found["ba"] == (0, 3)
    assert found["lại từ đầu"] == (0, 4)
    assert "tiếp" not in found
    starts = re.findall(rb'<w:startOverride w:val="(\d+)"/>', parts(everything)["word/numbering.xml"])
    assert starts == [b"1", b"3", b"1"]


def test_a_table_keeps_its_spans_and_repeats_its_head(everything: bytes) -> None:
    table = next(table for table in opened(everything).tables if "TT" in table.cell(0, 0).text)
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    assert grid[:5] == [["TT", "Tên", "Tên"], ["TT", "a", "b"], ["1", "x", "9"], ["2", "x", "y"], ["hết", "hết", "hết"]]
    heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert heads == [True, True, False, False, False, False]
    widths = [column.width / Mm(1) for column in table.columns]
    assert widths[0] == pytest.approx(10, abs=0.1)
    assert sum(widths) == pytest.approx(165, abs=0.2)


def test_a_table_that_only_sets_columns_has_no_lines(everything: bytes) -> None:
    head = opened(everything).tables[0]
    assert head._tbl.find(f"{W}tblPr/{W}tblBorders") is None
    assert [cell.text.split() for cell in head.rows[0].cells] == [["Sở", "Nội", "vụ"], ["Quốc", "hiệu", "Tiêu", "ngữ"]]


def test_rules_are_borders_as_long_as_the_layout_wants(minutes: Document) -> None:
    """The rule under the title is as long as the title in print."""
    cell = minutes.tables[0].rows[0].cells[1]
    rule = next(paragraph for paragraph in cell.paragraphs if paragraph.style.name == "Đường kẻ")
    assert rule._p.find(f"{W}pPr/{W}pBdr/{W}top") is not None
    free = (rule.paragraph_format.left_indent + rule.paragraph_format.right_indent) / Mm(1)
    assert 165 * 0.51 - free == pytest.approx(72.4, abs=0.5)  # ĐẢNG CỘNG SẢN VIỆT NAM, 15 pt bold


def test_the_page_number_stands_above_from_the_second_page_on(minutes: Document) -> None:
    (section,) = minutes.sections
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.header.paragraphs[0].style.name == "Header"


def test_a_paper_without_value_says_so_on_every_page(minutes: Document) -> None:
    (section,) = minutes.sections
    for header, footer in ((section.header, section.footer), (section.first_page_header, section.first_page_footer)):
        assert 'string="BẢN TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ"' in header._element.xml
        assert footer.paragraphs[0].text == "BẢN TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ"
    real = opened(docx(render_minutes(), HD36_2018, ABOUT)).sections[0]
    assert "textpath" not in real.header._element.xml + real.first_page_header._element.xml
    assert real.footer.paragraphs[0].text == real.first_page_footer.paragraphs[0].text == ""


def test_an_annex_begins_a_page_and_counts_anew_where_the_layout_says_so(everything: bytes) -> None:
    first, annex = opened(everything).sections
    assert first._sectPr.find(f"{W}pgNumType") is None
    assert annex._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
    party = opened(docx(EVERYTHING, HD05_2026, ABOUT))
    assert len(party.sections) == 1
    (head,) = [paragraph for paragraph in party.paragraphs if paragraph.text == "Phụ lục"]
    assert head.paragraph_format.page_break_before


def test_the_code_is_a_picture_that_says_what_it_is(minutes: Document) -> None:
    (part,) = [part for part in minutes.part.package.iter_parts() if part.partname.endswith(".png")]
    assert part.blob.startswith(b"\x89PNG")
    assert len(minutes.tables) == 4
    assert "Mã kiểm tra: 7QF2-K9XM" in minutes.tables[-1].rows[0].cells[1].text


def test_the_file_says_what_it_is(minutes: Document) -> None:
    told = minutes.core_properties
    assert (told.title, told.author, told.last_modified_by, told.language) == (
        "Biên bản Hội nghị",
        "Văn phòng",
        "Văn phòng",
        "vi",
    )
    assert told.created == told.modified == datetime(2025, 11, 26, 4, 45, tzinfo=UTC)


def test_the_same_order_gives_the_same_bytes_and_another_another_file(everything: bytes) -> None:
    assert docx(EVERYTHING, ND30_2020, ABOUT) == everything
    assert docx(EVERYTHING, ND30_2020, replace(ABOUT, identifier="other")) != everything


def test_children_stand_in_the_order_that_word_asks_for(everything: bytes) -> None:
    assert disorder(everything) == []
    assert disorder(docx(render_minutes(demonstration=True), HD05_2026, ABOUT)) == []


def test_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Biên bản hội nghị: ắằẳẵặ ứừửữự")
    document = opened(docx(f"<p>{decomposed}</p>", HD36_2018, ABOUT))
    assert lines(document) == [unicodedata.normalize("NFC", decomposed)]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("", []),
        ("<p>", []),
        ("<p>\x00\x0b\x1f\ufffe\ud800a", ["\ufffda"]),
        ("<p>&lt;w:p&gt; ]]&gt; &amp;amp; \"'</p>", ["<w:p> ]]> &amp; \"'"]),
        ("<p>a\u202eb\u2066c&#8238;d&#x202E;e</p>", ["abcde"]),
        ("<p>a\u200fb\u061cc&#8207;d&rlm;e&#x61C;f&lrm;g&#1564;h</p>", ["abcdefgh"]),
        ("<p>a" + "\u0301" * 5000 + "</p>", ["á" + "\u0301" * 30]),
        ("<script>alert(1)</script><style>p{}</style><p>chữ</p><!-- ẩn -->", ["chữ"]),
        ("<p>một<div>hai</div>ba</p>", ["một", "hai", "ba"]),
        ("<b>đậm<p>trong</p></b>", ["đậm", "trong"]),
        ("<table><tr><td>lẻ<table><tr><td>trong", ["lẻ", "trong"]),
        ("<table class=grid></table><table class=head></table><table class=signatures><tr></tr></table>", []),
        ("<table class=grid><tr><td colspan=0 rowspan=-1>a<td colspan=99999>b<td rowspan=65000>c</table>", ["a", "b", "c"]),
        ("<svg class=qr viewBox='0 0 x x'></svg><svg><path d='M0'/></svg><p>a", None),
        ("<ul><li><ul><li><ul><li>sâu", ["sâu"]),
        ("<ol start='-5'><li>a</ol><ol start='999999999'><li>b</ol>", ["a", "b"]),
        ("<frameset><frame src=x></frameset>", []),
    ],
)
def test_whatever_is_written_the_file_opens_or_the_paper_is_refused_in_words(html: str, shown: list[str] | None) -> None:
    if shown is None:
        with pytest.raises(PrintingFailed):
            docx(html, HD36_2018, ABOUT)
        return
    made = docx(html, HD36_2018, ABOUT)
    paragraphs = opened(made).element.body.iter(f"{W}p")
    words = ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    assert [text for text in words if text] == shown
    assert disorder(made) == []


def test_a_hundred_thousand_letters_without_a_space_and_ten_thousand_words_are_no_trouble() -> None:
    made = opened(docx(f"<p>{'x' * 100_000}</p><p>{'từ ' * 10_000}</p>", HD36_2018, ABOUT))
    assert [len(line) for line in lines(made)] == [100_000, 29_999]


def test_more_columns_than_word_draws_are_refused_in_words() -> None:
    with pytest.raises(PrintingFailed):
        docx(f"<table class=grid><tr>{'<td>x' * 64}</table>", HD36_2018, ABOUT)


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        make_word_order("<p>x</p>", HD36_2018, replace(ABOUT, dated=datetime(2025, 11, 26)))
