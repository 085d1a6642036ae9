"""What the journal of a meeting says of its rehearsals; what happened in them went with them."""

from meetings.fact_kinds import Fact, fact


@fact("meeting.rehearsed")
class MeetingRehearsed(Fact):
    """A rehearsal began: a marked copy, `rehearsal` by key and address. `newest_person`: key of the directory's newest then."""

    rehearsal: int
    slug: str
    newest_person: int


@fact("rehearsal.ended")
class RehearsalEnded(Fact):
    """A rehearsal took place and was deleted whole. `since`, `until`: real time in ISO 8601; `was_opened`: whether it was held.

    `entries`: of its journal; `people`: who did something in it, by name; `outages`: how many lines were lost.
    """

    rehearsal: int
    slug: str
    since: str
    until: str
    entries: int
    people: list[str]
    outages: int
    was_opened: bool
