"""What can happen to an official paper from its issue on. `paper`: its number within the meeting, not the one it bears.

No fact holds why a paper was recalled, nor to whom it goes: both may name a person.
"""

from __future__ import annotations

from meetings.fact_kinds import Fact, fact


@fact("recipients.set")
class RecipientsSet(Fact):
    """The recipients of a draft were chosen; `lines`: how many, `digest`: SHA-256 of them, `version`: of the paper afterwards."""

    paper: int
    version: int
    lines: int
    digest: str


@fact("paper.issued")
class PaperIssued(Fact):
    """A paper got its number (none: its kind has no register) and date; `replaces`: the number of the one before it."""

    paper: int
    kind_of_paper: str
    symbol: str
    dated: str
    code: str
    content_hash: str
    recipients: int
    replaces: int | None = None


@fact("paper.filed")
class PaperFiled(Fact):
    """Its file was made and went out. `sha256`: of the PDF; `document`: its number among the meeting's papers."""

    paper: int
    sha256: str
    docx_sha256: str
    document: int | None


@fact("paper.recalled")
class PaperRecalled(Fact):
    """An issued paper was taken back: its number is cancelled, nobody is given its file any more."""

    paper: int
    symbol: str


@fact("recipients.reminded")
class RecipientsReminded(Fact):
    """Who had not opened a paper was reminded; `mailed` of them by mail."""

    paper: int
    waiting: int
    mailed: int


@fact("delivery.marked")
class DeliveryMarked(Fact):
    """The clerk has noted by hand that a recipient has the paper, or (`seen` false) has taken that note back."""

    paper: int
    recipient: str
    seen: bool
