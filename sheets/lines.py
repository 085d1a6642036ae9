"""One line of text as it is kept, wherever it comes from: what one sees of it, and nothing else."""

from __future__ import annotations

import re
import unicodedata

# What nobody sees: control letters (white space aside), marks that turn the reading round and so show another name, and whatever
# else Unicode calls ignorable: joiners, fillers, selectors, tags. Vietnamese needs none of them.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_BLANK = "\u2800"  # braille without a dot: looks like white space, and is none to Python


def one_line(text: str) -> str:
    """Return text composed (NFC), every kind of white space one plain space, none at the ends, nothing unseen."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text.replace(_BLANK, " "))).split())
