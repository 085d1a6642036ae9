"""Who takes part and where: adding, editing and removing bridge points and participants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings import facts, hooks
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person

PARTICIPANT_LIMIT = 20_000


@dataclass(frozen=True)
class NewBridgePoint:
    """A bridge point to be added."""

    name: str
    short_name: str
    organisation: Organisation | None = None
    place: str = ""
    is_central: bool = False
    parent: BridgePoint | None = None


@dataclass(frozen=True)
class NewParticipant:
    """A participant to be added; `person` is made from the name when it is missing."""

    name: str
    role: str = Role.DELEGATE
    bridge_point: BridgePoint | None = None
    position: str = ""
    organisation: Organisation | None = None
    unit: str = ""
    person: Person | None = None


def add_bridge_points(meeting: Meeting, *, by: Actor, bridge_points: Sequence[NewBridgePoint]) -> list[BridgePoint]:
    """Add bridge points in one step, numbered after the last; names that exist already are refused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        if not bridge_points:
            raise OutOfOrder(_("All provinces have their bridge point already."))
        _refuse_known_names(meeting, bridge_points)
        if meeting.bridge_points.filter(is_central=True).exists() and any(b.is_central for b in bridge_points):
            raise OutOfOrder(_("The meeting already has its central bridge point."))
        number = meeting.bridge_points.aggregate(last=Max("number"))["last"] or 0
        made = BridgePoint.objects.bulk_create(
            BridgePoint(meeting=meeting, number=number + n, **vars(new)) for n, new in enumerate(bridge_points, start=1)
        )
        rows = [{"id": b.pk, "number": b.number, "name": b.name, "central": b.is_central} for b in made]
        change.record(facts.BridgePointsAdded(bridge_points=rows))
        return made


def missing_provinces(meeting: Meeting) -> list[NewBridgePoint]:
    """Return a bridge point for each province that has none yet, ready to be added."""
    have = meeting.bridge_points.exclude(organisation=None).values("organisation_id")
    names = set(meeting.bridge_points.values_list("name", flat=True))
    provinces = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).exclude(pk__in=have).order_by("code")
    return [
        NewBridgePoint(name=p.name, short_name=p.short_name, organisation=p, place=p.short_name)
        for p in provinces
        if p.name not in names
    ]


def edit_bridge_point(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, name: str, short_name: str, place: str) -> None:
    """Change a bridge point's names and place."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        row = change.fresh(bridge_point)
        if meeting.bridge_points.filter(name=name).exclude(pk=row.pk).exists():
            raise OutOfOrder(_("Another bridge point has this name: %(name)s.") % {"name": name})
        row.name, row.short_name, row.place = name, short_name, place
        row.save(update_fields=["name", "short_name", "place"])
        change.record(facts.BridgePointEdited(bridge_point=row.pk, number=row.number, name=name, place=place))


def remove_bridge_point(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint) -> None:
    """Take out a bridge point nobody takes part through."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        row = change.fresh(bridge_point)
        count = row.participants.count()
        if count:
            sentence = ngettext_lazy(
                "%(count)d participant belongs to this bridge point. Move them first.",
                "%(count)d participants belong to this bridge point. Move them first.",
                count,
            )
            raise OutOfOrder(sentence % {"count": count})
        for question in hooks.objections_to_removing_site:
            for objection in question(row):
                raise OutOfOrder(objection)
        change.record(facts.BridgePointRemoved(bridge_point=row.pk, name=row.name))
        _delete(row)


def add_participants(meeting: Meeting, *, by: Actor, participants: Sequence[NewParticipant]) -> list[Participant]:
    """Add people to the meeting in one step; a person takes part once, whatever the role."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        if meeting.participants.count() + len(participants) > PARTICIPANT_LIMIT:
            raise OutOfOrder(_("A meeting holds at most %(limit)d participants.") % {"limit": PARTICIPANT_LIMIT})
        _refuse_known_people(meeting, participants)
        _refuse_lost_sites(meeting, [p.bridge_point for p in participants])
        people = _people(participants)
        made = Participant.objects.bulk_create(
            _participant(meeting, new, person) for new, person in zip(participants, people, strict=True)
        )
        change.record(facts.ParticipantsAdded(participants=[_row(p) for p in made]))
        return made


def edit_participant(
    meeting: Meeting,
    *,
    by: Actor,
    participant: Participant,
    name: str,
    position: str,
    unit: str,
    role: str,
    bridge_point: BridgePoint | None,
) -> None:
    """Change what a participant is in this meeting; past facts keep the names of their time."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        row = change.fresh(participant)
        _refuse_lost_sites(meeting, [bridge_point])
        row.name, row.position, row.unit, row.role, row.bridge_point = name, position, unit, role, bridge_point
        row.save(update_fields=["name", "position", "unit", "role", "bridge_point"])
        change.record(
            facts.ParticipantEdited(participant=row.pk, name=name, office=row.office, role=role, bridge_point=row.bridge_point_id)
        )


def remove_participant(meeting: Meeting, *, by: Actor, participant: Participant) -> None:
    """Take somebody off the list who has not taken part yet."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        row = change.fresh(participant)
        for question in hooks.objections_to_removing:
            for objection in question(row):
                raise OutOfOrder(objection)
        change.record(facts.ParticipantRemoved(participant=row.pk, name=row.name))
        _delete(row)


def _people(new: Sequence[NewParticipant]) -> list[Person]:
    made = iter(Person.objects.bulk_create(Person(full_name=p.name) for p in new if p.person is None))
    return [p.person or next(made) for p in new]


def _participant(meeting: Meeting, new: NewParticipant, person: Person) -> Participant:
    unit = new.unit or (new.organisation.name if new.organisation else "")
    return Participant(
        meeting=meeting, person=person, role=new.role, bridge_point=new.bridge_point, organisation=new.organisation,
        name=new.name, position=new.position, unit=unit,
    )  # fmt: skip


def _row(p: Participant) -> dict[str, object]:
    return {"id": p.pk, "name": p.name, "office": p.office, "role": p.role, "bridge_point": p.bridge_point_id}


def _delete(row: BridgePoint | Participant) -> None:
    try:
        row.delete()
    except (ProtectedError, RestrictedError) as error:
        raise OutOfOrder(_("This has taken part in the meeting already and stays in the list.")) from error


def _not_over(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.ADJOURNED:
        raise OutOfOrder(_("The meeting has been adjourned; nothing can be changed in it any more."))


def _refuse_known_names(meeting: Meeting, new: Sequence[NewBridgePoint]) -> None:
    wanted = [b.name for b in new]
    known = set(meeting.bridge_points.filter(name__in=wanted).values_list("name", flat=True))
    known |= {name for name, times in Counter(wanted).items() if times > 1}
    if known:
        raise OutOfOrder(_("Another bridge point has this name: %(name)s.") % {"name": sorted(known)[0]})


def _refuse_lost_sites(meeting: Meeting, sites: Sequence[BridgePoint | None]) -> None:
    wanted = {site.pk for site in sites if site}
    if meeting.bridge_points.filter(pk__in=wanted).count() != len(wanted):
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))


def _refuse_known_people(meeting: Meeting, new: Sequence[NewParticipant]) -> None:
    people = [p.person.pk for p in new if p.person]
    known = meeting.participants.filter(person_id__in=people).first()
    if known:
        raise OutOfOrder(_("%(name)s is on the list already.") % {"name": known.name})
