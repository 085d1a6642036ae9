"""Trace codes: how one is made, shown and read again from what a person could make out of it."""

from __future__ import annotations

import re
import secrets

from copies.marking import shown

__all__ = ["LENGTH", "LETTERS", "SHORTEST", "UNREAD", "is_code", "new_code", "normal", "part_of", "pattern", "shown"]

#: Crockford's base 32: no I, L, O or U, which are misread.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
#: Fewer letters would name half the openings of a meeting.
SHORTEST = 4
#: One letter that could not be made out.
UNREAD = "?"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "*": UNREAD, "_": UNREAD, "…": UNREAD})
_PIECE = re.compile(rf"[{LETTERS}OILU?*_…]+(?:[-‐‑‒–—−][{LETTERS}OILU?*_…]+)*", re.IGNORECASE)
_DASHES = re.compile("[-‐‑‒–—−\\s]")


def new_code() -> str:
    """Return a code nobody can guess: 60 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Tell whether a text could be a whole code, as it is kept."""
    return len(text) == LENGTH and set(text) <= set(LETTERS)


def normal(text: str) -> str:
    """Return a code, or a part of one, as it is kept: capitals, no dashes, what is misread put right."""
    return _DASHES.sub("", text).upper().translate(_MISREAD)


def part_of(text: str) -> str:
    """Return the part of a code that stands in what somebody typed or copied from a page; nothing when there is none.

    A code typed alone may have spaces. Within other words (a line copied from a page), what has dashes or digits as a code has
    them is taken, the longest first.
    """
    alone = normal(text[:400].strip())
    if _is_part(alone):
        return alone
    pieces = [piece.group() for piece in _PIECE.finditer(text[:4000])]
    likely = [normal(piece) for piece in pieces if re.search(r"[-‐‑‒–—−]", piece) or _mixes(piece)]
    return max((piece for piece in likely if _is_part(piece)), key=len, default="")


def _mixes(piece: str) -> bool:
    return bool(re.search("[0-9]", piece) and re.search("[A-Z]", piece))


def _is_part(text: str) -> bool:
    known = sum(letter in LETTERS for letter in text)
    return known >= SHORTEST and len(text) <= LENGTH and all(letter in LETTERS or letter == UNREAD for letter in text)


def pattern(part: str) -> str:
    """Return a regular expression for the codes that a part may come from."""
    return part.replace(UNREAD, ".")
