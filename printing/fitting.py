"""How large words can be written into a box: from the widths of the letters, before anything is laid out. Pure.

The widths are those of Liberation Serif Bold, in hundredths of the size; upright letters are no wider. A letter nobody listed
here counts as a full square, so that a box never runs over.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII = (
    25, 33, 56, 50, 50, 100, 83, 28, 33, 33, 50, 57, 25, 33, 25, 28, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 33, 33, 57, 57, 57,
    50, 93, 72, 67, 72, 72, 67, 61, 78, 78, 39, 50, 78, 67, 94, 72, 78, 61, 78, 72, 56, 67, 72, 72, 100, 72, 72, 67, 33, 28, 33,
    58, 50, 33, 50, 56, 44, 56, 44, 33, 50, 56, 28, 33, 56, 28, 83, 56, 50, 56, 56, 44, 39, 33, 56, 50, 72, 50, 50, 44, 39, 22,
    39, 52,
)  # fmt: skip
_WIDTHS = {chr(32 + at): width for at, width in enumerate(_ASCII)} | {"đ": 56, "Đ": 72, "–": 50, "\u031b": 8, "“": 50, "”": 50}
_SQUARE = 100
#: Points in a millimetre; what is kept free at the end of a line, since letters are kerned and rounded.
_POINTS = 72 / 25.4
_SPARE = 0.98


@lru_cache(maxsize=4096)
def width_of(text: str) -> int:
    """Return how wide a line of text is, in hundredths of its size."""
    return sum(_width(letter) for letter in unicodedata.normalize("NFD", text))


def lines_of(text: str, width: float, size: float) -> int:
    """Return how many lines text takes that is broken between words: `width` in millimetres, `size` in points.

    A word that is wider than a line goes on in the next one.
    """
    room = int(width * _POINTS * _SPARE / size * 100)
    lines, at = 1, 0
    for word in text.split():
        wide = width_of(word)
        start = at + _WIDTHS[" "] if at else 0
        if start + wide <= room:
            at = start + wide
            continue
        lines += 1 if at else 0
        more, at = divmod(wide, max(room, 1))
        lines += more
    return lines


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    return 0 if unicodedata.combining(letter) else _SQUARE
