"""Reads one file of rows in a process of its own: bytes on standard input, JSON on standard output, then it ends.

Run alone, as `python -I child.py LIMITS`; it knows nothing of the rest of the house. What it cannot take it names by a word.
"""

import codecs
import csv
import datetime
import io
import json
import os
import re
import resource
import sys
import zipfile
from typing import Any, NoReturn

#: Says of a cell that it holds a formula or an error, instead of a value.
FORMULA = {"f": True}
LEADS = "=+-@\t\r\n"
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s>/]|<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


class Refused(Exception):
    """The file is not read; `word` says why, `values` what the sentence needs."""

    def __init__(self, word: str, **values: Any) -> None:
        super().__init__(word)
        self.said = {"refused": word, **values}


def main() -> NoReturn:
    """Take limits, read, answer, end."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)
    data = sys.stdin.buffer.read()
    from python_calamine import CalamineError, load_workbook  # under the limits

    sys.addaudithook(_forbid)
    try:
        said: dict[str, Any] = {"rows": _rows(data, limits, load_workbook)}
    except Refused as refused:
        said = refused.said
    except MemoryError:
        said = {"refused": "huge"}
    except (CalamineError, zipfile.BadZipFile, csv.Error, KeyError, ValueError, EOFError, NotImplementedError, zlib_error()):
        said = {"refused": "broken"}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    os._exit(0)


def zlib_error() -> type[Exception]:
    """Return what a damaged stream raises."""
    import zlib

    return zlib.error


def _rows(data: bytes, limits: dict[str, int], load: Any) -> list[list[Any]]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old")
    rows = _workbook(data, limits, load) if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) else _text(data, limits)
    while rows and not any(cell not in (None, "") for cell in rows[-1]):
        rows.pop()
    if len(rows) > limits["rows"]:
        raise Refused("rows")
    if max(map(len, rows), default=0) > limits["columns"]:
        raise Refused("columns")
    if not rows:
        raise Refused("empty")
    # One text that thousands of cells share is small in the file; who asked gets it once for each of them.
    if sum(len(cell) for row in rows for cell in row if isinstance(cell, str)) > limits["characters"]:
        raise Refused("huge")
    return rows


# Workbooks


def _workbook(data: bytes, limits: dict[str, int], load: Any) -> list[list[Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _refuse_package(package, limits)
        workbook = load(io.BytesIO(data))
        for position, meta in enumerate(workbook.sheets_metadata):
            if "WorkSheet" not in str(meta.typ) or not str(meta.visible).endswith(".Visible"):
                continue
            sheet = workbook.get_sheet_by_index(position)
            if sheet.start is None:
                continue
            if sheet.end[0] - sheet.start[0] > limits["rows"] * 2:
                raise Refused("rows")
            if sheet.end[1] > limits["columns"] * 2:
                raise Refused("columns")
            rows = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            _spread(rows, sheet.merged_cell_ranges or [])
            for row, column in _formulas(package, meta.name):
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = FORMULA
            return rows
    raise Refused("empty")


def _refuse_package(package: zipfile.ZipFile, limits: dict[str, int]) -> None:
    """Refuse what is no plain workbook, or is more than it says; every part is unpacked once, and thrown away."""
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > limits["parts"] or sum(part.file_size for part in parts) > limits["unpacked"]:
        raise Refused("bomb")
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise Refused("macro")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    if "mimetype" in names or any(name.endswith("workbook.bin") for name in names):
        raise Refused("other")
    if "[content_types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise Refused("other" if names else "broken")
    for part in parts:
        with package.open(part) as stream:
            while stream.read(1 << 20):
                pass


def _value(cell: Any) -> Any:
    """Return a cell as JSON can hold it: text, number, truth, or a date under "d"."""
    if isinstance(cell, bool | int | str):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime.datetime):
        return {"d": cell.date().isoformat()} if cell.time() == datetime.time() else {"d": cell.isoformat(sep=" ")}
    return {"d": cell.isoformat()} if isinstance(cell, datetime.date) else str(cell)


def _spread(rows: list[list[Any]], ranges: Any) -> None:
    """Give every cell of a merged range the value that stands in its corner."""
    width = max(map(len, rows), default=0)
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, width)):
                rows[row][column] = rows[top][left]


def _formulas(package: zipfile.ZipFile, name: str) -> list[tuple[int, int]]:
    """Return where formulas and errors stand in a sheet: row and column from 0."""
    from xml.etree import ElementTree  # of a package whose size is known; it loads nothing from outside

    book = ElementTree.fromstring(_without_entities(package.read("xl/workbook.xml")))
    links = ElementTree.fromstring(_without_entities(package.read("xl/_rels/workbook.xml.rels")))
    key = next(
        value
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name
        for attribute, value in sheet.attrib.items()
        if attribute.endswith("}id")
    )
    target = next(link.get("Target", "") for link in links if link.get("Id") == key)
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    text = package.read(path)
    if b"<!DOCTYPE" in text:
        raise Refused("broken")
    found = []
    for match in _CELL.finditer(text):
        where = _REFERENCE.search(match.group(1) or match.group(2))
        if where:
            found.append((int(where.group(2)) - 1, _column(where.group(1).decode())))
    return found


def _without_entities(text: bytes) -> bytes:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused("broken")
    return text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# Text


def _text(data: bytes, limits: dict[str, int]) -> list[list[Any]]:
    text = _decoded(data)
    if "\0" in text:
        raise Refused("other")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "{\\rtf", "%pdf")):
        raise Refused("other")
    csv.field_size_limit(200_000)
    rows: list[list[Any]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
        rows.append([_plain(cell) for cell in row])
        if len(rows) > limits["rows"] * 2:
            raise Refused("rows")
    width = max(map(len, rows), default=0)
    if width > limits["columns"] * 2:
        raise Refused("columns")
    return [row + [""] * (width - len(row)) for row in rows]


def _decoded(data: bytes) -> str:
    """Return the text of a file, from UTF-8, UTF-16 or Windows-1258, in this order."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    head = data[:2000]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 3:
        return data.decode("utf-16-le")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if any(byte < 32 and byte not in (9, 10, 13) for byte in head):
        raise Refused("other")
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error


def _delimiter(text: str) -> str:
    """Return the mark between columns: the one that divides the first lines into most columns, and evenly."""
    head = text[:20_000].splitlines()[:20]
    best, score = ",", 0.0
    for mark in (",", ";", "\t", "|"):
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=mark) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=1)
        now = (usual - 1) * widths.count(usual) / max(len(widths), 1)
        if now > score:
            best, score = mark, now
    return best


def _plain(cell: str) -> Any:
    """Return a cell's text: `'=` stands for `=`, as our own exports write it; a bare `=` is a formula."""
    if cell.startswith("'") and cell.lstrip("' ").startswith(tuple(LEADS)):
        return cell[1:]
    return FORMULA if cell.lstrip(" ").startswith("=") else cell


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"reading a sheet does not do {event}")


if __name__ == "__main__":
    main()
