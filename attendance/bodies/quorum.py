"""Whether a body has its quorum: how many must be there, how many are, how many are missing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

AT_LEAST, MORE_THAN, NUMBER = "at_least", "more_than", "number"


@dataclass(frozen=True)
class Rule:
    """How many of the entitled must be there: at least, or more than, a part of them; or a number.

    `counts_substitutes`: whether who stands in for a member counts for the member.
    """

    measure: str
    numerator: int = 2
    denominator: int = 3
    least: int | None = None
    counts_substitutes: bool = True

    def needed(self, entitled: int) -> int:
        """Return how many of so many entitled must be there; a part is never rounded down."""
        if self.measure == NUMBER:
            return self.least or 1
        if self.measure == MORE_THAN:
            return entitled * self.numerator // self.denominator + 1
        return -(-entitled * self.numerator // self.denominator)


@dataclass(frozen=True)
class Quorum:
    """A body at one moment. `entitled`: its members, excused or not; `present`: of them, themselves or by a substitute."""

    body: int
    number: int
    name: str
    rule: Rule
    entitled: int
    present: int
    substitutes: int = 0

    @property
    def needed(self) -> int:
        """How many must be there."""
        return self.rule.needed(self.entitled)

    @property
    def missing(self) -> int:
        """How many more must come."""
        return max(0, self.needed - self.present)

    @property
    def is_out_of_reach(self) -> bool:
        """Whether more must be there than there are members, so that it never has its quorum."""
        return 0 < self.entitled < self.needed

    @property
    def is_met(self) -> bool:
        """Whether there are enough; a body without members never has its quorum."""
        return self.entitled > 0 and not self.missing


def present_of(members: Collection[int], there: Collection[int], substitutes: Mapping[int, int]) -> tuple[int, int]:
    """Return how many members are there, and for how many more somebody stands in (`substitutes`: of whom, who).

    Who is a member already counts once, for nobody else.
    """
    own = sum(pk in there for pk in members)
    stood_in = sum(
        pk not in there and substitutes[pk] in there and substitutes[pk] not in members for pk in members if pk in substitutes
    )
    return own, stood_in
