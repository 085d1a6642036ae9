"""Reading what people send: understood as they mean it, or refused with a sentence; never more than a child process is harmed."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from datetime import date, datetime

import pytest

from sheets import Unreadable, read, read_grid, refuse_formulas
from sheets.reading import LIMITS, SENTENCES, Limits
from tests.sheets.conftest import Made

HEAD = ["Họ và tên", "Đơn vị", "Ngày sinh"]


def refusal(data: bytes, name: str = "ds.xlsx", limits: Limits = LIMITS) -> str:
    with pytest.raises(Unreadable) as refused:
        read_grid(data, name, limits=limits)
    return refused.value.sentence


def test_a_workbook_is_read_with_the_place_of_each_cell(workbook: Made) -> None:
    sheet = read(workbook([HEAD, ["Lò Văn Một", "Lào Cai", date(1970, 1, 2)], [], ["Lò Văn Hai", 15.0, None]]), "ds.xlsx")
    assert sheet.header == HEAD
    assert [row.number for row in sheet.rows] == [2, 4]
    first, second = sheet.rows
    assert (first.cells["Họ và tên"].text, first.cells["Họ và tên"].reference) == ("Lò Văn Một", "A2")
    assert (first.cells["Ngày sinh"].day, first.cells["Ngày sinh"].value) == (date(1970, 1, 2), date(1970, 1, 2))
    assert (second.cells["Đơn vị"].text, second.cells["Đơn vị"].reference, second.cells["Ngày sinh"].day) == ("15", "B4", None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (date(2025, 11, 26), date(2025, 11, 26)), (datetime(2025, 11, 26, 8, 30), date(2025, 11, 26)),
        ("26/11/2025", date(2025, 11, 26)), ("1/2/2025", date(2025, 2, 1)), ("01-02-2025", date(2025, 2, 1)),
        ("26.11.2025", date(2025, 11, 26)), ("2025-11-26", date(2025, 11, 26)), ("2025-11-26 00:00:00", date(2025, 11, 26)),
        ("\u00a026/11/2025 ", date(2025, 11, 26)), ("", None), (None, None),
    ],
)  # fmt: skip
def test_dates_are_understood_in_three_formats(written: object, meant: date | None, workbook: Made) -> None:
    (row,) = read(workbook([HEAD, ["Ai", "x", written]]), "ds.xlsx").rows
    assert row.cells["Ngày sinh"].day == meant


@pytest.mark.parametrize("written", ["31/02/2025", "11/26/2025", "hôm qua", "26/11/25", 45987])
def test_what_is_no_date_is_named(written: object, workbook: Made) -> None:
    (row,) = read(workbook([HEAD, ["Ai", "x", written]]), "ds.xlsx").rows
    with pytest.raises(ValueError, match=r"\w"):
        assert row.cells["Ngày sinh"].day


def test_text_is_one_spelling_whatever_way_it_was_typed(workbook: Made) -> None:
    typed = unicodedata.normalize("NFD", "\u00a0Nguyễn\u00a0\u200b Thị  Ước\n")
    (row,) = read(workbook([HEAD, [typed, "x", ""]]), "ds.xlsx").rows
    assert row.cells["Họ và tên"].text == "Nguyễn Thị Ước"


def test_a_merged_value_stands_in_every_cell_of_its_range(workbook: Made) -> None:
    rows = [HEAD, ["Một", "Lào Cai", ""], ["Hai", "", ""], ["Ba", "", ""], ["Bốn", "Huế", ""]]
    sheet = read(workbook(rows, merge=["B2:B4"]), "ds.xlsx")
    assert [row.cells["Đơn vị"].text for row in sheet.rows] == ["Lào Cai", "Lào Cai", "Lào Cai", "Huế"]


def test_the_first_sheet_that_is_seen_and_holds_something_is_read(workbook: Made) -> None:
    assert read(workbook([HEAD, ["Ai", "x", ""]], hidden_first=True), "ds.xlsx").header == HEAD


TEXT = 'Họ và tên;Đơn vị;Ghi chú\r\n"Đặng Thị Ước";Lào Cai;"a; ""b"""\r\n\r\nGiàng A Đại;Huế;x\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_is_read_in_its_encoding_and_with_its_mark(encoding: str, mark: str) -> None:
    sheet = read(TEXT.replace(";", mark).encode(encoding), "ds.csv")
    assert [(row.number, row.cells["Họ và tên"].text) for row in sheet.rows] == [(2, "Đặng Thị Ước"), (4, "Giàng A Đại")]
    assert sheet.rows[0].cells["Ghi chú"].text == f'a{mark} "b"'.replace("\t", " ").replace("  ", " ")


