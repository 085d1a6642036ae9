"""What can happen to papers that units hand in late. The wish and the answer to it stand in no fact."""

from meetings.fact_kinds import Fact, fact


@fact("hand_in.requested")
class HandInRequested(Fact):
    """A unit asks, after the deadline, to hand in the paper of its speech."""

    speech: int
    unit_name: str
    title: str


@fact("hand_in.granted")
class HandInGranted(Fact):
    """It may, until a moment (ISO 8601)."""

    speech: int
    unit_name: str
    title: str
    until: str


@fact("hand_in.declined")
class HandInDeclined(Fact):
    """It may not."""

    speech: int
    unit_name: str
    title: str
