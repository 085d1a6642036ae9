"""How much a stream of a PDF may unpack to, and how large a picture may be. In a child process only."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from pikepdf import Array, Name, Object, Pdf, PdfError, Stream

from copies.pruning import Unpackable
from copies.refusals import Refused

MEGABYTE = 1024 * 1024
#: Bytes that one stream may unpack to by what it is, and all of them together; of a picture, dots in all and on one side.
MOST = {"content": 64 * MEGABYTE, "font": 64 * MEGABYTE, "data": 32 * MEGABYTE, "image": 600 * MEGABYTE}
ALL, ALL_UNPACKED = 1536 * MEGABYTE, 6 * 1024 * MEGABYTE
DOTS, SIDE = 160_000_000, 60_000
_PICTURES = frozenset({"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"})
_PREDICTOR = 1 << 16  # columns times colours of one row, beyond which nothing goes that is no picture
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


class Unpacking:
    """Adds up what a paper unpacks to; raises Refused when it is more than a paper can be."""

    def __init__(self) -> None:
        self._unpacked = 0

    def __call__(self, stream: Object, role: str) -> bool:
        """Look at one stream that stays. False: it is left out, since nothing could show it."""
        filters, parameters = filters_of(stream), _parameters(stream)
        raw = stream.read_raw_bytes()
        if role == "image" and not _has_right_size(stream, filters, parameters, raw):
            return False
        if role != "image" and any(name in _PICTURES for name in filters):
            raise Unpackable
        for packing in parameters:
            _refuse_packing(packing, role)
        if role == "image" and len(filters) < 2:  # unpacked by viewers only as far as its dots go
            return True
        self._count(raw, filters, role)
        return True

    def _count(self, raw: bytes, filters: list[str], role: str) -> None:
        """Unpack layer by layer, keeping no more than is allowed; what only a picture's own decoder opens is left to it."""
        data, most = raw, MOST[role]
        for position, name in enumerate(filters):
            if name in _PICTURES:
                return
            last = position == len(filters) - 1
            if name == "FlateDecode":
                size, data = inflate(data, most, keep=not last)
            else:
                size = len(data) * {"RunLengthDecode": 64, "LZWDecode": 1400}.get(name, 1)
                if size > most or not last:
                    data = _unpacked(name, data)
                    size = len(data)
            self._unpacked += size
            if size > most or self._unpacked > (ALL_UNPACKED if role == "image" else ALL):
                raise Refused("bomb")


def inflate(data: bytes, most: int, *, keep: bool) -> tuple[int, bytes]:
    """Return how much a Flate stream unpacks to, and that itself if asked; damaged: as far as it goes. Refused over `most`."""
    engine, size, kept, rest = zlib.decompressobj(), 0, list[bytes](), data
    try:
        while rest and not engine.eof:
            block = engine.decompress(rest, MEGABYTE)
            rest = engine.unconsumed_tail
            size += len(block)
            if size > most:
                raise Refused("bomb")
            if keep:
                kept.append(block)
    except zlib.error:
        pass
    return size, b"".join(kept)


def filters_of(stream: Object) -> list[str]:
    """Return the names of a stream's filters, outermost first."""
    packed = stream.get("/Filter")
    if isinstance(packed, Name):
        return [str(packed)[1:]]
    return [str(name)[1:] for name in packed] if isinstance(packed, Array) else []


def _parameters(stream: Object) -> list[Any]:
    given = stream.get("/DecodeParms")
    return [one for one in given if one is not None] if isinstance(given, Array) else [given] if given is not None else []


def _refuse_packing(packing: Any, role: str) -> None:
    columns, colours, bits = (_whole(packing, key, 1) for key in ("/Columns", "/Colors", "/BitsPerComponent"))
    if not (0 < columns <= SIDE * 4 and 0 < colours <= 64 and 0 < bits <= 32):
        raise Refused("bomb")
    if role != "image" and columns * colours > _PREDICTOR:
        raise Refused("bomb")


def _unpacked(name: str, data: bytes) -> bytes:
    with Pdf.new() as workshop:
        stream = Stream(workshop, data)
        stream["/Filter"] = Name("/" + name)
        try:
            return stream.read_bytes()
        except PdfError:
            raise Unpackable from None


def _whole(thing: Any, key: str, otherwise: int) -> int:
    value = thing.get(key, otherwise)
    return value if isinstance(value, int) else otherwise


# Pictures


def too_large(width: int, height: int) -> bool:
    """Tell whether a picture has more dots than a large plan, scanned finely."""
    return width * height > DOTS or max(width, height) > SIDE


def _has_right_size(stream: Object, filters: list[str], parameters: list[Any], raw: bytes) -> bool:
    sizes = [(_whole(stream, "/Width", 0), _whole(stream, "/Height", 0))]
    if len(filters) == 1:  # behind other filters only its decoder knows
        own = {"DCTDecode": jpeg_sizes, "JPXDecode": _jpx_sizes, "JBIG2Decode": _jbig2_sizes}.get(filters[0])
        sizes += own(raw) if own else []
    if filters and filters[-1] == "CCITTFaxDecode" and parameters:
        sizes.append((_whole(parameters[-1], "/Columns", 1728), max(_whole(parameters[-1], "/Rows", 1), 1)))
    if any(width < 1 or height < 1 for width, height in sizes):
        return False
    if any(too_large(*size) for size in sizes):
        raise Refused("bomb")
    return True


def jpeg_sizes(data: bytes) -> list[tuple[int, int]]:
    """Return the sizes that a JPEG says it has, of each frame: some say several."""
    at, found = 2, list[tuple[int, int]]()
    while 0 <= at < len(data) - 9 and len(found) < 8:
        if data[at] != 0xFF:
            at = data.find(b"\xff", at)
            continue
        mark = data[at + 1]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            found.append((width, max(height, 1)))
        if mark == 0xDA:
            break
        if mark in (0x00, 0x01, 0xFF) or 0xD0 <= mark <= 0xD9:
            at += 1 if mark == 0xFF else 2
        else:
            at += 2 + max(struct.unpack_from(">H", data, at + 2)[0], 2)
    return found


def _jpx_sizes(data: bytes) -> list[tuple[int, int]]:
    at = data.find(b"\xff\x4f\xff\x51")
    if at < 0 or at + 40 > len(data):
        return []
    right, low, left, top, tile_width, tile_height = struct.unpack_from(">6I", data, at + 8)
    if tile_width and tile_height and (right // tile_width + 1) * (low // tile_height + 1) > 65_536:
        raise Refused("bomb")
    return [(max(right - left, 1), max(low - top, 1))]


def _jbig2_sizes(data: bytes) -> list[tuple[int, int]]:
    """Return the sizes that the page information of an embedded JBIG2 stream names; a height may be left open."""
    found, at = list[tuple[int, int]](), 0
    while at + 11 < len(data) and len(found) < 8:
        number, flags, count = struct.unpack_from(">I", data, at)[0], data[at + 4], data[at + 5] >> 5
        if count > 4:
            return found
        at += 6 + count * (1 if number <= 256 else 2 if number <= 65_536 else 4) + (4 if flags & 0x40 else 1)
        if at + 12 > len(data):
            break
        length = struct.unpack_from(">I", data, at)[0]
        if flags & 0x3F == 48:
            width, height = struct.unpack_from(">II", data, at + 4)
            found.append((width, 1 if height == 0xFFFFFFFF else height))
        if length == 0xFFFFFFFF:
            break
        at += 4 + length
    return found
