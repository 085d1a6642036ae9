"""Pure: which bytes of a file a request asks for (RFC 9110, 14.1.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes\s*=\s*([0-9]{0,19})\s*-\s*([0-9]{0,19})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Bytes from `start` to before `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many there are."""
        return self.end - self.start

    def of(self, size: int) -> str:
        """Return the words of Content-Range."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


class NotThere(Exception):
    """The bytes that are asked for cannot be had; `why` says it to who wrote the program that asks."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def span_of(header: str, size: int) -> Span | None:
    """Return what a Range header asks of `size` bytes; nothing when it is none we know: then the whole file is meant.

    Raises NotThere for bytes beyond the end, and for several ranges at once.
    """
    if not header:
        return None
    if "," in header:
        raise NotThere("Ask for one range at a time.")
    match = _ONE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        span = Span(max(0, size - int(last)), size)
    else:
        if last and int(last) < int(first):
            return None
        span = Span(int(first), min(size, int(last) + 1) if last else size)
    if span.start >= size or span.length <= 0:
        raise NotThere("There are no such bytes.")
    return span


def is_same(header: str, tag: str) -> bool:
    """Tell whether an If-Range or If-None-Match header names this strong tag. A date never does: copies have none."""
    return tag in (part.strip() for part in header.split(","))
