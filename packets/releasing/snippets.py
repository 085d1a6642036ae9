"""A few words around what was found in a text: pure. The found words are told apart, so that the page can mark them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from packets.reader.searching import spelled

AROUND = 90  # letters before and after the first word found
Snippet = list[tuple[str, bool]]


def snippet(text: str, wanted: Sequence[str]) -> Snippet:
    """Return a piece of a text around the first word found, as parts: (words, whether they are what was sought).

    `wanted`: folded words. The folded text may have other lengths than the text; each folded letter knows where it came from.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    folded, origin = spelled(plain)
    spans = sorted((at, at + len(word)) for word in wanted for at in _all(folded, word))
    if not spans:
        return [(plain[: 2 * AROUND], False)]
    first = spans[0][0]
    start = _edge(plain, origin[max(0, first - AROUND)])
    end = origin[min(len(folded), first + 2 * AROUND)]
    parts: Snippet = [("… ", False)] if start else []
    at = start
    for since, until in spans:
        left, right = origin[since], min(origin[until], end)
        if left < at or left >= end:
            continue
        parts += [(plain[at:left], False), (plain[left:right], True)]
        at = right
    parts.append((plain[at:end] + (" …" if end < len(plain) else ""), False))
    return [(words, is_found) for words, is_found in parts if words]


def _all(text: str, word: str) -> list[int]:
    """Return where a word stands: where a word of the text begins with it, else wherever its letters stand."""
    found, at = [], text.find(word)
    while at >= 0 and word:
        found.append(at)
        at = text.find(word, at + len(word))
    return [place for place in found if place == 0 or not text[place - 1].isalnum()] or found


def _edge(plain: str, at: int) -> int:
    """Return the beginning of the word that stands at a place."""
    return plain.rfind(" ", 0, at) + 1 if at else 0
