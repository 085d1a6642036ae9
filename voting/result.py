"""The result of a poll: one function works it out for the desk, the consoles, the displays and the minutes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voting.majority import Majority, Numbers, chosen, is_carried

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"


@dataclass(frozen=True)
class Choice:
    """An option: its position (from 1), its code (of a motion: for, against, abstain) and its words."""

    position: int
    code: str
    text: str


@dataclass(frozen=True)
class Hall:
    """The count of a hall: votes by position, how many voted, invalid papers among them, whether the chair has accepted it.

    `limit`: how many could vote there at most; `present`: who of the entitled was there when the poll was closed.
    """

    site: int
    name: str
    votes: Mapping[int, int]
    voters: int
    invalid: int = 0
    is_accepted: bool = False


@dataclass(frozen=True)
class Figures:
    """What is counted of a poll.

    `devices`: votes by position of those who voted themselves, `by_device` how many these are; `present`: of the entitled, who
    was there at the closing: marked, or seen to vote.
    """

    entitled: int
    present: int
    by_device: int
    devices: Mapping[int, int]
    halls: Sequence[Hall] = ()
    withdrawn: int = 0


@dataclass(frozen=True)
class Line:
    """An option with its votes; `tenths`: per mille of the base, so that 993 is 99.3 %."""

    position: int
    code: str
    text: str
    votes: int
    tenths: int
    is_chosen: bool = False
    is_tied: bool = False


@dataclass(frozen=True)
class Result:
    """What came of a poll. `base`: how many the majority is taken of; `needed`: how many votes were enough.

    `is_carried`: of a motion whether it is carried, of a choice whether somebody is chosen.
    """

    entitled: int
    present: int
    cast: int
    invalid: int
    by_device: int
    by_hall: int
    halls: int
    base_of: str
    base: int
    needed: int
    is_carried: bool
    lines: tuple[Line, ...]
    withdrawn: int = 0

    @property
    def silent(self) -> int:
        """How many were there and did not vote."""
        return max(0, self.present - self.cast)

    @property
    def chosen(self) -> list[Line]:
        """The options that are chosen, the most votes first."""
        return sorted((line for line in self.lines if line.is_chosen), key=lambda line: (-line.votes, line.position))

    @property
    def tied(self) -> list[Line]:
        """The options with equal votes for the last places."""
        return [line for line in self.lines if line.is_tied]

    def line(self, code: str) -> Line:
        """Return the line of a motion's option."""
        return next(line for line in self.lines if line.code == code)

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, as a fact and a column hold it."""
        return asdict(self) | {"lines": [asdict(line) for line in self.lines]}


def read(plain: Mapping[str, Any]) -> Result:
    """Return the result that `plain` has written."""
    return Result(**{**plain, "lines": tuple(Line(**line) for line in plain["lines"])})


def result_of(rule: Majority, options: Sequence[Choice], figures: Figures, seats: int | None = None) -> Result:
    """Work out the result. Counts of halls that the chair has not accepted do not count."""
    halls = [hall for hall in figures.halls if hall.is_accepted]
    votes = {
        one.position: figures.devices.get(one.position, 0) + sum(hall.votes.get(one.position, 0) for hall in halls)
        for one in options
    }
    by_hall, invalid = sum(hall.voters for hall in halls), sum(hall.invalid for hall in halls)
    cast = figures.by_device + by_hall
    codes = {one.code: one.position for one in options if one.code}
    decisive = cast - invalid - (votes[codes[ABSTAIN]] if ABSTAIN in codes else 0)
    numbers = Numbers(entitled=figures.entitled, present=max(figures.present, cast), cast=cast, decisive=decisive)
    base = numbers.base(rule.base)
    if FOR in codes:
        carried, won, tied = is_carried(rule, votes[codes[FOR]], numbers), frozenset[int](), frozenset[int]()
    else:
        outcome = chosen(rule, votes, numbers, seats)
        carried, won, tied = bool(outcome.chosen), frozenset(outcome.chosen), frozenset(outcome.tied)
    return Result(
        entitled=figures.entitled, present=numbers.present, cast=cast, invalid=invalid, by_device=figures.by_device,
        by_hall=by_hall, halls=len(halls), base_of=rule.base, base=base, needed=rule.needed(base), is_carried=carried,
        withdrawn=figures.withdrawn,
        lines=tuple(
            Line(
                one.position, one.code, one.text, votes[one.position], _tenths(votes[one.position], base),
                is_chosen=one.position in won, is_tied=one.position in tied,
            )
            for one in options
        ),
    )  # fmt: skip


def _tenths(votes: int, base: int) -> int:
    """Return votes in tenths of a percent of the base, rounded half up; 0 where there is no base."""
    return (votes * 2000 + base) // (2 * base) if base else 0
