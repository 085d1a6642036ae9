"""What a template is given, and a paper from template to PDF."""

from datetime import date

import pytest
from django.utils import translation

from printing.papers import Column, Head, Signature, Table, place_and_date, print_paper
from printing.press import Press
from printing.profiles import HD36_2018
from tests.printing.measuring import box_of, texts
from tests.printing.minutes import ABOUT, make_head


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2025, 11, 26), "Hà Nội, ngày 26 tháng 11 năm 2025"),
        (date(2018, 2, 20), "Hà Nội, ngày 20 tháng 02 năm 2018"),
        (date(2026, 3, 5), "Hà Nội, ngày 05 tháng 3 năm 2026"),
        (date(2026, 1, 9), "Hà Nội, ngày 09 tháng 01 năm 2026"),
    ],
)
def test_small_days_and_the_first_two_months_get_a_zero(on: date, words: str) -> None:
    assert place_and_date("Hà Nội", on) == words


def test_a_head_without_place_or_date_has_no_such_line() -> None:
    assert Head("Văn phòng", "Biên bản", "Hội nghị", place="Hà Nội").place_date == ""
    assert Head("Văn phòng", "Biên bản", "Hội nghị", on=date(2025, 1, 1)).place_date == ""


def test_a_table_refuses_a_width_without_a_class_and_a_row_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="12 mm"):
        Column("TT", 12)
    with pytest.raises(ValueError, match="shorter"):
        assert Table((Column("TT"), Column("Tên")), [["1"]]).lines


def test_a_paper_is_printed_in_vietnamese_whatever_the_screen_speaks(press: Press) -> None:
    context = {"head": make_head(), "signatures": (Signature("Chủ trì Hội nghị"),), "recipients": ["Ban Bí thư", "Lưu Văn phòng"]}
    with translation.override("en"):
        pdf = print_paper("printing/party.html", context, profile=HD36_2018, about=ABOUT, press=press)
    (text,) = texts(pdf)
    assert "Nơi nhận:\n- Ban Bí thư,\n- Lưu Văn phòng." in text
    assert "\n-----\n" in text
    recipients, signature = box_of(pdf, 0, "Nơi nhận:"), box_of(pdf, 0, "CHỦ TRÌ HỘI NGHỊ")
    assert recipients.left == pytest.approx(30, abs=0.3)
    assert signature.left > 105
