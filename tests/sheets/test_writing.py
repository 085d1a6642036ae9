"""What is written opens as text, whatever it begins with, and is read back as it was."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from sheets import Table, read, write_csv, write_workbook, write_xlsx

HOSTILE = [
    "=1+1", '=HYPERLINK("http://x","y")', "+84 912 345 678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "'x",
    " =1",
    "=cmd|' /C calc'!A0", 'a"b', "a;b,c", "dòng 1\ndòng 2", "<script>&amp;", "_x000D_", "_x0041_", "𝒀👍", "ỷ ủ", "x" * 5000, "'",
    "NULL", "00123", "1e5", "TRUE", "26/11/2025",
]  # fmt: skip


def test_a_workbook_holds_no_formula_and_is_read_back_equal() -> None:
    data = write_xlsx("Đại biểu", ["Số", "Chữ"], [[n, text] for n, text in enumerate(HOSTILE)])
    sheet = load_workbook(io.BytesIO(data)).active
    assert "f" not in {cell.data_type for cell in sheet["B"]}
    assert [str(cell.value).replace("_x005F_", "_") for cell in sheet["B"]][1:] == HOSTILE
    assert all(cell.quotePrefix for cell in list(sheet["B"])[1:])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    assert [row.cells["Chữ"].value for row in read(data, "x.xlsx").rows] == HOSTILE
    assert [row.cells["Số"].value for row in read(data, "x.xlsx").rows] == list(range(len(HOSTILE)))


def test_a_csv_file_holds_no_formula_and_is_read_back_equal() -> None:
    texts = list(HOSTILE)
    data = write_csv(["=A", "B"], [[text, "x"] for text in texts])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert [row.cells["=A"].value for row in read(data, "x.csv").rows] == texts


def test_each_kind_of_value_is_written_as_itself() -> None:
    values = [1, -2.5, True, None, "", date(2025, 11, 26), datetime(2025, 11, 26, 8, 30), "chữ"]
    sheet = load_workbook(io.BytesIO(write_xlsx("T", list("abcdefgh"), [values]))).active
    assert [cell.value for cell in sheet[2]] == [
        1, -2.5, True, None, None, datetime(2025, 11, 26), datetime(2025, 11, 26, 8, 30), "chữ",
    ]  # fmt: skip
    assert sheet["F2"].number_format == "dd/mm/yyyy"
    line = write_csv(list("abcdefgh"), [values]).decode("utf-8-sig").splitlines()[1]
    assert line == '"1","-2.5","1","","","26/11/2025","26/11/2025 08:30","chữ"'


@pytest.mark.parametrize("control", ["\0", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_letters_a_workbook_cannot_hold_are_left_out(control: str) -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx("T", ["a"], [[f"x{control}y"]]))).active
    assert sheet["A2"].value == "xy"
    assert write_csv(["a"], [[f"x{control}y"]])


def test_a_workbook_has_a_sheet_for_each_table_and_lists_to_pick_from() -> None:
    data = write_workbook([
        Table("Đại biểu: [2025]/*?", ["Họ tên", "Vai trò"], [["Ai", "Đại biểu"]], choices={1: ["Đại biểu", "Khách mời"]}),
        Table("Đại biểu: [2025]/*?", ["Giá trị"], []),
        Table("", [], []),
    ])  # fmt: skip
    book = load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 3
    first = book.worksheets[0]
    assert first.freeze_panes == "A2"
    assert [(str(rule.sqref), rule.formula1) for rule in first.data_validations.dataValidation] == [
        ("B2:B5000", '"Đại biểu,Khách mời"')
    ]
    assert read(data, "x.xlsx").header == ["Họ tên", "Vai trò"]
