"""A second look at a finished copy, by a reader of our own that shares nothing with the libraries that made it.

It goes through the file from its cross-reference table, object by object, and finds every name outside of streams: none may be
one of those that act, lead out, or carry something along.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copies.allowing import FORBIDDEN

_ROWS = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]+|%[^\r\n]*|<<|>>|\[|\]|/[^\0\t\n\f\r ()<>\[\]{}/%]*|<[0-9A-Fa-f\0\t\n\f\r ]*>|[^\0\t\n\f\r ()<>\[\]{}/%]+|\("
)
_HEAD = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class Unsound(Exception):
    """A copy is not written the way ours are."""


@dataclass(frozen=True)
class Found:
    """What stands in a copy: how many pages, and what must not be there, as names and the number of their object."""

    pages: int
    objects: int
    forbidden: tuple[tuple[str, int], ...]


def scan(path: Path) -> Found:
    """Go through a finished copy; raise Unsound when it is not built like one."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        places, trailer = _places(data)
        forbidden = [(name, 0) for name in _names(_tokens(trailer, 0, len(trailer))) if name in FORBIDDEN]
        pages = 0
        for number, place in places.items():
            names, is_page = _object(data, number, place)
            pages += is_page
            forbidden += [(name, number) for name in names]
    return Found(pages, len(places), tuple(forbidden))


def _places(data: mmap.mmap) -> tuple[dict[int, int], bytes]:
    """Return where every object lies, by the classic tables that follow each other from the end, and all trailers."""
    start = data.rfind(b"startxref")
    if start < 0 or data[:5] != b"%PDF-":
        raise Unsound
    found: dict[int, int] = {}
    trailers, seen, waiting = b"", set[int](), [int(_number(data[start + 9 : start + 40]))]
    while waiting:
        at = waiting.pop()
        if at in seen or len(seen) > 8:
            raise Unsound
        seen.add(at)
        if data[at : at + 4] != b"xref":
            raise Unsound
        end = data.find(b"trailer", at)
        close = data.find(b"startxref", end)
        if end < 0 or close < 0:
            raise Unsound
        _table(data[at + 4 : end], found)
        trailer = data[end + 7 : close]
        trailers += trailer
        before = re.search(rb"/Prev\s+(\d+)", trailer)
        if b"/XRefStm" in trailer:
            raise Unsound
        if before:
            waiting.append(int(before.group(1)))
    return found, trailers


def _table(text: bytes, found: dict[int, int]) -> None:
    lines = text.split(b"\n")
    at, left = 0, 0
    for line in lines:
        row = line.strip()
        if not row:
            continue
        match = _ROWS.fullmatch(row)
        if match is None:
            first, _space, count = row.partition(b" ")
            if left or not (first.isdigit() and count.strip().isdigit()):
                raise Unsound
            at, left = int(first), int(count)
            continue
        if left < 1:
            raise Unsound
        if match.group(3) == b"n" and at not in found:
            found[at] = int(match.group(1))
        at, left = at + 1, left - 1


def _number(text: bytes) -> bytes:
    match = re.match(rb"\s*(\d+)", text)
    if match is None:
        raise Unsound
    return match.group(1)


def _object(data: mmap.mmap, number: int, place: int) -> tuple[list[str], bool]:
    """Return the forbidden names in one object, and whether it is a page."""
    head = _HEAD.match(data, place)
    if head is None or int(head.group(1)) != number:
        raise Unsound
    bad: list[str] = []
    depth, is_page, previous = 0, False, b""
    for token in _tokens(data, head.end(), len(data)):
        if token in (b"endobj", b"stream"):
            break
        if token in (b"<<", b">>"):
            depth += 1 if token == b"<<" else -1
        elif token[:1] == b"/":
            name = _plain(token)
            if name in FORBIDDEN:
                bad.append(name)
            is_page = is_page or (depth == 1 and previous == b"/Type" and token == b"/Page")
        previous = token
    else:
        raise Unsound
    if token == b"stream" and _leads_out(data, head.end()):
        bad.append("F")
    return bad, is_page


def _leads_out(data: mmap.mmap, at: int) -> bool:
    """Tell whether a stream's own dictionary takes its data from another file: `F` right within it."""
    depth, is_key = 0, False
    for token in _tokens(data, at, len(data)):
        if token == b"stream":
            return False
        if token in (b"<<", b"["):
            depth += 1
            is_key = token == b"<<"
            continue
        if token in (b">>", b"]"):
            depth -= 1
            is_key = True
            continue
        if depth == 1 and token[:1] == b"/" and is_key:
            if _plain(token) == "F":
                return True
            is_key = False
            continue
        if depth == 1:
            is_key = True
    return False


def _tokens(data: bytes | mmap.mmap, at: int, end: int) -> Iterator[bytes]:
    while at < end:
        match = _TOKEN.match(data, at)
        if match is None:
            raise Unsound
        token = match.group()
        at = match.end()
        if token == b"(":
            at = _behind_string(data, at, end)
        elif token[:1] not in b"\0\t\n\f\r %":
            yield token


def _behind_string(data: bytes | mmap.mmap, at: int, end: int) -> int:
    depth = 1
    while at < end and depth:
        letter = data[at]
        if letter == 0x5C:
            at += 1
        elif letter == 0x28:
            depth += 1
        elif letter == 0x29:
            depth -= 1
        at += 1
    return at


def _names(tokens: Iterator[bytes]) -> Iterator[str]:
    return (_plain(token) for token in tokens if token[:1] == b"/")


def _plain(token: bytes) -> str:
    return _ESCAPED.sub(lambda match: bytes([int(match.group(1), 16)]), token[1:]).decode("latin-1")
