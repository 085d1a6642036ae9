"""Letters as they are kept: composed, visible, one plain space between words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# What nobody sees or what turns the reading round: control letters (white space aside), halves of letters, soft hyphens, marks of
# direction, tags, and code points that are no letters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")
MARKS = 4  # on one letter; Vietnamese needs two


@cache
def _piles() -> re.Pattern[str]:
    """More marks upon one letter than any language needs; composing them would take the square of their number."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{re.escape(marks)}]{{{MARKS}}})[{re.escape(marks)}]+")


def composed(text: str) -> str:
    """Return text in NFC without what nobody sees; white space stays as it is."""
    if text.isascii():
        return _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", _piles().sub(r"\1", _UNSEEN.sub("", text)))


def tidy(text: str) -> str:
    """Return text composed, every kind and number of spaces as one plain space; a space at an end stays."""
    return _SPACE.sub(" ", composed(text))
