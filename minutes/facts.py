"""What can happen to the minutes of a meeting."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("minutes.approved")
class MinutesApproved(Fact):
    """The minutes were approved as they stood at a revision, with what the journal tells up to entry `up_to`.

    `blocks`: [[key, version, digest], …], every block as it stands from then on.
    """

    revision: int
    approved_by: str
    up_to: int
    blocks: list[list[Any]]


@fact("minutes.printed")
class MinutesPrinted(Fact):
    """A paper was printed. `sha256`: of the PDF's bytes; `state`: draft or approved."""

    code: str
    sha256: str
    content_hash: str
    revision: int
    state: str
    profile: str
