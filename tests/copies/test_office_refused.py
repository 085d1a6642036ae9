"""Office files that LibreOffice never gets to see: each is refused with its word, quickly."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from copies import office
from copies.refusals import SENTENCES, Refused
from tests.copies import office_files as files

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
) + "]>"  # fmt: skip
SHEET = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
ENCRYPTED_ODF = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
)
CYCLE = bytearray(files.compound({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0, 0, 0, 0, 0)}))
CYCLE[-512 + 4 * 8 : -512 + 4 * 9] = struct.pack("<I", 8)  # the directory's sector is followed by itself


def with_flag(data: bytes) -> bytes:
    """Say of every part that it is locked with a password, in both places."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def overlapping(parts: int) -> bytes:
    """A package of many parts that all share the same few bytes."""
    whole = files.packed({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(1 << 20)})
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        kept = package.getinfo("word/document.xml")
    local = whole[: whole.index(b"PK\x01\x02")]
    rows = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, kept.CRC, kept.compress_size, kept.file_size, len(name),
                    0, 0, 0, 0, 0, kept.header_offset) + name
        for name in (f"word/{number:08}.xml".encode() for number in range(parts))
    )  # fmt: skip
    return local + rows + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, parts & 0xFFFF, parts & 0xFFFF, len(rows), len(local), 0)


