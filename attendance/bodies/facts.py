"""What can happen to bodies, their members and their quorum. `members`: [{id, name}, …]."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("body.added")
class BodyAdded(Fact):
    """A body meets here: its rule of quorum, and its first members."""

    body: int
    number: int
    name: str
    measure: str
    numerator: int
    denominator: int
    least: int | None
    counts_substitutes: bool
    members: list[dict[str, Any]]


@fact("body.edited")
class BodyEdited(Fact):
    """A body was given another name or rule."""

    body: int
    number: int
    name: str
    measure: str
    numerator: int
    denominator: int
    least: int | None
    counts_substitutes: bool


@fact("body.removed")
class BodyRemoved(Fact):
    """A body does not meet here."""

    body: int
    name: str


@fact("body_members.added")
class BodyMembersAdded(Fact):
    """More participants are members of a body."""

    body: int
    name: str
    members: list[dict[str, Any]]


@fact("body_members.removed")
class BodyMembersRemoved(Fact):
    """Participants are no members of a body any more."""

    body: int
    name: str
    members: list[dict[str, Any]]


@fact("quorum.lost")
class QuorumLost(Fact):
    """While the meeting ran, fewer members of a body were there than its rule needs."""

    body: int
    name: str
    present: int
    entitled: int
    needed: int


@fact("quorum.reached")
class QuorumReached(Fact):
    """While the meeting ran, enough members of a body came, or were back."""

    body: int
    name: str
    present: int
    entitled: int
    needed: int
