"""What a file is, by its content and not by its name; a name that says something else is refused.

Reads a few kilobytes and the tables of contents of packages, with bounds, and hands nothing to any library of formats.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

from copies.refusals import Refused

#: Kinds with the endings that may stand for them. A JPEG named .png harms nobody, a PDF named .exe might.
FAMILIES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "pdf": (frozenset({"pdf"}), frozenset({"pdf"})),
    "words": (frozenset({"doc", "docx", "rtf", "odt"}), frozenset({"doc", "docx", "rtf", "odt", "dot", "dotx", "ott"})),
    "sheets": (frozenset({"xls", "xlsx", "ods"}), frozenset({"xls", "xlsx", "ods", "xlt", "xltx", "ots"})),
    "slides": (
        frozenset({"ppt", "pptx", "odp"}), frozenset({"ppt", "pptx", "odp", "pps", "ppsx", "pot", "potx", "otp"}),
    ),
    "images": (
        frozenset({"png", "jpg", "tiff", "webp"}), frozenset({"png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "webp"}),
    ),
}  # fmt: skip
IMAGES = FAMILIES["images"][0]
OFFICE = FAMILIES["words"][0] | FAMILIES["sheets"][0] | FAMILIES["slides"][0]
ENDINGS = frozenset().union(*(endings for _kinds, endings in FAMILIES.values()))
#: Endings that say themselves that a program is inside, and the binary workbook, in which nobody sees one.
MACRO_ENDINGS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm"})

HEAD = 4096
TAIL = 66_000  # the longest comment behind a package's table of contents
TABLE = 8 * 1024 * 1024  # bytes of such a table
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OOXML = {"word/document": "docx", "word/document2": "docx", "xl/workbook": "xlsx", "ppt/presentation": "pptx"}
_STARTS = (
    ((b"\x89PNG\r\n\x1a\n",), "png"), ((b"\xff\xd8\xff",), "jpg"), ((b"{\\rtf",), "rtf"),
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "tiff"),
)  # fmt: skip
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}


def identify(path: Path, name: str) -> str:
    """Return the kind of a file (pdf, docx, png, …); raise Refused when it is none we know, or not what its name says."""
    ending = ending_of(name)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        if not head:
            raise Refused("empty")
        kind = _kind(head, stream)
    if ending in MACRO_ENDINGS:
        raise Refused("macro")
    if kind is None:
        raise Refused(_why_unknown(head, ending))
    if not any(kind in kinds and ending in endings for kinds, endings in FAMILIES.values()):
        raise Refused("ending")
    return kind


def ending_of(name: str) -> str:
    """Return what stands behind the last dot of a name, in small ASCII letters; marks that turn the writing are no letters."""
    letters = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    ending = letters.rpartition(".")[2].lower() if "." in letters else ""
    return ending if ending.isascii() else ""


def _why_unknown(head: bytes, ending: str) -> str:
    """Say what is wrong with a file of no known kind: damaged when nothing but nonsense stands under a good name."""
    if ending not in ENDINGS:
        return "unknown"
    if not head.strip(b"\0"):
        return "broken"
    return "ending" if _is_of_another_kind(head) else "broken"


def _is_of_another_kind(head: bytes) -> bool:
    """Tell whether a head is plainly that of something we do not take: a page, a program, a script, a package, a film."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:512].lower()
    known = (
        b"<", b"mz", b"\x7felf", b"#!", b"gif8", b"bm", b"%!", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"bzh", b"\xca\xfe\xba\xbe",
        b"id3", b"ogg", b"ftyp", b"riff", b"pk\x03\x04", b"pk\x05\x06", b"{", b"\x00\x00\x01\x00", b"8bps", b"\xd0\xcf\x11\xe0",
        b"\xfd7zxz", b"msce", b"cwsfws", b"begin", b"mime-version",
    )  # fmt: skip
    return start.startswith(known) or start[4:8] == b"ftyp" or b"%pdf-" in start or start.isascii()


