"""What can happen to an incident at a bridge point. Moments are the meeting's time in ISO 8601, each as one side has it."""

from meetings.fact_kinds import Fact, fact


@fact("incident.opened")
class IncidentOpened(Fact):
    """An incident was reported by the bridge point (`from_site`) or by the control room; `began_at` is that side's time."""

    incident: int
    bridge_point: int
    bridge_point_name: str
    kind_of_incident: str
    note: str
    from_site: bool
    began_at: str


@fact("incident.confirmed")
class IncidentConfirmed(Fact):
    """The other side says that it is so, and since when."""

    incident: int
    bridge_point: int
    bridge_point_name: str
    kind_of_incident: str
    from_site: bool
    began_at: str


@fact("incident.ended")
class IncidentEnded(Fact):
    """One side says that it is over, and since when."""

    incident: int
    bridge_point: int
    bridge_point_name: str
    kind_of_incident: str
    from_site: bool
    ended_at: str


@fact("incident.closed")
class IncidentClosed(Fact):
    """It is over: the control room says so, or both sides have. The times of both, None where a side has said nothing."""

    incident: int
    bridge_point: int
    bridge_point_name: str
    kind_of_incident: str
    site_began_at: str | None
    centre_began_at: str | None
    site_ended_at: str | None
    centre_ended_at: str | None
