"""Names as they are kept: what one sees of them, and nothing that one does not."""

from __future__ import annotations

import pytest

from people.spelling import clean, fold
from sheets.cells import Cell

# Word joiner, soft hyphen, joiners, Arabic and Mongolian marks, fillers of Hangul and Khmer, selectors, a tag letter.
UNSEEN = (
    "\u2060", "\u00ad", "\u200c", "\u200d", "\u061c", "\u180e", "\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4", "\u034f",
    "\ufe0f", "\u206a", "\ufff9", "\U000e0041", "\U000e0100",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn\u202e nA\u202c", "Nguyễn nA"),
        ("Lò\x01 Văn\x7f\x9b Một", "Lò Văn Một"),
        ("\u2066Bí thư\u2069\u200f", "Bí thư"),
        ("Lò\tVăn\r\nHai\x85Ba\u2028Bốn\u00a0", "Lò Văn Hai Ba Bốn"),
        ("A\x1fB", "A B"),
        *((f"Đại biểu {unseen}TW-02{unseen}", "Đại biểu TW-02") for unseen in UNSEEN),
        ("Lò\u2800Văn\u2800", "Lò Văn"),
        ("Ho\u200da\u034f\u0300", "Hoà"),  # composed once what stood between has gone
        ("Khẩn – “hỏa tốc” 👍", "Khẩn – “hỏa tốc” 👍"),
    ],
)
def test_a_name_is_what_one_sees_of_it_typed_or_from_a_sheet(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert Cell(typed, 0, 0).text == kept
    assert fold(clean(typed)) == fold(kept)
