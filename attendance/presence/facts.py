"""What can happen to the presence of people."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("presence.marked")
class PresenceMarked(Fact):
    """People of one bridge point were marked. `participants`: [{id, name, office}, …]; state: present or absent."""

    bridge_point: int | None
    bridge_point_name: str
    state: str
    participants: list[dict[str, Any]]
