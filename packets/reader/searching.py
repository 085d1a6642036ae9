"""Pure: where words stand on the pages of a paper, with or without diacritics, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from people.spelling import clean, fold

AROUND = 48  # letters shown before and after
AT_MOST = 400  # places found; more help nobody


@dataclass(frozen=True)
class Hit:
    """One place: its page, the how-manieth on that page (from 0), the words as they stand there and what is around them."""

    page: int
    nth: int
    before: str
    words: str
    after: str


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    return fold(letter)


def needle_of(query: str) -> str:
    """Return what is looked for: folded, one space between words, nothing unseen."""
    return fold(clean(query))[:200]


def spelled(text: str) -> tuple[str, list[int]]:
    """Return a text folded, and for each of its letters (and its end) the place in the text it came from."""
    letters, origin = list[str](), list[int]()
    for at, letter in enumerate(text):
        piece = _folded(letter)
        letters.append(piece)
        origin += [at] * len(piece)
    return "".join(letters), [*origin, len(text)]


def places(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Yield where a folded needle stands in a clean text, as positions in it; places do not overlap."""
    hay, at = spelled(text)
    found = 0
    while needle and (found := hay.find(needle, found)) >= 0:
        last = found + len(needle) - 1
        yield at[found], at[last] + 1
        found = last + 1


def hits(pages: Iterable[tuple[int, str]], query: str, *, at_most: int = AT_MOST) -> list[Hit]:
    """Return where the words of a query stand together, in the order of the pages (each: its number and its text)."""
    needle, found = needle_of(query), list[Hit]()
    if not needle:
        return found
    for page, raw in pages:
        text = clean(raw)
        for nth, (start, end) in enumerate(places(text, needle)):
            found.append(Hit(page, nth, _before(text, start), text[start:end], _after(text, end)))
            if len(found) >= at_most:
                return found
    return found


def _before(text: str, at: int) -> str:
    start = max(0, at - AROUND)
    words = text[start:at]
    return words if start == 0 else "…" + words.partition(" ")[2]


def _after(text: str, at: int) -> str:
    end = at + AROUND
    words = text[at:end]
    return words if end >= len(text) else words.rpartition(" ")[0] + "…"
