"""What changes of the list of bridge points and of participants have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role
from people.models import Organisation, Person


@dataclass(frozen=True)
class NewParticipant:
    """A participant to be added; `person` is made from the name when it is missing. `substitute_for` is excused by it."""

    name: str
    role: str = Role.DELEGATE
    bridge_point: BridgePoint | None = None
    position: str = ""
    organisation: Organisation | None = None
    unit: str = ""
    person: Person | None = None
    mode: str = Participant.Mode.IN_PERSON
    group: ParticipantGroup | None = None
    substitute_for: Participant | None = None
    is_standing: bool = False


def delete(row: BridgePoint | Participant | ParticipantGroup) -> None:
    """Delete a row that nothing refers to; else raise OutOfOrder."""
    try:
        row.delete()
    except (ProtectedError, RestrictedError) as error:
        raise OutOfOrder(_("This has taken part in the meeting already and stays in the list.")) from error


def refuse_when_over(meeting: Meeting) -> None:
    """Raise OutOfOrder when the meeting has been adjourned."""
    if meeting.state == Meeting.State.ADJOURNED:
        raise OutOfOrder(_("The meeting has been adjourned; nothing can be changed in it any more."))


def make_participants(meeting: Meeting, new: Sequence[NewParticipant]) -> list[Participant]:
    """Write the rows, with a person for each that has none, within a change that has seen to what cannot be."""
    fresh = iter(Person.objects.bulk_create(Person(full_name=p.name) for p in new if p.person is None))
    return Participant.objects.bulk_create(_participant(meeting, p, p.person or next(fresh)) for p in new)


def _participant(meeting: Meeting, new: NewParticipant, person: Person) -> Participant:
    unit = new.unit or (new.organisation.name if new.organisation else "")
    return Participant(
        meeting=meeting, person=person, role=new.role, bridge_point=new.bridge_point, organisation=new.organisation,
        name=new.name, position=new.position, unit=unit, mode=new.mode, group=new.group,
        substitute_for=new.substitute_for, is_standing=new.is_standing,
    )  # fmt: skip
