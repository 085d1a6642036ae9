"""Printed minutes, measured against the layout rules with a second PDF library."""

import unicodedata
from io import BytesIO

import pikepdf
import pytest

from printing.papers import DEMONSTRATION_MARK, Column, Table
from printing.press import Press
from printing.qr import qr_matrix
from tests.printing.measuring import FINE, box_of, dark_pixels, ink, letters_of, texts
from tests.printing.minutes import ADDRESS, PARAGRAPH, order_for, render_minutes

TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
REGULAR, BOLD, ITALIC = "Liberation-Serif", "Liberation-Serif-Bold", "Liberation-Serif-Italic"
_BASES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE = [unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES]
ACCENTED = [letter for letter in VIETNAMESE if not letter.isascii()] + ["đ"]


def test_the_ink_keeps_the_margins(minutes_pdf: bytes) -> None:
    before_annex = len(texts(minutes_pdf)) - 1
    assert before_annex >= 3
    for page in range(before_annex):
        box = ink(minutes_pdf, page, above=18)
        assert box.left == pytest.approx(30, abs=0.4)
        assert box.right == pytest.approx(15, abs=0.6)
        assert 19.8 <= box.top <= 21.5
        assert box.bottom >= 20


def test_the_first_page_has_no_number_and_the_others_have_theirs_in_the_top_margin(minutes_pdf: bytes) -> None:
    assert ink(minutes_pdf, 0).top >= 19.8
    for page in range(1, len(texts(minutes_pdf))):
        assert texts(minutes_pdf)[page].split()[-1] == str(page + 1)
        number = ink(minutes_pdf, page, below=18)
        assert number.top == pytest.approx(10.5, abs=0.6)
        assert (number.left + 210 - number.right) / 2 == pytest.approx(30 + 165 / 2, abs=0.3)
        assert letters_of(minutes_pdf, page, str(page + 1), last=True) == (14, REGULAR)


@pytest.mark.parametrize(
    ("text", "size", "font"),
    [
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", 14, REGULAR),
        ("VĂN PHÒNG", 14, BOLD),
        ("*", 14, REGULAR),
        ("Số 01-BB/VPTW", 14, REGULAR),
        (TITLE, 15, BOLD),
        ("Hà Nội, ngày 26 tháng 11 năm 2025", 14, ITALIC),
        ("BIÊN BẢN", 16, BOLD),
        ("Hội nghị công tác văn phòng năm 2025", 14, BOLD),
        ("I- THỜI GIAN, ĐỊA ĐIỂM", 14, BOLD),
        ("Đại diện điểm cầu", 14, REGULAR),
    ],
)
def test_each_component_has_its_size_and_font(minutes_pdf: bytes, text: str, size: float, font: str) -> None:
    assert letters_of(minutes_pdf, 0, text) == (size, font)


def test_the_rule_under_the_title_is_as_long_as_the_title(minutes_pdf: bytes) -> None:
    title, place = box_of(minutes_pdf, 0, TITLE), box_of(minutes_pdf, 0, "Hà Nội, ngày 26 tháng 11 năm 2025")
    rule = ink(minutes_pdf, 0, above=297 - title.bottom + 0.1, below=place.top - 0.1, right_of=105)
    assert rule.left == pytest.approx(title.left, abs=0.4)
    assert rule.right == pytest.approx(title.right, abs=0.4)
    assert 297 - rule.top - rule.bottom == pytest.approx(0.75 * 25.4 / 72, abs=0.15)


def test_lines_of_text_are_18_points_apart_and_first_lines_indented_10_millimetres(minutes_pdf: bytes) -> None:
    lines = texts(minutes_pdf)[0].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Đại diện điểm cầu"))
    first, second, third = (box_of(minutes_pdf, 0, line) for line in lines[start : start + 3])
    assert first.left == pytest.approx(40, abs=0.3)
    assert second.left == pytest.approx(30, abs=0.3)
    assert second.bottom - third.bottom == pytest.approx(18 * 25.4 / 72, abs=0.15)


def test_minutes_have_no_dashes_under_the_abstract(minutes_pdf: bytes) -> None:
    assert "-----" not in "".join(texts(minutes_pdf))


def test_the_writer_signs_on_the_left_and_the_chair_on_the_right(minutes_pdf: bytes) -> None:
    page = next(i for i, text in enumerate(texts(minutes_pdf)) if "NGƯỜI GHI BIÊN BẢN" in text)
    writer, chair = box_of(minutes_pdf, page, "NGƯỜI GHI BIÊN BẢN"), box_of(minutes_pdf, page, "CHỦ TRÌ HỘI NGHỊ")
    assert 210 - writer.right < chair.left
    assert writer.top == pytest.approx(chair.top, abs=0.5)
    assert letters_of(minutes_pdf, page, "CHỦ TRÌ HỘI NGHỊ") == (14, BOLD)
    assert letters_of(minutes_pdf, page, "Trần Thị Ngọ") == (14, BOLD)
    room = box_of(minutes_pdf, page, "Trần Thị Ngọ").top - (297 - chair.bottom)
    assert 4 * 18 * 25.4 / 72 <= room <= 5 * 18 * 25.4 / 72


def test_the_heading_of_a_table_stands_on_each_of_its_pages(minutes_pdf: bytes) -> None:
    with_rows = [text for text in texts(minutes_pdf) if "Tỉnh ủy số" in text]
    assert len(with_rows) >= 2
    assert all("TT" in text and "Điểm cầu" in text and "Có mặt" in text for text in with_rows)
    assert [f"Tỉnh ủy số {n} " in " ".join("".join(with_rows).split()) for n in range(1, 61)] == [True] * 60


