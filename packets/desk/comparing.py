"""What is different between the texts of two versions, page by page and word by word. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

#: So many changed pages are shown with their words, and so many words of each.
PAGES_WITH_WORDS = 40
WORDS_OF_A_PAGE = 3000
CONTEXT = 6
#: Of pages on which more pairs of words are the same (tables of zeros), words that come often are not looked for one by one.
MOST_PAIRS = 200_000
#: Pages of which fewer words than this part are the same are another page, not a changed one.
ALIKE = 0.35


@dataclass(frozen=True)
class Piece:
    """Words that are the `same`, were `gone` (only before) or are `new` (only now), or a `gap` left out between."""

    sort: str
    text: str = ""


@dataclass(frozen=True)
class PageChange:
    """A page that was `added`, `removed` or `changed`; its number before and now, where it has one."""

    sort: str
    before: int | None
    now: int | None
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Changes:
    """All that is different. `same`: how many pages are as they were; `has_text`: whether there was anything to compare."""

    pages: list[PageChange]
    same: int
    has_text: bool

    def count(self, sort: str) -> int:
        """Return how many pages were added, removed or changed."""
        return sum(page.sort == sort for page in self.pages)

    @property
    def added(self) -> int:
        """Pages that are new."""
        return self.count("added")

    @property
    def removed(self) -> int:
        """Pages that are gone."""
        return self.count("removed")

    @property
    def changed(self) -> int:
        """Pages with other words."""
        return self.count("changed")


def changes(before: Sequence[str], now: Sequence[str]) -> Changes:
    """Compare the texts of the pages of two versions."""
    old, new = [_words(text) for text in before], [_words(text) for text in now]
    keys_old, keys_new = [" ".join(words) for words in old], [" ".join(words) for words in new]
    matcher = SequenceMatcher(None, keys_old, keys_new, autojunk=False)
    found: list[PageChange] = []
    same = 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            same += i2 - i1
        else:
            found += _paired(old, new, range(i1, i2), range(j1, j2), len(found))
    return Changes(pages=found, same=same, has_text=any(old) or any(new))


def _paired(old: Sequence[list[str]], new: Sequence[list[str]], before: range, now: range, done: int) -> Iterator[PageChange]:
    """Pair pages that stand at the same place and are alike; what is left over came or went."""
    places_old, places_new = list(before), list(now)
    while places_old and places_new:
        i, j = places_old[0], places_new[0]
        if _alike(old[i], new[j]):
            pieces = list(_pieces(old[i], new[j])) if done < PAGES_WITH_WORDS else []
            yield PageChange("changed", i + 1, j + 1, pieces)
            places_old.pop(0)
            places_new.pop(0)
        elif len(places_new) > len(places_old) or (len(places_new) > 1 and _alike(old[i], new[places_new[1]])):
            yield PageChange("added", None, places_new.pop(0) + 1)
        elif len(places_old) > len(places_new) or (len(places_old) > 1 and _alike(old[places_old[1]], new[j])):
            yield PageChange("removed", places_old.pop(0) + 1, None)
        else:
            yield PageChange("removed", places_old.pop(0) + 1, None)
            yield PageChange("added", None, places_new.pop(0) + 1)
        done += 1
    yield from (PageChange("removed", i + 1, None) for i in places_old)
    yield from (PageChange("added", None, j + 1) for j in places_new)


def _words(text: str) -> list[str]:
    return text.split()


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or not other:
        return False
    common = len(set(one) & set(other))
    return common >= ALIKE * max(len(set(one)), len(set(other)))


def _pieces(before: list[str], now: list[str]) -> Iterator[Piece]:
    old, new = before[:WORDS_OF_A_PAGE], now[:WORDS_OF_A_PAGE]
    counts = Counter(new)
    is_dense = sum(counts[word] for word in old) > MOST_PAIRS
    codes = SequenceMatcher(None, old, new, autojunk=is_dense).get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            yield from _around(new[j1:j2], first=at == 0, last=at == len(codes) - 1)
            continue
        if i2 > i1:
            yield Piece("gone", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("new", " ".join(new[j1:j2]))


def _around(words: list[str], *, first: bool, last: bool) -> Iterator[Piece]:
    """Of words that are the same only those next to a change are shown."""
    head, tail = [] if first else words[:CONTEXT], [] if last else words[-CONTEXT:]
    if len(words) <= len(head) + len(tail):
        yield Piece("same", " ".join(words))
        return
    if head:
        yield Piece("same", " ".join(head))
    yield Piece("gap")
    if tail:
        yield Piece("same", " ".join(tail))
