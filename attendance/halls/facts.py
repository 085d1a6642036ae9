"""What can happen to the head count of a hall."""

from meetings.fact_kinds import Fact, fact


@fact("hall_count.entered")
class HallCountEntered(Fact):
    """Somebody counted the people in a hall. `expected`: of how many; empty: of as many as stand on the list."""

    bridge_point: int
    bridge_point_name: str
    present: int
    expected: int | None


@fact("hall_count.withdrawn")
class HallCountWithdrawn(Fact):
    """A head count was taken back: the hall is counted by its names alone."""

    bridge_point: int
    bridge_point_name: str
