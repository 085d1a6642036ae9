"""What can happen to people who come without having been registered."""

from meetings.fact_kinds import Fact, fact


@fact("walk_in.added")
class WalkInAdded(Fact):
    """Somebody came without registration; the entries before put them on the list. `replaced`: whom they stand in for."""

    participant: int
    name: str
    office: str
    bridge_point: int
    bridge_point_name: str
    replaced: int | None
    replaced_name: str


@fact("walk_in.removed")
class WalkInRemoved(Fact):
    """Somebody who had been added so was taken off the list again, with what had been marked of them."""

    participant: int
    name: str
    office: str
