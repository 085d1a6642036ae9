"""What a line of a paper keeps together."""

from __future__ import annotations

import pytest

from printing.names import unbroken


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Hội nghị công tác văn phòng năm 2025", "Hội nghị công tác văn phòng năm~2025"),
        ("Từ ngày 26/11/2025 đến ngày 27/11/2025", "Từ ngày~26/11/2025 đến ngày~27/11/2025"),
        ("Đại hội lần thứ XIV, nhiệm kỳ 2026 - 2031", "Đại hội lần thứ~XIV, nhiệm kỳ~2026~-~2031"),
        ("Quý III, tháng 9 và cả năm", "Quý~III, tháng~9 và cả năm"),
        ("Năm Xây dựng nông thôn, số hóa văn bản", "Năm Xây dựng nông thôn, số hóa văn bản"),
        ("", ""),
    ],
)
def test_a_number_stays_with_what_it_counts(words: str, kept: str) -> None:
    assert unbroken(words) == kept.replace("~", "\u00a0")
