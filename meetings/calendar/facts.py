"""What can happen to the address of a calendar. The address itself never stands in a fact."""

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("calendar.renewed")
class CalendarRenewed(Fact):
    """The meeting's calendar has a new secret address, its number `renewal`; the one before is dead."""

    renewal: int


@fact("own_calendar.renewed")
class OwnCalendarRenewed(OfficeFact):
    """Somebody's own calendar has a new secret address; the one before is dead."""

    account: int
    username: str
    renewal: int
