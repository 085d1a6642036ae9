"""What can happen to series, and to a meeting as one of a series or as a copy."""

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("series.added")
class SeriesAdded(OfficeFact):
    """A series was made."""

    series: int
    title: str


@fact("series.renamed")
class SeriesRenamed(OfficeFact):
    """A series was given another title."""

    series: int
    title: str
    old_title: str


@fact("series.removed")
class SeriesRemoved(OfficeFact):
    """A series without meetings was taken out."""

    series: int
    title: str


@fact("series.set")
class SeriesSet(Fact):
    """The meeting was put into a series, or (without a title) taken out of it."""

    title: str


@fact("meeting.cloned")
class MeetingCloned(Fact):
    """It was made from another meeting or a template; what was taken over follows in facts of its own. `parts` were ticked."""

    source: int
    title: str
    parts: list[str]


@fact("template.removed")
class TemplateRemoved(OfficeFact):
    """A template was taken out, with all that was in it."""

    template: int
    title: str
