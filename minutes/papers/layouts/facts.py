"""What can happen to the numbers of a layout. Where an office has a number from stays in the table: it may name a person."""

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import fact


@fact("layout.set")
class LayoutSet(OfficeFact):
    """The office prints a number of a layout otherwise than the system."""

    profile: str
    name: str
    was: str
    value: str


@fact("layout.reset")
class LayoutReset(OfficeFact):
    """A number of a layout is the system's own again."""

    profile: str
    name: str
    was: str
