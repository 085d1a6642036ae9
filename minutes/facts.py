"""What can happen to the minutes of a meeting."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("minutes.drafted")
class MinutesDrafted(Fact):
    """The draft was made, or renewed, from the entries up to `up_to`.

    `blocks`: [[key, version, digest], …] as they stood afterwards; `kept`: headings of those whose edited words stayed.
    """

    up_to: int
    revision: int
    blocks: list[list[Any]]
    kept: list[str]


@fact("block.edited")
class BlockEdited(Fact):
    """Words of one block were changed by hand. `digest`: SHA-256 of its words afterwards."""

    key: str
    heading: str
    version: int
    digest: str
    revision: int


@fact("minutes.approved")
class MinutesApproved(Fact):
    """The minutes were approved as they stood at a revision."""

    revision: int
    approved_by: str


@fact("minutes.printed")
class MinutesPrinted(Fact):
    """A paper was printed. `sha256`: of the PDF's bytes; `state`: draft or approved."""

    code: str
    sha256: str
    content_hash: str
    revision: int
    state: str
    profile: str
