"""What can happen to the chair and to the keeping of the minutes."""

from meetings.fact_kinds import Fact, fact


@fact("chair.handed_over")
class ChairHandedOver(Fact):
    """Somebody else presides from now on. `old_role`: what who presided is in the meeting now; nothing: nobody presided."""

    participant: int
    name: str
    office: str
    old_participant: int | None
    old_name: str
    old_role: str


@fact("secretary.handed_over")
class SecretaryHandedOver(Fact):
    """Somebody else keeps the minutes from now on."""

    participant: int
    name: str
    office: str
    old_participant: int | None
    old_name: str
    old_role: str
