"""What can happen to opinion slips beyond what happens to every poll: no names and no addresses, only numbers."""

from meetings.fact_kinds import Fact, fact


@fact("slips.reminded")
class SlipsReminded(Fact):
    """Who had not answered was reminded. `asked`: how many that were; `mailed`: how many of them get a mail, the others are to be
    called. `closes_at`: the deadline that was told; `is_by_itself`: by the service, one working day before it.
    """

    poll: int
    number: int
    question: str
    closes_at: str
    asked: int
    mailed: int
    is_by_itself: bool = False
