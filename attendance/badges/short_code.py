"""The short code of a badge: nine digits for typing, eight by chance and a last one that checks them (Damm). Pure."""

from __future__ import annotations

import re

LENGTH = 9
#: Damm's quasigroup of order ten: finds every single wrong digit and every two neighbours swapped.
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_APART = re.compile(r"[\s.\-]+")


def check_digit(digits: str) -> str:
    """Return the digit that checks others."""
    interim = 0
    for digit in digits:
        interim = int(_TABLE[interim][int(digit)])
    return str(interim)


def from_number(number: int) -> str:
    """Return the short code of a number below a hundred million."""
    digits = f"{number:08d}"
    return digits + check_digit(digits)


def read_short(typed: str) -> str | None:
    """Return the nine digits of what was typed, with blanks, points or hyphens between; None when they are no short code."""
    digits = _APART.sub("", typed)
    if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit() or check_digit(digits) != "0":
        return None
    return digits


def spelled(short_code: str) -> str:
    """Return it as people read it: 482 915 307."""
    return " ".join(short_code[at : at + 3] for at in range(0, LENGTH, 3))
