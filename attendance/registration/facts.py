"""What can happen to the registration of people by units. Reasons, wishes, messages and ways to reach people stand in no fact."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("terms.set")
class TermsSet(Fact):
    """What is asked of all units. `deadline` in ISO 8601 or None; `fields`: what is asked beside name, position and unit."""

    deadline: str | None
    fields: list[str]
    has_message: bool


@fact("units.asked")
class UnitsAsked(Fact):
    """Units were asked to register their people. `units`: [{id, name, quota, groups: [[name, places], …]}, …]."""

    units: list[dict[str, Any]]


@fact("unit.edited")
class UnitEdited(Fact):
    """A unit was given these places, bridge point and deadline of its own."""

    unit: int
    name: str
    quota: int | None
    groups: list[list[Any]]
    bridge_point: str
    deadline: str | None


@fact("units.extended")
class UnitsExtended(Fact):
    """Units may change their lists until a moment (ISO 8601). `units`: [{id, name}, …]."""

    units: list[dict[str, Any]]
    until: str


@fact("units.reminded")
class UnitsReminded(Fact):
    """Units were reminded. `units`: [{id, name}, …]; `letters`: how many were put into the outbox."""

    units: list[dict[str, Any]]
    letters: int


@fact("units.withdrawn")
class UnitsWithdrawn(Fact):
    """Units are asked no more; who of them was approved stays. `units`: [{id, name}, …]."""

    units: list[dict[str, Any]]


@fact("unit.completed")
class UnitCompleted(Fact):
    """A unit says that its list is complete, or that it sends nobody."""

    unit: int
    name: str
    nobody: bool


@fact("unit.resumed")
class UnitResumed(Fact):
    """A unit goes on with its list after all."""

    unit: int
    name: str


@fact("change.requested")
class ChangeRequested(Fact):
    """A unit asks, after its deadline, to change its list."""

    unit: int
    name: str


@fact("change.granted")
class ChangeGranted(Fact):
    """It may, until a moment (ISO 8601)."""

    unit: int
    name: str
    until: str


@fact("change.declined")
class ChangeDeclined(Fact):
    """It may not."""

    unit: int
    name: str


@fact("registration.added")
class RegistrationAdded(Fact):
    """Somebody was put on a unit's list. `what`: attend, substitute or excuse; `concerns`: for whom, or who is excused."""

    registration: int
    unit: int
    unit_name: str
    what: str
    name: str
    office: str
    concerns: str


@fact("registrations.added")
class RegistrationsAdded(Fact):
    """A list was put on a unit's list in one step. `registrations`: [{id, name, office}, …]."""

    unit: int
    unit_name: str
    registrations: list[dict[str, Any]]


@fact("registration.edited")
class RegistrationEdited(Fact):
    """A line of a unit's list was changed; it waits to be sent again."""

    registration: int
    unit: int
    unit_name: str
    what: str
    name: str
    office: str
    concerns: str


@fact("registration.removed")
class RegistrationRemoved(Fact):
    """A line was taken off a unit's list."""

    registration: int
    unit: int
    unit_name: str
    name: str


@fact("registrations.sent")
class RegistrationsSent(Fact):
    """A unit sent its list for approval. `registrations`: [{id, name}, …]."""

    unit: int
    unit_name: str
    registrations: list[dict[str, Any]]


@fact("registrations.approved")
class RegistrationsApproved(Fact):
    """Lines were approved, of whatever units. `registrations`: [{id, name, unit, unit_name, what}, …]."""

    registrations: list[dict[str, Any]]


@fact("registrations.refused")
class RegistrationsRefused(Fact):
    """Lines were refused; their units have been told why. `registrations`: [{id, name, unit, unit_name, what}, …]."""

    registrations: list[dict[str, Any]]
