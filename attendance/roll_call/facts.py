"""What can happen to a roll call of the bridge points. `number`: which one of the meeting."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("roll_call.opened")
class RollCallOpened(Fact):
    """The bridge points are called. `bridge_points`: [{id, name}, …], in the order they are called in."""

    roll_call: int
    number: int
    bridge_points: list[dict[str, Any]]


@fact("roll_call.answered")
class RollCallAnswered(Fact):
    """A bridge point has answered at its own console."""

    roll_call: int
    number: int
    bridge_point: int
    bridge_point_name: str


@fact("roll_call.marked")
class RollCallMarked(Fact):
    """Who calls the roll has noted that a bridge point is here, or does not answer (state: here, silent)."""

    roll_call: int
    number: int
    bridge_point: int
    bridge_point_name: str
    state: str


@fact("roll_call.closed")
class RollCallClosed(Fact):
    """A roll call is over: how many were called, how many answered, and who did not: [{id, name}, …]."""

    roll_call: int
    number: int
    called: int
    here: int
    silent: list[dict[str, Any]]
