"""What can happen to a meeting itself, its bridge points and participants."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("meeting.created")
class MeetingCreated(Fact):
    """A meeting was entered, with the data of its forms. `sittings`: [[start, end or None], …] in ISO 8601."""

    title: str
    organiser: str
    kind_of_meeting: str
    mode: str
    place: str
    sittings: list[list[str | None]]


@fact("meeting.edited")
class MeetingEdited(Fact):
    """Its data were changed to these."""

    title: str
    organiser: str
    mode: str
    place: str
    sittings: list[list[str | None]]


@fact("meeting.opened")
class MeetingOpened(Fact):
    """The chair opened the meeting."""

    chair: str


@fact("meeting.suspended")
class MeetingSuspended(Fact):
    """A recess began."""

    chair: str


@fact("meeting.resumed")
class MeetingResumed(Fact):
    """The recess ended."""

    chair: str


@fact("meeting.adjourned")
class MeetingAdjourned(Fact):
    """The meeting was closed for good."""

    chair: str


@fact("bridge_points.added")
class BridgePointsAdded(Fact):
    """`bridge_points`: [{id, number, name, central}, …]."""

    bridge_points: list[dict[str, Any]]


@fact("bridge_point.edited")
class BridgePointEdited(Fact):
    """A bridge point was given these data."""

    bridge_point: int
    number: int
    name: str
    place: str


@fact("bridge_point.removed")
class BridgePointRemoved(Fact):
    """A bridge point without participants was taken out."""

    bridge_point: int
    name: str


@fact("participants.added")
class ParticipantsAdded(Fact):
    """`participants`: [{id, name, office, role, bridge_point}, …]; bridge_point is an id or None."""

    participants: list[dict[str, Any]]


@fact("participant.edited")
class ParticipantEdited(Fact):
    """A participant was given these data."""

    participant: int
    name: str
    office: str
    role: str
    bridge_point: int | None


@fact("participant.removed")
class ParticipantRemoved(Fact):
    """Somebody was taken off the list."""

    participant: int
    name: str


@fact("clock.set")
class ClockSet(Fact):
    """The clock of a demonstration or rehearsal was set to run at a rate from a moment on."""

    rate: float
    base: str
