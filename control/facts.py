"""What can happen to the displays of a meeting."""

from meetings.fact_kinds import Fact, fact


@fact("display.opened")
class DisplayOpened(Fact):
    """A public display was given its address."""

    display: int
    name: str
    bridge_point: str


@fact("display.revoked")
class DisplayRevoked(Fact):
    """The address of a public display was made worthless."""

    display: int
    name: str