def test_an_annex_begins_on_a_new_page(minutes_pdf: bytes) -> None:
    assert texts(minutes_pdf)[-1].splitlines()[:2] == ["Phụ lục", "DANH SÁCH ĐIỂM CẦU"]


def test_only_liberation_serif_is_embedded(minutes_pdf: bytes) -> None:
    fonts = set()
    with pikepdf.open(BytesIO(minutes_pdf)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in thing, "a font is named but not embedded"
                fonts.add(str(thing.FontName).split("+")[1])
    assert fonts == {REGULAR, BOLD, ITALIC}


def test_every_vietnamese_letter_can_be_read_out_of_the_pdf(press: Press) -> None:
    assert len(ACCENTED) == 67
    letters = [*ACCENTED, *(letter.upper() for letter in ACCENTED)]
    assert len(set(letters)) == 134
    pdf = press.print(order_for(render_minutes(text="\n".join(f"x{letter}x" for letter in [*letters, "₫"]))))
    found = "".join(texts(pdf))
    assert found == unicodedata.normalize("NFC", found)
    assert [letter for letter in [*letters, "₫"] if f"x{letter}x" not in found] == []


def test_letters_typed_as_base_and_mark_come_out_composed(press: Press) -> None:
    pdf = press.print(order_for(render_minutes(text=unicodedata.normalize("NFD", "Nghị quyết của Đảng ủy cơ sở"))))
    assert "Nghị quyết của Đảng ủy cơ sở" in texts(pdf)[0]


def test_a_demonstration_says_so_on_each_page_twice(demonstration_pdf: bytes) -> None:
    pages = texts(demonstration_pdf)
    assert len(pages) >= 4
    for number, text in enumerate(pages):
        assert text.count(DEMONSTRATION_MARK) >= 2
        assert ink(demonstration_pdf, number, above=278).bottom >= 5
    assert DEMONSTRATION_MARK == "BẢN TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ"


def test_a_real_paper_bears_no_such_mark(minutes_pdf: bytes) -> None:
    assert "TRÌNH DIỄN" not in "".join(texts(minutes_pdf))


def test_the_demonstration_mark_moves_no_line(minutes_pdf: bytes, demonstration_pdf: bytes) -> None:
    assert len(texts(minutes_pdf)) == len(texts(demonstration_pdf))
    assert box_of(minutes_pdf, 0, "I- THỜI GIAN") == box_of(demonstration_pdf, 0, "I- THỜI GIAN")


def test_the_qr_code_on_paper_is_the_code_of_the_address(minutes_pdf: bytes) -> None:
    page = next(i for i, text in enumerate(texts(minutes_pdf)) if "Mã kiểm tra" in text)
    assert ADDRESS in texts(minutes_pdf)[page].replace("\n", "")
    matrix = qr_matrix(ADDRESS)
    module = 24 / len(matrix)
    corner = ink(minutes_pdf, page, above=box_of(minutes_pdf, page, "Mã kiểm tra").top, right_of=29, left_of=54)
    pixels, side = dark_pixels(minutes_pdf, page), [(n + 0.5) * module for n in range(len(matrix) - 8)]
    left, top = corner.left, corner.top
    seen = [[(round((left + x) * FINE), round((top + y) * FINE)) in pixels for x in side] for y in side]
    assert seen == [row[4:-4] for row in matrix[4:-4]]


def test_markup_in_the_words_stays_words(press: Press) -> None:
    evil = '<script>alert(1)</script><img src="http://127.0.0.1:9/"><b>'
    html = render_minutes(text=evil, abstract=evil, issuing_body=evil)
    text = "".join(texts(press.print(order_for(html)))).replace("\n", "")
    assert text.count("<script>alert(1)</script>") >= 2
    assert "<SCRIPT>ALERT(1)</SCRIPT>" in text


def test_a_word_longer_than_the_line_is_broken_inside_the_margins(press: Press) -> None:
    pdf = press.print(order_for(render_minutes(text="Đ" * 2000, abstract="ộ" * 300, rows=0)))
    for page in range(len(texts(pdf))):
        assert ink(pdf, page, above=18).right >= 14.4


def test_a_table_stays_inside_the_margins_whatever_its_cells_hold(press: Press) -> None:
    table = Table((Column("TT", 10), Column("Nội dung")), [[1, "Đ" * 500], [2, PARAGRAPH * 3]])
    pdf = press.print(order_for(render_minutes(table=table)))
    for page in range(len(texts(pdf)) - 1):
        assert ink(pdf, page, above=18).right >= 14.4


def test_empty_minutes_are_a_paper_too(press: Press) -> None:
    text = "".join(texts(press.print(order_for(render_minutes(text="", rows=0, parent_body="", number="", place="")))))
    assert TITLE in text
    assert "Số" not in text
    assert "ngày 26" not in text


def test_a_paragraph_is_justified(minutes_pdf: bytes) -> None:
    line = texts(minutes_pdf)[0].splitlines()
    second = line[next(i for i, text in enumerate(line) if text.startswith("Đại diện điểm cầu")) + 1]
    assert second in PARAGRAPH
    assert box_of(minutes_pdf, 0, second).right == pytest.approx(15, abs=0.4)