def _kind(head: bytes, stream: BinaryIO) -> str | None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0\f").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    for starts, kind in _STARTS:
        if head.startswith(starts):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(stream)
    return _compound(head, stream) if head.startswith(_OLE) else None


# Packages: ZIP


def _package(stream: BinaryIO) -> str | None:
    """Return the kind of an Office package, by the parts it names; nothing is unpacked but the mimetype's few bytes."""
    _refuse_table(stream)
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            names = {part.filename.replace("\\", "/").lower().removesuffix(".xml") for part in parts}
            if any(name.endswith(("vbaproject.bin", "vbadata")) or "/macrosheets/" in name for name in names):
                raise Refused("macro")
            first = next((part for part in parts if part.filename == "mimetype"), None)
            if first is not None and first.file_size < 200 and not first.flag_bits & 1:
                return _ODF.get(package.read(first).strip().removesuffix(b"-template"))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError, OSError, OverflowError):
        raise Refused("broken") from None
    if "[content_types]" not in names:
        return None
    found = {kind for part, kind in _OOXML.items() if part in names}
    return found.pop() if len(found) == 1 else None


def _refuse_table(stream: BinaryIO) -> None:
    """Refuse a package whose table of contents alone is more than a paper's can be, before anything reads it."""
    size = stream.seek(0, 2)
    stream.seek(max(size - TAIL, 0))
    tail = stream.read(TAIL)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise Refused("broken")
    entries, length = struct.unpack_from("<HI", tail, end + 10)
    if length > TABLE or entries > 20_000 or (b"PK\x06\x07" in tail and length == 0xFFFFFFFF):
        raise Refused("bomb")


# Compound files: OLE


def _compound(head: bytes, stream: BinaryIO) -> str | None:
    """Return the kind of an old Office file by the names in its root folder; one that is locked holds an EncryptedPackage."""
    names = _root_names(head, stream)
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise Refused("encrypted")
    if names & {"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}:
        raise Refused("macro")
    found = {kind for name, kind in _STREAMS.items() if name in names}
    return found.pop() if len(found) == 1 else None


def _root_names(head: bytes, stream: BinaryIO) -> set[str]:
    """Follow the chain of directory sectors, as far as a paper's can reach, and return the names of what has one in the root."""
    if len(head) < 512:
        raise Refused("broken")
    shift = struct.unpack_from("<H", head, 30)[0]
    if shift not in (9, 12):
        raise Refused("broken")
    size, table = 1 << shift, list(struct.unpack_from("<109I", head, 76))
    sector, entries, seen = struct.unpack_from("<I", head, 48)[0], b"", set[int]()
    while sector < 0xFFFFFFFA and sector not in seen and len(seen) < 512:
        seen.add(sector)
        entries += _sector(stream, sector, size)
        place, offset = divmod(sector, size // 4)
        page = _sector(stream, table[place], size) if place < 109 and table[place] < 0xFFFFFFFA else b""
        sector = struct.unpack_from("<I", page, offset * 4)[0] if len(page) == size else 0xFFFFFFFE
    return _children(entries)


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    return stream.read(size)


def _children(entries: bytes) -> set[str]:
    """Return the names right under the root: embedded objects have folders of their own, with the same names in them."""
    rows = [entries[at : at + 128] for at in range(0, len(entries) - 127, 128)]
    names, waiting, seen = set[str](), [struct.unpack_from("<I", rows[0], 76)[0]] if rows else [], set[int]()
    while waiting:
        at = waiting.pop()
        if at >= len(rows) or at in seen:
            continue
        seen.add(at)
        length = min(struct.unpack_from("<H", rows[at], 64)[0], 64)
        names.add(rows[at][: max(length - 2, 0)].decode("utf-16-le", "replace"))
        waiting += struct.unpack_from("<II", rows[at], 68)
    return names
