"""What can happen to the readiness of a bridge point. States of a point: good, fault, without."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("readiness.begun")
class ReadinessBegun(Fact):
    """A run through the list was begun; `run` counts those of the bridge point from 1."""

    check: int
    bridge_point: int
    bridge_point_name: str
    run: int


@fact("readiness.marked")
class ReadinessMarked(Fact):
    """Points were found to be in a state."""

    check: int
    bridge_point: int
    bridge_point_name: str
    points: list[str]
    state: str
    note: str


@fact("readiness.signed")
class ReadinessSigned(Fact):
    """A run was signed off, by name at that moment, perhaps `on_behalf` of who told it by telephone.

    `faults`, and `without` (what there is none of): [{point, note}, …]; `note`: how the meeting goes on with faults.
    """

    check: int
    bridge_point: int
    bridge_point_name: str
    run: int
    began_at: str
    seconds: int
    faults: list[dict[str, Any]]
    without: list[dict[str, Any]]
    note: str
    signed_by: str
    on_behalf: bool
