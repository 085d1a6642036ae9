"""What can happen to a conclusion. Its words stay outside the journal: `digest` is SHA-256 of them (wording.py)."""

from __future__ import annotations

from meetings.fact_kinds import Fact, fact


@fact("conclusion.proposed")
class ConclusionProposed(Fact):
    """A conclusion was proposed, at a place among all of the meeting; `item`: of the programme, if it belongs to one."""

    conclusion: int
    item: int | None
    position: int
    digest: str


@fact("conclusion.changed")
class ConclusionChanged(Fact):
    """A proposal was worded anew."""

    conclusion: int
    item: int | None
    version: int
    digest: str


@fact("conclusion.moved")
class ConclusionMoved(Fact):
    """A proposal changed places with another one."""

    conclusion: int
    position: int
    other: int
    other_position: int


@fact("conclusion.shown")
class ConclusionShown(Fact):
    """The displays show the wording from now on, and every change of it; no other conclusion stands there any more."""

    conclusion: int
    version: int


@fact("conclusion.hidden")
class ConclusionHidden(Fact):
    """The displays no longer show it."""

    conclusion: int


@fact("conclusion.adopted")
class ConclusionAdopted(Fact):
    """The meeting adopted it as worded, under a number of its own. `opening`: how it begins, in one line."""

    conclusion: int
    item: int | None
    number: int
    version: int
    digest: str
    opening: str


@fact("conclusion.withdrawn")
class ConclusionWithdrawn(Fact):
    """It was taken back. One that was adopted keeps its number (nothing: a proposal), and says why."""

    conclusion: int
    number: int | None
    why: str
