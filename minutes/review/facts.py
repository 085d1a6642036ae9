"""What can happen in a review of the minutes. Words stand in the tables; the facts hold their digests."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("circulation.opened")
class CirculationOpened(Fact):
    """The minutes were circulated as they stood at a revision. `readers`: [[code, name], …], a code is site:7 or person:12.

    `digest`: SHA-256 of the words circulated; `deadline` in ISO 8601.
    """

    number: int
    revision: int
    deadline: str
    readers: list[list[Any]]
    digest: str


@fact("circulation.extended")
class CirculationExtended(Fact):
    """Its readers have more time."""

    number: int
    deadline: str


@fact("circulation.reminded")
class CirculationReminded(Fact):
    """Readers who had said nothing yet were reminded: how many, and how many of them by mail."""

    number: int
    readers: int
    mailed: int


@fact("circulation.agreed")
class CirculationAgreed(Fact):
    """A reader said that there is no further remark."""

    number: int
    reader: str
    name: str


@fact("circulation.closed")
class CirculationClosed(Fact):
    """No more remarks are taken. `opened`, `agreed`: how many readers have opened it, and had no further remark."""

    number: int
    readers: int
    opened: int
    agreed: int


@fact("remark.added")
class RemarkAdded(Fact):
    """A reader remarked on a passage. `circulation`, `number`: as people cite it; `key`: of the block."""

    circulation: int
    number: int
    reader: str
    name: str
    key: str
    digest: str


@fact("remark.changed")
class RemarkChanged(Fact):
    """Its reader worded it anew."""

    circulation: int
    number: int
    version: int
    digest: str


@fact("remark.withdrawn")
class RemarkWithdrawn(Fact):
    """Its reader took it back."""

    circulation: int
    number: int
    version: int


@fact("remark.taken")
class RemarkTaken(Fact):
    """The minutes say what it asks: since which version of the block. `digest`: of the words of the answer; nothing: none."""

    circulation: int
    number: int
    version: int
    key: str
    block_version: int
    digest: str


@fact("remark.answered")
class RemarkAnswered(Fact):
    """The minutes stay as they are, and its reader was told why."""

    circulation: int
    number: int
    version: int
    digest: str


@fact("remark.reopened")
class RemarkReopened(Fact):
    """It waits again for being taken or answered."""

    circulation: int
    number: int
    version: int
