"""The letters of a mark: which ones the font on the copies has, how wide they are, and a line made to fit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What is embedded: Latin with all letters of Vietnamese, Greek, Cyrillic, dashes and quotation marks (Liberation Sans has them).
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9)),
    *((0x400, 0x45F), (0x1EA0, 0x1EF9), (0x2013, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D), (0x2022, 0x2022), (0x2026, 0x2026)),
)
#: The narrowest that a line is set, as a share of its natural width; what is longer still is cut.
NARROWEST = 0.62
# In thousandths of the height, the letters from space to tilde, as the font has them (it is the metric twin of Arial).
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)


@lru_cache(maxsize=4096)
def has(letter: str) -> bool:
    """Tell whether the embedded font has a letter."""
    return any(first <= ord(letter) <= last for first, last in RANGES)


@lru_cache(maxsize=4096)
def _width(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    wide = 100 if letter != base and "̛" in unicodedata.normalize("NFD", letter) else 0  # ơ and ư have a horn
    return (_WIDTHS[ord(base) - 32] if " " <= base <= "~" else 1000 if base == "…" else 650) + wide


def width_of(text: str) -> float:
    """Return how wide a line is, as a multiple of the height of its letters."""
    return sum(map(_width, text)) / 1000


def fitted(text: str, widest: float) -> str:
    """Return a line of letters that the font has, cut where it would not fit into `widest` even narrowly set."""
    known = "".join(letter if has(letter) else _like(letter) for letter in " ".join(text.split()))
    room = widest / NARROWEST
    if width_of(known) <= room:
        return known
    while known and width_of(known) > room - 1:
        known = known[: -max(1, int((width_of(known) - room) / 1.1))]
    return known.rstrip() + "…"


def _like(letter: str) -> str:
    """Return a letter the font has for one that it has not: its base; a question mark; nothing for what is not seen."""
    if unicodedata.category(letter)[0] in "CM":
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", letter) if has(one))
    return plain or ("-" if unicodedata.category(letter) == "Pd" else "?")


def as_hex(text: str) -> bytes:
    """Return a line as the font takes it: UTF-16BE in hexadecimal digits."""
    return text.encode("utf-16-be").hex().encode()
