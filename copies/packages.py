"""Office packages (OOXML, ODF) before anything opens them: refused, or written anew without what leads out of them.

For child processes: the standard library alone.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from copies.bounds import Bounds, Count, Unfit
from copies.parts import clean_xml

BOUNDS = Bounds()
_BLOCK = 1 << 18
_PACKED = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp")
_FILMS = (".mp4", ".m4v", ".mov", ".avi", ".wmv", ".mpg", ".mpeg", ".mkv", ".mp3", ".m4a", ".wav", ".wma", ".ogg", ".exe")


def rewrite(source: Path, target: Path, bounds: Bounds = BOUNDS) -> int:
    """Write a package anew, without what leads out of it; return its weight: bytes of XML, a sixth of the rest. Raises Unfit."""
    count = Count()
    try:
        with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            parts = _parts(package, bounds)
            for part in parts:
                _copy(package, part, new, count, bounds)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError, struct.error, OverflowError):
        raise Unfit("broken") from None
    return count.xml + count.rest // 6


def _parts(package: zipfile.ZipFile, bounds: Bounds) -> list[zipfile.ZipInfo]:
    """Return the parts that are copied; refuse what already its list of contents gives away."""
    parts = [part for part in package.infolist() if not part.is_dir()]
    names = [part.filename.lower().replace("\\", "/").lstrip("/") for part in parts]
    if len(parts) > bounds.parts or sum(part.file_size for part in parts) > bounds.xml + bounds.rest:
        raise Unfit("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("encrypted")
    if any(_is_macro(name) for name in names):
        raise Unfit("macro")
    is_ooxml = "[content_types].xml" in names
    alike = set(names) if is_ooxml else {part.filename for part in parts}
    if len(alike) != len(names) or any(".." in name.split("/") for name in names):
        raise Unfit("broken")
    if not is_ooxml and "content.xml" not in names:
        raise Unfit("broken")
    return [part for part, name in zip(parts, names, strict=True) if not _is_left_out(name)]


def _is_macro(name: str) -> bool:
    end = name.rsplit("/", 1)[-1]
    return (
        end in ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
        or "/macrosheets/" in name
        or (name.startswith("basic/") and end not in ("script-lb.xml", "script-lc.xml"))
        or name.startswith("scripts/")
    )


def _is_left_out(name: str) -> bool:
    """Tell whether a part is for programs only, or cannot stand on paper: objects of other programs, controls, films, sounds."""
    if name.endswith(_FILMS):
        return True
    return "/embeddings/" in name or "/activex/" in name or name.startswith(("customui/", "basic/", "configurations2/"))


def _copy(package: zipfile.ZipFile, part: zipfile.ZipInfo, new: zipfile.ZipFile, count: Count, bounds: Bounds) -> None:
    name = part.filename.replace("\\", "/").lstrip("/")
    with package.open(part) as stream:
        head = stream.read(_BLOCK)
        if not _is_xml(name, head):
            _refuse_huge_picture(head, bounds)
            # What is packed already is stored as it is, which is the default of a ZipInfo; so is `mimetype`, which must be.
            as_it_is = name == "mimetype" or name.lower().endswith(_PACKED)
            with new.open(zipfile.ZipInfo(name) if as_it_is else name, "w", force_zip64=part.file_size > 1 << 31) as out:
                while head:
                    count.rest += len(head)
                    if count.rest > bounds.rest:
                        raise Unfit("bomb")
                    out.write(head)
                    head = stream.read(_BLOCK)
            return
        data = bytearray(head)
        while block := stream.read(_BLOCK):
            data += block
            if count.xml + len(data) > bounds.xml:
                raise Unfit("bomb")
        count.xml += len(data)
        if count.xml > bounds.xml:
            raise Unfit("bomb")
    new.writestr(name, clean_xml(name, bytes(data), count, bounds))


def _is_xml(name: str, head: bytes) -> bool:
    start = head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return name.lower().endswith((".xml", ".rels", ".vml", ".rdf")) or start.startswith(b"<")


# Pictures


def _refuse_huge_picture(head: bytes, bounds: Bounds) -> None:
    """Refuse a picture of a few bytes that would fill the memory."""
    width = height = 0
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
    elif head.startswith((b"GIF87a", b"GIF89a")) and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
    elif head.startswith(b"BM") and len(head) >= 26:
        width, height = struct.unpack("<ii", head[18:26])
    if abs(width) * abs(height) > bounds.pixels:
        raise Unfit("bomb")
