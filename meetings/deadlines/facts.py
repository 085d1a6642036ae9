"""What can happen to deadlines: of a meeting in its journal, to rules and holidays in the office's."""

from typing import Any

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("deadline.set")
class DeadlineSet(Fact):
    """A deadline of the meeting was set by hand, to a moment in ISO 8601 or to none at all."""

    kind_of_deadline: str
    due_at: str | None


@fact("deadline.reset")
class DeadlineReset(Fact):
    """A deadline follows the office's rule again."""

    kind_of_deadline: str


@fact("deadline_rules.edited")
class DeadlineRulesEdited(OfficeFact):
    """The office changed its rules: [{kind, days, in_working_days, is_on}, …]."""

    rules: list[dict[str, Any]]


@fact("holiday.added")
class HolidayAdded(OfficeFact):
    """A day was entered as off, or as one on which work is made up."""

    day: str
    title: str
    is_working: bool


@fact("holiday.removed")
class HolidayRemoved(OfficeFact):
    """A day is again what the calendar says."""

    day: str
    title: str
