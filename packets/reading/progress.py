"""How far somebody has read, as plain values: which pages, how long. Pure: what the browser says is taken with care."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

#: Seconds one report may add: it is sent every 15 seconds, every minute at the latest.
LONGEST = 90
#: Pages a report may name, and the letters it may have.
MOST_PAGES = 2_000
LONGEST_TEXT = 12_000

_RANGE = re.compile(r"([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?", re.ASCII)


def pages_in(text: str) -> list[int]:
    """Return the pages that a report names, such as `1-3,7`. Raises ValueError for what is none."""
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long")
    found: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError("no range of pages")
        first = int(match[1])
        last = int(match[2] or first)
        if last < first or last - first >= MOST_PAGES or len(found) + last - first >= MOST_PAGES * 2:
            raise ValueError("no range of pages")
        found.update(range(first, last + 1))
    return sorted(found)


def marked(seen: str, pages: Iterable[int], total: int) -> str:
    """Return the marks of a version with `total` pages, one character each, with these pages seen too."""
    marks = bytearray(seen.ljust(total, "0")[:total], "ascii")
    for page in pages:
        if 1 <= page <= total:
            marks[page - 1] = ord("1")
    return marks.decode()


def count_of(seen: str) -> int:
    """Return how many pages are marked as seen."""
    return seen.count("1")


def counted(seconds: int, *, since: datetime, now: datetime, rate: float = 1.0) -> int:
    """Return how many of the seconds a report claims are believed: never more than have passed since the one before.

    So two windows with one paper count once. `rate`: how fast the clock of the two moments goes; one that was set back
    says nothing, and a short report is believed then.
    """
    passed = (now - since).total_seconds() / rate
    most = passed + 1 if passed >= 0 else 15
    return max(0, min(seconds, LONGEST, int(most)))
