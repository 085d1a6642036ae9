"""Compound files (the Office formats of 1997 to 2003): which streams they hold, and whether those are macros or secret.

Runs in a child process, with the standard library alone.
"""

from __future__ import annotations

import struct
from pathlib import Path

from copies.bounds import Unfit

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_LARGEST = 256 * 1024 * 1024
_MACROS = {"_vba_project", "_vba_project_cur", "macros", "vba", "_ms_vba_overhead"}
_SECRET = {"encryptedpackage", "encryptioninfo", "encryptedsummary", "\x06dataspaces"}
_ENCRYPTED_PPT = 0xF3D1C4DF


def refuse_unfit(source: Path, kind: str) -> None:
    """Refuse a compound file with macros or a password, one that is none, or one without the stream of its kind."""
    if source.stat().st_size > _LARGEST:
        raise Unfit("huge")
    try:
        found = Compound(source.read_bytes())
    except (struct.error, IndexError, ValueError, OverflowError):
        raise Unfit("broken") from None
    names = set(found.streams) | found.storages
    if names & _SECRET:
        raise Unfit("encrypted")
    if names & _MACROS:
        raise Unfit("macro")
    if kind not in _CHECKS:
        raise Unfit("broken")
    try:
        _CHECKS[kind](found)
    except (struct.error, IndexError, KeyError, ValueError):
        raise Unfit("broken") from None


class Compound:
    """The streams of a compound file by name, small letters. Whatever it says of itself is bounded by its size."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise ValueError("no compound file")
        self._data = data
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        self._most = len(data) // self._size + 2
        directory, self._cutoff, first_mini = struct.unpack_from("<I4xII", data, 48)
        self._table = self._allocation()
        self.streams: dict[str, tuple[int, int]] = {}
        self.storages: set[str] = set()
        self._root = b""
        entries = self._chain(directory)
        self._mini_table = [number for (number,) in struct.iter_unpack("<I", self._chain(first_mini))]
        for at in range(0, len(entries) - 127, 128):
            self._entry(entries[at : at + 128])

    def _entry(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
        start, size = struct.unpack_from("<IQ", entry, 116)
        if kind == 5:
            self._root = self._chain(start)
        elif kind == 1:
            self.storages.add(name)
        elif kind == 2:
            self.streams.setdefault(name, (start, size & 0xFFFFFFFF))

    def read(self, name: str, most: int = 1 << 30) -> bytes:
        """Return a stream, or its first bytes. Raises KeyError."""
        start, size = self.streams[name]
        if size >= self._cutoff:
            return self._chain(start, min(size, most))[: min(size, most)]
        parts: list[bytes] = []
        at, seen = start, 0
        while at not in (_END, _FREE) and seen * 64 < min(size, most):
            parts.append(self._root[at * 64 : at * 64 + 64])
            at, seen = self._mini_table[at], seen + 1
        return b"".join(parts)[: min(size, most)]

    def _allocation(self) -> list[int]:
        count, next_list = struct.unpack_from("<I", self._data, 44)[0], struct.unpack_from("<I", self._data, 68)[0]
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while next_list < _END - 1 and seen < self._most:
            block = struct.unpack(f"<{self._size // 4}I", self._sector(next_list))
            sectors += block[:-1]
            next_list, seen = block[-1], seen + 1
        table: list[int] = []
        for sector in [sector for sector in sectors if sector < _END - 1][: min(count, self._most)]:
            table += struct.unpack(f"<{self._size // 4}I", self._sector(sector))
        return table

    def _chain(self, start: int, most: int = 1 << 30) -> bytes:
        parts: list[bytes] = []
        at = start
        while at not in (_END, _FREE) and len(parts) * self._size < most:
            if len(parts) > self._most:
                raise ValueError("a chain without end")
            parts.append(self._sector(at))
            at = self._table[at]
        return b"".join(parts)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        found = self._data[begin : begin + self._size]
        if not found:
            raise ValueError("a sector that is not there")
        return found.ljust(self._size, b"\0")


def _check_doc(found: Compound) -> None:
    head = found.read("worddocument", 64)
    magic, flags = struct.unpack_from("<H", head)[0], struct.unpack_from("<H", head, 10)[0]
    if magic not in (0xA5EC, 0xA5DC):
        raise Unfit("broken")
    if flags & 0x0100:
        raise Unfit("encrypted")


def _check_xls(found: Compound) -> None:
    data = found.read("workbook" if "workbook" in found.streams else "book")
    at = 0
    while at + 4 <= len(data):
        record, length = struct.unpack_from("<HH", data, at)
        if record == 0x002F:  # FILEPASS
            raise Unfit("encrypted")
        if record == 0x0085 and length >= 6 and data[at + 9] == 1:  # BOUNDSHEET of macros
            raise Unfit("macro")
        if record == 0x000A and at > 0:  # end of the first part, which names the sheets
            return
        at += 4 + length


def _check_ppt(found: Compound) -> None:
    head = found.read("current user", 20)
    if struct.unpack_from("<I", head, 12)[0] == _ENCRYPTED_PPT:
        raise Unfit("encrypted")
    found.read("powerpoint document", 8)


_CHECKS = {"doc": _check_doc, "xls": _check_xls, "ppt": _check_ppt}
