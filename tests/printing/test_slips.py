"""Slips on paper: eight on a sheet, however long the words are, and readable by a machine."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from printing.order import Particulars
from printing.slips import Slip, print_slips

ABOUT = Particulars(title="Phiếu tài khoản", identifier="slips", dated=datetime(2026, 3, 2, tzinfo=UTC))
LONG = "Văn phòng Ủy ban nhân dân thành phố Hồ Chí Minh, Phòng Tổng hợp và Công nghệ thông tin <b>&amp; " * 4


def printed(number: int, who: str = "Lò Văn Trực", unit: str = "Điểm cầu Lào Cai") -> bytes:
    slips = [
        Slip(who, unit, f"vanhanh-{n}", "k7mw-3hpt-ynqe-d4rx", f"https://hoinghi.example.vn/sign-in/?u=vanhanh-{n}")
        for n in range(number)
    ]
    return print_slips(slips, address="https://hoinghi.example.vn", until="17:00 ngày 06/12/2026", about=ABOUT)


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as file:
        box = file.pages[0].MediaBox
        assert [round(float(side) / 72 * 25.4) for side in box] == [0, 0, 210, 297]
        return len(file.pages)


def test_eight_stand_on_a_sheet() -> None:
    assert [pages(printed(n)) for n in (1, 8, 9)] == [1, 1, 2]


def test_long_names_do_not_push_a_slip_to_the_next_sheet() -> None:
    assert pages(printed(8, who=LONG, unit=LONG)) == 1
