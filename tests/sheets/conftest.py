"""Files as other people make them: workbooks by another library, text in several encodings."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

Made = Callable[..., bytes]


@pytest.fixture
def workbook() -> Made:
    """Make a workbook of rows; `merge`: ranges such as B2:B4."""

    def make(rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), hidden_first: bool = False) -> bytes:
        book = Workbook()
        sheet = book.active
        if hidden_first:
            sheet.append(["Ẩn"])
            sheet.sheet_state = "hidden"
            sheet = book.create_sheet("Danh sách")
        for row in rows:
            sheet.append(list(row))
        for one in merge:
            sheet.merge_cells(one)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make