def lying(data: bytes) -> bytes:
    """Say of the largest part that it has ten bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        largest = max(package.infolist(), key=lambda part: part.file_size)
    return data.replace(struct.pack("<I", largest.file_size), struct.pack("<I", 10))


def doubled() -> bytes:
    buffer = io.BytesIO(files.docx())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("WORD/document.xml", "<x/>")
    return buffer.getvalue()


def deep(opened: str, closed: str, times: int) -> str:
    return opened * times + closed * times


def rows(count: int) -> str:
    return "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, count + 1))


def repeated(rows: int, columns: int) -> str:
    return (
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"><text:p>1</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )


def sheet_of(record: int, data: bytes) -> bytes:
    return SHEET + struct.pack("<HH", record, len(data)) + data + struct.pack("<HH", 0x000A, 0)


HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "word macros": ("docx", "macro", lambda: files.docx(parts={"word/vbaProject.bin": b"x"})),
    "word macros in another folder": ("docx", "macro", lambda: files.docx(parts={"x/VBAPROJECT.BIN": b"x"})),
    "word macros by type alone": (
        "docx", "macro", lambda: files.docx(
            types='<Override PartName="/a.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
    ),
    "excel 4 macros": ("xlsx", "macro", lambda: files.xlsx(parts={"xl/macrosheets/sheet1.xml": "<x/>"})),
    "slides with macros": ("pptx", "macro", lambda: files.ooxml("pptx", "<p/>", parts={"ppt/vbaProject.bin": b"x"})),
    "basic in odf": ("odt", "macro", lambda: files.odt(more={"Basic/Standard/Module1.xml": "<x/>"})),
    "python in odf": ("ods", "macro", lambda: files.odf("ods", "", more={"Scripts/python/run.py": "import os"})),
    "old word macros": ("doc", "macro", lambda: files.compound({"WordDocument": b"\xec\xa5"}, ("Macros",))),
    "old excel macros": ("xls", "macro", lambda: files.compound({"Workbook": SHEET}, ("_VBA_PROJECT_CUR",))),
    "old excel 4 macros": (
        "xls", "macro", lambda: files.compound({"Workbook": sheet_of(0x85, struct.pack("<IBBB", 0, 0, 1, 1) + b"M")}),
    ),
    "locked ooxml": ("docx", "encrypted", lambda: files.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})),
    "locked word": ("doc", "encrypted", lambda: files.compound({"WordDocument": struct.pack("<6H", 0xA5EC, 0, 0, 0, 0, 0x100)})),
    "locked excel": ("xls", "encrypted", lambda: files.compound({"Workbook": sheet_of(0x2F, bytes(6))})),
    "locked slides": (
        "ppt", "encrypted", lambda: files.compound({"Current User": struct.pack("<HHIII", 0, 0xFF6, 20, 20, 0xF3D1C4DF)}),
    ),
    "locked odf": ("odt", "encrypted", lambda: files.odt(more={"META-INF/manifest2.xml": ENCRYPTED_ODF})),
    "locked parts": ("xlsx", "encrypted", lambda: with_flag(files.xlsx())),
    "parts that share their bytes": ("docx", "bomb", lambda: overlapping(2_000)),
    "a part that lies about its size": ("docx", "broken", lambda: lying(files.docx(files.words("x" * 3_000_000)))),
    "a part without end": ("docx", "bomb", lambda: files.docx(parts={"word/x.xml": bytes(270 << 20)})),
    "ten thousand parts": ("pptx", "bomb", lambda: overlapping(10_001)),
    "billion laughs in word": ("docx", "bomb", lambda: files.docx(files.words("&m;"), front=LAUGHS)),
    "billion laughs in odf": ("odt", "bomb", lambda: files.odt("<text:p>&m;</text:p>", front=LAUGHS)),
    "billion laughs in utf-16": (
        "docx", "bomb", lambda: files.docx(parts={"word/x.xml": (LAUGHS + "<x>&m;</x>").encode("utf-16")}),
    ),
    "laughs in a list of relationships": (
        "docx", "bomb", lambda: files.docx(rels=LAUGHS + files.related().replace(files.HEAD, "")),
    ),
    "a file of this machine as an entity": (
        "odt", "bomb", lambda: files.odt("<text:p>&m;</text:p>", front='<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/passwd">]>'),
    ),
    "an address as a parameter entity": (
        "docx", "bomb", lambda: files.docx(front='<!DOCTYPE x [<!ENTITY % m SYSTEM "http://127.0.0.1/x.dtd"> %m;]>'),
    ),
    "an encoding nobody uses": (
        "docx", "broken", lambda: files.docx(parts={"word/x.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}),
    ),
    "a hundred thousand tables in each other": ("docx", "bomb", lambda: files.docx(deep("<w:tbl>", "</w:tbl>", 100_000))),
    "a million braces": ("rtf", "bomb", ("{\\rtf1 " + deep("{", "}", 1_000_000)).encode),
    "cut off in the middle": ("docx", "broken", lambda: (data := files.docx())[: len(data) // 2]),
    "a table of contents alone": ("odt", "broken", lambda: (data := files.odt())[data.index(b"PK\x01\x02") :]),
    "a damaged part": ("xlsx", "broken", lambda: files.xlsx(parts={"xl/styles.xml": "<a><b></a>"})),
    "an old file cut off": ("doc", "broken", lambda: files.compound({"WordDocument": b"\xec\xa5"})[:700]),
    "an old file that bites its tail": ("doc", "broken", lambda: bytes(CYCLE)),
    "an old file without its text": ("doc", "broken", lambda: files.compound({"Other": b"x"})),
    "a package in a package": ("docx", "broken", lambda: files.packed({"in.docx": files.docx()})),
    "another file taken in": (
        "docx", "broken", lambda: files.docx(
            '<w:altChunk r:id="rId5"/>', rels=files.related(("rId5", "aFChunk", "a.docx", False)),
            parts={"word/a.docx": files.docx()}),
    ),
    "a part that climbs out": ("docx", "broken", lambda: files.docx(parts={"../../etc/x": b"x"})),
    "two parts of one name": ("docx", "broken", doubled),
    "a sheet of sixty-five thousand rows": ("xlsx", "pages", lambda: files.xlsx(rows(65_536))),
    "a sheet of a million rows in a line": ("ods", "pages", lambda: files.odf("ods", repeated(1_048_576, 1))),
    "a sheet of a million cells in a line": ("ods", "pages", lambda: files.odf("ods", repeated(1_000, 1_024))),
    "a picture larger than the memory": (
        "docx", "bomb", lambda: files.docx(parts={"word/media/a.png": files.bomb_png(60_000, 60_000)}),
    ),
    "nothing": ("docx", "empty", lambda: b""),
    "nothing but zeros": ("odt", "broken", lambda: bytes(4096)),
    "a page under a false name": ("rtf", "broken", lambda: b"<html><img src='http://127.0.0.1/x.png'></html>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_its_word_and_quickly(name: str, tmp_path: Path) -> None:
    kind, word, make = HOSTILE[name]
    source = tmp_path / "given"
    source.write_bytes(make())
    folder = tmp_path / "folder"
    folder.mkdir()
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        office.to_pdf(source, kind, folder)
    assert refused.value.word == word
    assert word in SENTENCES
    assert time.monotonic() - began < 20
    assert list(folder.iterdir()) == [], "something was left behind"


@pytest.mark.parametrize("kind", sorted(office.KINDS))
def test_a_file_of_chance_is_broken_whatever_it_is_called(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "given"
    source.write_bytes(bytes(number * number % 251 for number in range(5_000)))
    with pytest.raises(Refused, match="broken"):
        office.to_pdf(source, kind, tmp_path)
