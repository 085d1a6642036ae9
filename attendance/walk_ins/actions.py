"""Adding who came without having been registered, and taking a mistaken one off again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance.bodies.watching import note_crossings
from attendance.ledger.actions import seal_scans_within
from attendance.presence.facts import PresenceMarked
from attendance.presence.models import Presence, Stay
from attendance.presence.rows import told_of, write_standings
from attendance.presence.standing import THERE, Standing, entered
from attendance.walk_ins import facts
from attendance.walk_ins.models import WalkIn
from meetings.actions import NewParticipant, enrol_participants, expect_participant, substitute_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.facts import ParticipantRemoved
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role
from meetings.procedure import Ability, Actor
from meetings.rosters import delete, refuse_when_over
from people.models import Organisation, Person
from people.spelling import alike, fold


@dataclass(frozen=True)
class Came:
    """What is said of somebody who came. `is_another`: not whom the list has under this name."""

    name: str
    position: str = ""
    unit: str = ""
    role: str = Role.DELEGATE
    group: ParticipantGroup | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    substitute_for: Participant | None = None
    is_online: bool = False
    is_another: bool = False


def add_walk_in(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, came: Came, at: datetime | None = None) -> Participant:
    """Put somebody who has come on the list of a bridge point, present since `at` (empty: now); who is replaced is excused.

    Raises NotAllowed at another's bridge point, and OutOfOrder when the name is on the list already, when who shall be replaced
    is there or has a substitute, or the time cannot be.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        refuse_when_over(meeting)
        where = change.fresh(bridge_point)
        if not by.may_mark_presence_at(where.pk):
            raise NotAllowed(_("You add people at your own bridge point only."))
        if at is not None and at > change.now:
            raise OutOfOrder(_("This time is still to come."))
        seal_scans_within(change)  # who shall be replaced may have come a moment ago
        _refuse_same_name(meeting, came)
        one = _enrolled(change, where, came)
        WalkIn.objects.create(meeting=meeting, participant=one, added_at=change.now, added_by=by.name)
        _mark_present(change, one, where, is_online=came.is_online, at=at)
        replaced = came.substitute_for
        change.record(
            facts.WalkInAdded(
                participant=one.pk, name=one.name, office=one.office, bridge_point=where.pk, bridge_point_name=where.name,
                replaced=replaced.pk if replaced else None, replaced_name=replaced.name if replaced else "",
            )
        )  # fmt: skip
        note_crossings(change)
        return one


def remove_walk_in(meeting: Meeting, *, by: Actor, participant: Participant) -> None:
    """Take a walk-in off the list again, with the mark of presence; who was replaced is expected again.

    Raises OutOfOrder when the participant is no walk-in, or has spoken or been scanned since: then the name stays.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        one = change.fresh(participant)
        if not WalkIn.objects.filter(participant=one).exists():
            raise OutOfOrder(_("%(name)s was on the list before and stays on it.") % {"name": one.name})
        replaced, pk, name, office = one.substitute_for, one.pk, one.name, one.office
        Stay.objects.filter(participant=one).delete()
        Presence.objects.filter(participant=one).delete()
        delete(one)
        change.record(ParticipantRemoved(participant=pk, name=name))
        change.record(facts.WalkInRemoved(participant=pk, name=name, office=office))
        if replaced is not None and replaced.is_excused:
            expect_participant(change, replaced)
        note_crossings(change)


def _refuse_same_name(meeting: Meeting, came: Came) -> None:
    """Raise OutOfOrder when the list has somebody of this name: they are marked, not added again."""
    if came.is_another:
        return
    found = meeting.participants.filter(folded__contains=fold(came.name)).select_related("bridge_point")
    same = next((one for one in found.order_by("pk") if alike(one.name) == alike(came.name)), None)
    if same is None:
        return
    where = same.bridge_point.name if same.bridge_point else _("no bridge point")
    raise OutOfOrder(
        _(
            "%(name)s is on the list already (%(where)s). Mark them there; if this is somebody else, tick "
            "“another person of the same name”."
        )
        % {"name": same.name, "where": where}
    )


def _enrolled(change: Transition, where: BridgePoint, came: Came) -> Participant:
    """Return the new participant: one more, or instead of somebody of the list who did not come."""
    new = NewParticipant(
        name=came.name, role=came.role, bridge_point=where, position=came.position, organisation=came.organisation,
        unit=came.unit, person=came.person or _known(change.meeting, came),
        group=came.group or (came.substitute_for.group if came.substitute_for else None),
        mode=Participant.Mode.ONLINE if came.is_online else Participant.Mode.IN_PERSON,
    )  # fmt: skip
    if came.substitute_for is None:
        return enrol_participants(change, [new])[0]
    replaced = change.fresh(came.substitute_for)
    if not change.by.may_mark_presence_at(replaced.bridge_point_id):
        raise NotAllowed(_("You add people at your own bridge point only."))
    if Presence.objects.filter(participant=replaced, state__in=THERE).exists():
        raise OutOfOrder(_("%(name)s is there. Nobody stands in for them.") % {"name": replaced.name})
    return substitute_participant(change, replaced, new)


def _known(meeting: Meeting, came: Came) -> Person | None:
    """Return the one person of the directory of this name who holds a position in this unit now; else nothing."""
    if came.organisation is None:
        return None
    today = timezone.localdate()
    holding = Q(positions__organisation=came.organisation) & (Q(positions__until=None) | Q(positions__until__gte=today))
    found = (
        Person.objects.filter(holding, merged_into=None, folded__contains=fold(came.name))
        .exclude(participations__meeting=meeting)
        .distinct()
    )
    same = [one for one in found[:20] if alike(one.full_name) == alike(came.name)]
    return same[0] if len(same) == 1 else None


def _mark_present(change: Transition, one: Participant, where: BridgePoint, *, is_online: bool, at: datetime | None) -> None:
    stands = entered(Standing(by_hand_at=change.now), where=where.pk, at=at or change.now, is_online=is_online)
    write_standings(change.meeting, {one.pk: stands})
    change.record(
        PresenceMarked(
            bridge_point=where.pk, bridge_point_name=where.name, state=stands.state,
            at=at.isoformat() if at else "", participants=[told_of(one, stands)],
        )
    )  # fmt: skip
