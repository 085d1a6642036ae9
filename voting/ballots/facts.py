"""What binds the ledger of ballots to the journal."""

from meetings.fact_kinds import Fact, fact


@fact("ballots.sealed")
class BallotsSealed(Fact):
    """A part of a poll's ledger was sealed: ballots `first` to `last`, `count` of them, `hash` over the seal before and the rows.

    `cast`: how many ballots there are by now. Who voted, and what, stands in no seal.
    """

    poll: int
    seal: int
    first: int
    last: int
    count: int
    hash: str
    cast: int