def as_windows_does(letter: str) -> str:
    """Windows-1258 writes the tone as a mark of its own after the letter."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone


def test_windows_1258_is_read() -> None:
    text = "".join(map(as_windows_does, "Họ và tên,Đơn vị\r\nĐặng Thị Ước,Huế\r\n"))
    sheet = read(text.encode("cp1258"), "ds.csv")
    assert sheet.header == ["Họ và tên", "Đơn vị"]
    assert sheet.rows[0].cells["Họ và tên"].text == "Đặng Thị Ước"


def test_a_formula_has_no_value_and_is_named(workbook: Made) -> None:
    sheet = read(workbook([HEAD, ["Một", "=1+1", ""], ["Hai", '=HYPERLINK("http://x")', ""]]), "ds.xlsx")
    cells = [row.cells["Đơn vị"] for row in sheet.rows]
    assert [(cell.is_formula, cell.text) for cell in cells] == [(True, ""), (True, "")]
    with pytest.raises(Unreadable) as refused:
        refuse_formulas(cells)
    assert "B2, B3" in refused.value.sentence
    refuse_formulas([row.cells["Họ và tên"] for row in sheet.rows])
    (row,) = read(b"a,b\n=1+1,x\n", "ds.csv").rows
    assert row.cells["a"].is_formula


def test_an_error_value_is_named_like_a_formula(workbook: Made) -> None:
    (row,) = read(workbook([HEAD, ["Một", "#N/A", ""]]), "ds.xlsx").rows
    assert row.cells["Đơn vị"].is_formula


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


def test_each_hostile_file_is_refused_with_its_sentence(workbook: Made) -> None:
    good = workbook([HEAD, ["Ai", "x", ""]])
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(b"") == SENTENCES["empty"]
    assert refusal(workbook([])) == SENTENCES["empty"]
    assert refusal(good[:-300]) == SENTENCES["broken"]
    assert refusal(good[: len(good) // 2] + b"\0" * 40 + good[len(good) // 2 + 40 :]) == SENTENCES["broken"]
    assert refusal(with_part(good, "xl/vbaProject.bin")) == SENTENCES["macro"]
    assert refusal(good, "ds.XLSM") == SENTENCES["macro"]
    assert refusal(ole) == SENTENCES["old"]
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == SENTENCES["encrypted"]
    assert refusal(zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")) == SENTENCES["other"]
    assert refusal(zipped(**{"word/document.xml": b"<a/>"})) == SENTENCES["other"]
    assert refusal(b"%PDF-1.7 x") == SENTENCES["other"]
    assert refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0") == SENTENCES["other"]
    assert refusal(b"<html><table><tr><td>x</td></tr></table></html>", "ds.xls") == SENTENCES["other"]
    assert refusal(with_part(good, "xl/media/image.bin", bytes(LIMITS.unpacked))) == SENTENCES["bomb"]
    assert refusal(zipped(**{f"xl/{n}": b"" for n in range(LIMITS.parts + 1)})) == SENTENCES["bomb"]
    assert "10 MB" in refusal(bytes(LIMITS.size + 1))


def test_a_package_that_lies_about_its_size_is_broken(workbook: Made) -> None:
    data = bytearray(with_part(workbook([HEAD]), "xl/big.bin", bytes(5_000_000)))
    size = struct.pack("<I", 5_000_000)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    assert refusal(bytes(data)) == SENTENCES["broken"]


def test_entities_are_not_unfolded(workbook: Made) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = io.BytesIO(workbook([HEAD, ["Ai", "x", ""]]))
    parts = {}
    with zipfile.ZipFile(data) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        hostile = dict(parts) | {part: laughs + parts[part]}
        assert refusal(zipped(**hostile)) == SENTENCES["broken"]


def test_too_many_rows_or_columns_are_refused(workbook: Made) -> None:
    assert "100" in refusal(workbook([["x"] * 101, ["y"] * 101]))
    assert "20000" in refusal(b"a,b\n" + b"x,y\n" * 25_000, "ds.csv").replace(".", "").replace(",", "")
    far = workbook([HEAD]).replace(b"", b"")
    with zipfile.ZipFile(io.BytesIO(far)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell)
    assert refusal(zipped(**parts)) in {SENTENCES["huge"], refusal(b"a,b\n" + b"x,y\n" * 25_000, "ds.csv")}


def test_reading_stops_at_its_limit_of_time_and_memory() -> None:
    data = ("Họ và tên,Đơn vị\n" + "Đại biểu,Lào Cai\n" * 15_000).encode() + b"x" * 8_000_000
    assert refusal(data, limits=Limits(memory=32 * 1024 * 1024)) == SENTENCES["huge"]
    assert refusal(data, limits=Limits(seconds=0)) in (SENTENCES["huge"], SENTENCES["busy"])


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(range(256)) * 9, b"\xff\xfe" + b"\x00\xd8" * 50, b"\0" * 500, b"PK\x05\x06" + bytes(18)]
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    assert len(refusal(data)) > 20


def test_one_long_text_that_thousands_of_cells_share_is_refused(workbook: Made) -> None:
    shared = workbook([["Họ và tên", "Đơn vị"], *[["x" * 30_000, "Huế"] for _ in range(1200)]])
    assert len(shared) < 100_000
    assert refusal(shared) == SENTENCES["huge"]
    few = [["Họ và tên", "Đơn vị"], *[["x" * 30_000, "Huế"] for _ in range(3)]]
    assert len(read_grid(workbook(few), "ds.xlsx").rows) == 4
