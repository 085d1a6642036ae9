"""What can happen to a meeting itself, its bridge points and participants."""

from dataclasses import field
from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("meeting.created")
class MeetingCreated(Fact):
    """A meeting was entered, with the data of its forms. `sittings`: [[start, end or None, name], …] in ISO 8601."""

    title: str
    organiser: str
    kind_of_meeting: str
    mode: str
    place: str
    sittings: list[list[str | None]]
    series: str = ""


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
    """The chair opened the meeting. `presiding`: who presides and who keeps the minutes, by role, as keys of participants."""

    chair: str
    presiding: dict[str, int] = field(default_factory=dict)


@fact("meeting.suspended")
class MeetingSuspended(Fact):
    """A recess began. `until`: when the meeting shall go on, if that was said."""

    chair: str
    until: str = ""


@fact("recess.extended")
class RecessExtended(Fact):
    """The meeting shall go on at another moment than was said `before` (or nothing was)."""

    until: str
    before: str = ""


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
    """`bridge_points`: [{id, number, name, central, parent, sort, seats}, …]; `sort` is the kind of a bridge point."""

    bridge_points: list[dict[str, Any]]


@fact("bridge_point.edited")
class BridgePointEdited(Fact):
    """A bridge point was given these data."""

    bridge_point: int
    number: int
    name: str
    place: str
    sort: str = ""
    seats: int | None = None
    head: str = ""


@fact("bridge_points.edited")
class BridgePointsEdited(Fact):
    """Many were given the same place, kind (`sort`) or number of seats; None: that stayed as it was."""

    bridge_points: list[int]
    names: list[str]
    place: str | None
    sort: str | None
    seats: int | None
    equipment_changed: bool


@fact("bridge_points.moved")
class BridgePointsMoved(Fact):
    """They stand under another one from now on, `above` by name; None: on top."""

    bridge_points: list[int]
    names: list[str]
    parent: int | None
    above: str


@fact("bridge_points.removed")
class BridgePointsRemoved(Fact):
    """Many without participants were taken out: [{id, name}, …]."""

    bridge_points: list[dict[str, Any]]


@fact("bridge_points.imported")
class BridgePointsImported(Fact):
    """A list was read in as a whole: `added` as in `bridge_points.added`, `changed` with the same keys, as they are now."""

    added: list[dict[str, Any]]
    changed: list[dict[str, Any]]


@fact("bridge_point.removed")
class BridgePointRemoved(Fact):
    """A bridge point without participants was taken out."""

    bridge_point: int
    name: str


@fact("participants.added")
class ParticipantsAdded(Fact):
    """`participants`: [{id, name, office, role, bridge_point, mode, group, standing}, …]; ids may be None."""

    participants: list[dict[str, Any]]


@fact("participant.edited")
class ParticipantEdited(Fact):
    """A participant was given these data."""

    participant: int
    name: str
    office: str
    role: str
    bridge_point: int | None
    mode: str = "in_person"
    group: int | None = None
    standing: bool = False


@fact("participants.imported")
class ParticipantsImported(Fact):
    """A list was applied: the rows it added (`participants`) and changed (`edited`), `groups` [{id, number, name}] it made."""

    participants: list[dict[str, Any]]
    edited: list[dict[str, Any]]
    groups: list[dict[str, Any]]


@fact("participants.edited")
class ParticipantsEdited(Fact):
    """Many were given the same bridge point, group or mode: their rows as they are now, as in participants.added."""

    participants: list[dict[str, Any]]


@fact("participant.excused")
class ParticipantExcused(Fact):
    """Somebody will not come, and is not expected any more. Why is nobody's business."""

    participant: int
    name: str
    office: str


@fact("participants.excused")
class ParticipantsExcused(Fact):
    """`participants`: [{id, name}, …] who will not come."""

    participants: list[dict[str, Any]]


@fact("participant.expected")
class ParticipantExpected(Fact):
    """Somebody who was excused will come after all."""

    participant: int
    name: str
    office: str


@fact("participants.expected")
class ParticipantsExpected(Fact):
    """`participants`: [{id, name}, …] who were excused and will come after all."""

    participants: list[dict[str, Any]]


@fact("participant.substituted")
class ParticipantSubstituted(Fact):
    """Somebody else comes instead: `substitute` is a row as in participants.added, with `substitute_for`."""

    participant: int
    name: str
    office: str
    substitute: dict[str, Any]


@fact("participants.removed")
class ParticipantsRemoved(Fact):
    """`participants`: [{id, name}, …] who were taken off the list."""

    participants: list[dict[str, Any]]


@fact("group.added")
class GroupAdded(Fact):
    """A group of participants was made."""

    group: int
    number: int
    name: str


@fact("group.renamed")
class GroupRenamed(Fact):
    """A group was given another name."""

    group: int
    name: str


@fact("group.removed")
class GroupRemoved(Fact):
    """A group nobody belongs to was taken out."""

    group: int
    name: str


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
