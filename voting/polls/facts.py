"""What can happen to polls and mandates."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("poll.added")
class PollAdded(Fact):
    """A question is prepared. `rule`: {base, numerator, denominator, is_strict}; `options`: [[code, words], …]."""

    poll: int
    number: int
    kind_of_poll: str
    occasion: str
    is_secret: bool
    question: str
    item: int | None
    body: int | None
    rule: dict[str, Any]
    options: list[list[str]]


@fact("poll.edited")
class PollEdited(Fact):
    """A prepared question was given other words, options or rules; `version` counts them."""

    poll: int
    number: int
    version: int
    kind_of_poll: str
    occasion: str
    is_secret: bool
    question: str
    item: int | None
    body: int | None
    rule: dict[str, Any]
    options: list[list[str]]


@fact("poll.removed")
class PollRemoved(Fact):
    """A prepared question will not be put."""

    poll: int
    number: int
    question: str


@fact("poll.opened")
class PollOpened(Fact):
    """Voting began. `mandates`: who may vote, frozen, [{id, name}, …], with `voter` and `voter_name` where another one votes."""

    poll: int
    number: int
    kind_of_poll: str
    occasion: str
    is_secret: bool
    question: str
    item: int | None
    rule: dict[str, Any]
    options: list[list[str]]
    entitled: int
    mandates: list[dict[str, Any]]
    closes_at: str = ""


@fact("poll.extended")
class PollExtended(Fact):
    """Voting ends at another moment (empty: when somebody ends it)."""

    poll: int
    number: int
    closes_at: str


@fact("poll.closed")
class PollClosed(Fact):
    """Voting ended. `cast`: ballots of those who voted themselves; `votes`: theirs, [[position, how many], …].

    `sites`: [{id, name, entitled, present, cast}, …]. `ballots`: SHA-256 over all ballots of the ledger; `box`: of a secret poll
    SHA-256 over what lay in the box, sorted by receipt. `is_due`: its time was over.
    """

    poll: int
    number: int
    question: str
    entitled: int
    present: int
    cast: int
    votes: list[list[int]]
    sites: list[dict[str, Any]]
    ballots: str
    box: str = ""
    is_due: bool = False


@fact("poll.declared")
class PollDeclared(Fact):
    """The result was declared; it holds all that screens, minutes and papers say of it (voting/result.py)."""

    poll: int
    number: int
    kind_of_poll: str
    occasion: str
    is_secret: bool
    question: str
    item: int | None
    result: dict[str, Any]


@fact("poll.cancelled")
class PollCancelled(Fact):
    """A poll that had been opened has no result; what was voted is not told."""

    poll: int
    number: int
    question: str
    why: str


@fact("mandate.withdrawn")
class MandateWithdrawn(Fact):
    """Somebody who had not voted yet may not vote any more in a poll under way."""

    poll: int
    number: int
    participant: int
    name: str
    why: str
