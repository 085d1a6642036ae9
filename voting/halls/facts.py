"""What can happen to the count of a hall."""

from meetings.fact_kinds import Fact, fact


@fact("hall_tally.entered")
class HallTallyEntered(Fact):
    """An operator entered, or corrected, how many in the hall voted for what. `votes`: [[position, how many], …]."""

    poll: int
    poll_number: int
    bridge_point: int
    bridge_point_name: str
    version: int
    votes: list[list[int]]
    voters: int
    invalid: int
    why: str = ""


@fact("hall_tally.accepted")
class HallTallyAccepted(Fact):
    """The chair accepted a count as it was entered."""

    poll: int
    poll_number: int
    bridge_point: int
    bridge_point_name: str
    version: int


@fact("hall_tally.returned")
class HallTallyReturned(Fact):
    """The chair wants a hall counted again."""

    poll: int
    poll_number: int
    bridge_point: int
    bridge_point_name: str
    version: int
    why: str
