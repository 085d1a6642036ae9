"""Majorities: of whom, which part, and whether so many votes are enough. Pure; docs/voting/majority.md has the worked cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PRESENT, ENTITLED, CAST, DECISIVE = "present", "entitled", "cast", "decisive"


@dataclass(frozen=True)
class Majority:
    """More than (strict), or at least, a part of a base: "more than 1/2 of those present"."""

    base: str = PRESENT
    numerator: int = 1
    denominator: int = 2
    is_strict: bool = True

    def needed(self, base: int) -> int:
        """Return how many votes are enough where so many make the base; a part is never rounded down.

        Nobody carries nothing: at least one vote is needed, whatever the base.
        """
        if self.is_strict:
            return base * self.numerator // self.denominator + 1
        return max(1, -(-base * self.numerator // self.denominator))

    def is_reached(self, votes: int, base: int) -> bool:
        """Tell whether so many votes are enough."""
        return votes >= self.needed(base)


@dataclass(frozen=True)
class Numbers:
    """What was counted: the entitled, those of them present, the ballots cast, and of these for or against something."""

    entitled: int
    present: int
    cast: int
    decisive: int

    def base(self, of: str) -> int:
        """Return how many make a base."""
        return {PRESENT: self.present, ENTITLED: self.entitled, CAST: self.cast, DECISIVE: self.decisive}[of]


@dataclass(frozen=True)
class Outcome:
    """What came of a choice: who is chosen, by position; who has equal votes for the last places, so that none of them is."""

    chosen: tuple[int, ...]
    tied: tuple[int, ...] = ()


def is_carried(rule: Majority, votes_for: int, numbers: Numbers) -> bool:
    """Tell whether a motion is carried."""
    return rule.is_reached(votes_for, numbers.base(rule.base))


def chosen(rule: Majority, votes: Mapping[int, int], numbers: Numbers, seats: int | None = None) -> Outcome:
    """Return which options are chosen: those with enough votes, the most first, at most `seats` of them.

    Where more have enough than there are seats, and the last places fall among equal votes, none of the equal is chosen.
    """
    base = numbers.base(rule.base)
    enough = sorted((one for one, n in votes.items() if rule.is_reached(n, base)), key=lambda one: (-votes[one], one))
    if seats is None or len(enough) <= seats:
        return Outcome(tuple(enough))
    last = votes[enough[seats - 1]]
    if votes[enough[seats]] < last:
        return Outcome(tuple(enough[:seats]))
    return Outcome(tuple(one for one in enough if votes[one] > last), tuple(one for one in enough if votes[one] == last))


def fault(choices: Sequence[int], options: int, least: int, most: int) -> str:
    """Return what is wrong with the choices of a ballot (`few`, `many`, `twice`, `unknown`), or nothing."""
    if len(set(choices)) != len(choices):
        return "twice"
    if any(not 1 <= one <= options for one in choices):
        return "unknown"
    if len(choices) < least:
        return "few"
    return "many" if len(choices) > most else ""
