"""What can happen to the presence of people."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("presence.marked")
class PresenceMarked(Fact):
    """People at one bridge point were marked by hand: present, online, left or absent.

    `at`: since when, where that is not the moment of the entry. `participants`: [{id, name, office, stays}, …], their stays
    as they stand now: [[bridge point, online?, from, until or nothing], …].
    """

    bridge_point: int | None
    bridge_point_name: str
    state: str
    participants: list[dict[str, Any]]
    at: str = ""


@fact("conflict.settled")
class ConflictSettled(Fact):
    """A person settled what contradicted; `by_hand`: and said how the participant stands. `participants`: that one, as above."""

    conflict: int
    kind_of_conflict: str
    by_hand: bool
    state: str
    bridge_point: int | None
    bridge_point_name: str
    participants: list[dict[str, Any]]
