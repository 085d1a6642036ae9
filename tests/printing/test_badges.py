"""Badges on paper: their measures, their codes module by module, and names of every kind that shrink and are never cut."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest

from printing.badges import A4, A6, CODE_LEFT, CODE_SIDE, CODE_TOP, ROOM, Badge, Occasion, print_badges
from printing.fitting import lines_of
from printing.order import Particulars
from printing.qr import digits_matrix
from tests.printing.measuring import FINE, MM, picture, texts

ABOUT = Particulars(title="Thẻ đại biểu", identifier="badges", dated=datetime(2026, 3, 2, tzinfo=UTC))
MEETING = Occasion("Hội nghị toàn quốc công tác văn phòng", "Văn phòng Trung ương Đảng", demonstration=True)
LONG = "Hoàng Phủ Ngọc Tường Vi Nguyễn Khoa Diệu Huyền"
HOSTILE = {
    "of one endless word": "W" * 120,
    "of many words": " ".join([LONG] * 3)[:120],
    "with tags": "<b>Lê</b> <script>alert(1)</script> &amp; Trần",
    "from the right": "محمد بن عبد الله",
    "with heaps of marks": "Le\u0302\u0301\u0300 " + "a" + "\u0301" * 60,
    "in squares": "阮福映" * 12,
    "of nothing": "",
}


def code_of(n: int) -> str:
    return f"{n:03d}" + "076844055837824785196221425702777927" * 5 + "076844055837824785"


def badge(n: int = 0, name: str = "Lò Thị Mai", **kw: str) -> Badge:
    data = {"kind": "ĐẠI BIỂU", "tone": "delegate", "office": "Phó Chánh Văn phòng Tỉnh ủy Lào Cai", "site": "Điểm cầu Lào Cai"}
    return Badge(**data | {"name": name, "group": "Khối tỉnh ủy", "code": code_of(n), "short": "482 915 307"} | kw)


def printed(*badges: Badge, form: str = A6, occasion: Occasion = MEETING) -> bytes:
    return print_badges(badges, occasion, form=form, about=ABOUT)


def sizes(pdf: bytes) -> list[list[int]]:
    with pikepdf.open(BytesIO(pdf)) as file:
        return [[round(float(side) / MM) for side in page.MediaBox] for page in file.pages]


def drawn(pdf: bytes, page: int, digits: str, left: float, top: float) -> list[list[bool]]:
    """Return what stands on the paper where each module of a code should be, looked at in its middle."""
    grey, count = picture(pdf, page), len(digits_matrix(digits))
    step = CODE_SIDE / count
    middles = [(at + 0.5) * step for at in range(count)]
    return [[grey.getpixel((round((left + x) * FINE), round((top + y) * FINE))) < 128 for x in middles] for y in middles]  # type: ignore[operator]


def test_one_stands_on_a_page_of_a6_and_four_on_a_sheet_of_a4() -> None:
    assert sizes(printed(badge(1), badge(2))) == [[0, 0, 105, 148]] * 2
    for number, sheets in ((1, 1), (4, 1), (5, 2)):
        assert sizes(printed(*map(badge, range(number)), form=A4)) == [[0, 0, 210, 297]] * sheets


def test_the_codes_are_drawn_module_by_module_each_on_its_own_badge() -> None:
    alone = printed(badge(7), badge(8))
    for page, n in enumerate((7, 8)):
        assert drawn(alone, page, code_of(n), CODE_LEFT, CODE_TOP) == digits_matrix(code_of(n))
    sheet = printed(*map(badge, range(5)), form=A4)
    corners = [(0, 0, 0.0), (0, 105, 0.0), (0, 0, 148.5), (0, 105, 148.5), (1, 0, 0.0)]
    for n, (page, left, top) in enumerate(corners):
        assert drawn(sheet, page, code_of(n), left + CODE_LEFT, top + CODE_TOP) == digits_matrix(code_of(n))


def test_a_code_is_large_enough_for_a_cheap_scanner() -> None:
    modules = len(digits_matrix(code_of(1)))
    assert modules == 37 + 8  # numbers packed closest; as letters it would need 45 + 8
    assert CODE_SIDE / modules >= 0.4
    assert CODE_SIDE * 37 / modules >= 32


def test_a_badge_says_who_where_and_what_for() -> None:
    (text,) = texts(printed(badge()))
    for words in ("ĐẠI BIỂU", "Khối tỉnh ủy", MEETING.title, MEETING.body, "Lò Thị Mai", "Phó Chánh Văn phòng Tỉnh ủy Lào Cai"):
        assert words in " ".join(text.split())
    assert "Điểm cầu Lào Cai" in text
    assert "482 915 307" in text
    assert "KHÔNG CÓ GIÁ TRỊ" in text
    assert code_of(0)[:20] not in text


def test_a_group_called_as_the_role_is_not_said_twice() -> None:
    assert texts(printed(badge(kind="KHÁCH MỜI", group="Khách mời")))[0].casefold().count("khách mời") == 1


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_name_shrinks_into_its_place_and_no_letter_is_lost(kind: str) -> None:
    name = HOSTILE[kind]
    pdf = printed(badge(name=name, office=name, site=name, group=name), occasion=Occasion(name or "x", name or "x"))
    assert sizes(pdf) == [[0, 0, 105, 148]]
    page = pdfium.PdfDocument(pdf)[0].get_textpage()
    boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    inked = [box for box in boxes if box[2] > box[0]]
    assert min(left for left, _b, _r, _t in inked) / MM >= 5
    assert max(right for _l, _b, right, _t in inked) / MM <= 105 - 5
    assert drawn(pdf, 0, code_of(0), CODE_LEFT, CODE_TOP) == digits_matrix(code_of(0)), "something was printed over the code"
    if kind in ("of one endless word", "of many words", "with tags"):
        said = "".join(page.get_text_range().split())
        assert said.count("".join(unicodedata.normalize("NFC", name).split())) >= 4


def test_the_longest_words_there_can_be_stay_off_the_code_and_on_the_page() -> None:
    widest = badge(name="W" * 120, office="W" * 362, site="W" * 200, group="W" * 80)
    pdf = printed(widest, widest, occasion=Occasion("W" * 300, "W" * 200, demonstration=True))
    assert sizes(pdf) == [[0, 0, 105, 148]] * 2
    assert drawn(pdf, 1, code_of(0), CODE_LEFT, CODE_TOP) == digits_matrix(code_of(0))


def test_lines_are_never_more_than_was_reckoned() -> None:
    for name in (LONG, HOSTILE["of many words"], "Nguyễn Thị Minh Khai", "W" * 120):
        text = texts(printed(badge(name=name, office="", site="", group=""), occasion=Occasion("x", "x")))[0]
        said = [line for line in text.splitlines() if (line and set(line.split()) & set(name.split())) or "WW" in line]
        sizes_there = (34, 30, 26, 22, 18, 15, 12, 10, 8)
        assert len(said) in {lines_of(name, ROOM, size) for size in sizes_there}


def test_a_code_stands_in_no_repr() -> None:
    assert code_of(0) not in repr(badge())
    assert "482" not in repr(badge())
