"""What can happen to reading that is no soft value: somebody was reminded. No names and no addresses, only numbers."""

from __future__ import annotations

from meetings.fact_kinds import Fact, fact


@fact("papers.reminded")
class PapersReminded(Fact):
    """Who has not opened papers was reminded. `papers`: their numbers; `people`: how many were meant.

    `mailed`: how many of them get a mail; the others have no address or no account, and are to be called.
    """

    papers: list[int]
    people: int
    mailed: int
