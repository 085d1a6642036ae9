"""What of one sequence stands for what of another: the same, or alike enough; without crossing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
Bag = Counter[str]
LIKE = 0.35  # from which share of common words on one is the other, changed
_PAIRS = 2_500  # tried against each other in one place


def aligned(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], bag: Callable[[T], Bag]
) -> Iterator[tuple[T | None, T | None]]:
    """Pairs of what is the same or alike, in order; one side is empty where something is gone or new."""
    matcher = SequenceMatcher(None, [key(one) for one in old], [key(one) for one in new])
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[from_old:to_old], new[from_new:to_new], strict=True)
        else:
            yield from _alike(old[from_old:to_old], new[from_new:to_new], bag)


def _alike(old: Sequence[T], new: Sequence[T], bag: Callable[[T], Bag]) -> Iterator[tuple[T | None, T | None]]:
    """Pair what is most alike within a replaced stretch, then what lies before and after it."""
    if 0 < len(old) * len(new) <= _PAIRS:
        bags_old, bags_new = [bag(one) for one in old], [bag(one) for one in new]
        likenesses = [(_likeness(one, other), -i, -j) for i, one in enumerate(bags_old) for j, other in enumerate(bags_new)]
        best, left, right = max(likenesses)
        if best >= LIKE:
            yield from _alike(old[:-left], new[:-right], bag)
            yield old[-left], new[-right]
            yield from _alike(old[1 - left :], new[1 - right :], bag)
            return
    yield from ((one, None) for one in old)
    yield from ((None, one) for one in new)


def _likeness(old: Bag, new: Bag) -> float:
    """The share of common words; of what has none, whether it is of the same kind."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0
