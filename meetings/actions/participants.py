"""Who takes part: adding, editing and removing participants, one or many; who is excused, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings import facts, hooks
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role
from meetings.procedure import Ability, Actor
from meetings.rosters import NewParticipant, delete, make_participants, refuse_when_over
from meetings.telling import participant_row

PARTICIPANT_LIMIT = 20_000
REMOVED = _("This has been removed by somebody else in the meantime.")
#: What can be changed of many participants at once.
CHANGEABLE = frozenset({"bridge_point", "group", "mode", "is_standing"})


def add_participants(meeting: Meeting, *, by: Actor, participants: Sequence[NewParticipant]) -> list[Participant]:
    """Add people to the meeting in one step; a person takes part once, whatever the role."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        plain = [p for p in participants if p.substitute_for is None]
        made = dict(zip(map(id, plain), enrol_participants(change, plain) if plain else [], strict=True))
        for new in participants:
            if new.substitute_for is not None:
                made[id(new)] = substitute_participant(change, new.substitute_for, new)
        return [made[id(new)] for new in participants]


def enrol_participants(change: Transition, participants: Sequence[NewParticipant]) -> list[Participant]:
    """Add people within a change, with the fact of add_participants; nobody of them stands in for somebody."""
    _refuse_what_cannot_be(change, participants)
    made = make_participants(change.meeting, participants)
    change.record(facts.ParticipantsAdded(participants=[participant_row(p) for p in made]))
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
    **more: Any,
) -> None:
    """Change what a participant is in this meeting; past facts keep the names of their time.

    `more`: organisation, mode, group, is_standing; what is not named stays as it is.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(participant)
        _refuse_lost_sites(meeting, [bridge_point])
        _refuse_lost_groups(meeting, [more.get("group")])
        data = {"name": name, "position": position, "unit": unit, "role": role, "bridge_point": bridge_point, **more}
        for field, value in data.items():
            setattr(row, field, value)
        row.save(update_fields=[*data, "folded"])
        change.record(
            facts.ParticipantEdited(
                participant=row.pk, name=name, office=row.office, role=role, bridge_point=row.bridge_point_id,
                mode=row.mode, group=row.group_id, standing=row.is_standing,
            )
        )  # fmt: skip


def edit_participants(
    meeting: Meeting, *, by: Actor, participants: Sequence[Participant], changes: Mapping[str, Any]
) -> list[Participant]:
    """Give many participants the same bridge point, group, mode or standing; return those that have changed."""
    if not changes.keys() <= CHANGEABLE:
        raise ValueError(f"of many participants only {sorted(CHANGEABLE)} can be changed")
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        _refuse_lost_sites(meeting, [changes.get("bridge_point")])
        _refuse_lost_groups(meeting, [changes.get("group")])
        chosen = [p for p in _under_lock(meeting, participants) if _differs(p, changes)]
        if not chosen:
            raise OutOfOrder(_("They are so already."))
        staff = [p for p in chosen if p.role in (Role.OPERATOR, Role.TECHNICIAN)]
        if "bridge_point" in changes and changes["bridge_point"] is None and staff:
            raise OutOfOrder(_("%(name)s is an operator or technician and belongs to a bridge point.") % {"name": staff[0].name})
        values = {name: getattr(value, "pk", value) for name, value in changes.items()}
        meeting.participants.filter(pk__in=[p.pk for p in chosen]).update(**values)
        for p in chosen:
            for name, value in changes.items():
                setattr(p, name, value)
        change.record(facts.ParticipantsEdited(participants=[participant_row(p) for p in chosen]))
        return chosen


def remove_participant(meeting: Meeting, *, by: Actor, participant: Participant) -> None:
    """Take somebody off the list who has not taken part yet."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(participant)
        _refuse_who_must_stay(row)
        change.record(facts.ParticipantRemoved(participant=row.pk, name=row.name))
        delete(row)


def remove_participants(meeting: Meeting, *, by: Actor, participants: Sequence[Participant]) -> None:
    """Take many off the list, all or none: one who has taken part already keeps all of them."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        chosen = _under_lock(meeting, participants)
        for row in chosen:
            _refuse_who_must_stay(row)
        change.record(facts.ParticipantsRemoved(participants=[{"id": p.pk, "name": p.name} for p in chosen]))
        for row in chosen:
            delete(row)


def excuse_participants(meeting: Meeting, *, by: Actor, participants: Sequence[Participant]) -> None:
    """Note of many that they will not come: they are no longer expected. Who is excused already is passed over."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        chosen = [p for p in _under_lock(meeting, participants) if not p.is_excused]
        if not chosen:
            raise OutOfOrder(_("They are so already."))
        meeting.participants.filter(pk__in=[p.pk for p in chosen]).update(is_excused=True)
        change.record(facts.ParticipantsExcused(participants=[{"id": p.pk, "name": p.name} for p in chosen]))


def expect_participants(meeting: Meeting, *, by: Actor, participants: Sequence[Participant]) -> None:
    """Note of many who were excused that they will come after all. Who has a substitute stays excused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        chosen = [p for p in _under_lock(meeting, participants) if p.is_excused]
        if not chosen:
            raise OutOfOrder(_("They are so already."))
        _refuse_replaced(meeting, chosen)
        meeting.participants.filter(pk__in=[p.pk for p in chosen]).update(is_excused=False)
        change.record(facts.ParticipantsExpected(participants=[{"id": p.pk, "name": p.name} for p in chosen]))


def excuse_participant(change: Transition, participant: Participant) -> Participant:
    """Note, within a change, that somebody will not come; the reason stays out of the journal. Returns the fresh row."""
    row = change.fresh(participant)
    if row.is_excused:
        raise OutOfOrder(_("%(name)s is excused already.") % {"name": row.name})
    row.is_excused = True
    row.save(update_fields=["is_excused"])
    change.record(facts.ParticipantExcused(participant=row.pk, name=row.name, office=row.office))
    return row


def expect_participant(change: Transition, participant: Participant) -> Participant:
    """Note, within a change, that somebody who was excused will come after all. Returns the fresh row."""
    row = change.fresh(participant)
    if not row.is_excused:
        raise OutOfOrder(_("%(name)s is expected already.") % {"name": row.name})
    _refuse_replaced(change.meeting, [row])
    row.is_excused = False
    row.save(update_fields=["is_excused"])
    change.record(facts.ParticipantExpected(participant=row.pk, name=row.name, office=row.office))
    return row


def substitute_participant(change: Transition, participant: Participant, new: NewParticipant) -> Participant:
    """Let somebody else come instead, within a change; who is replaced is excused. Returns the new participant.

    Raises OutOfOrder when there is a substitute already, or the new person is on the list.
    """
    row = change.fresh(participant)
    other = Participant.objects.filter(substitute_for=row).first()
    if other is not None:
        raise OutOfOrder(_("%(name)s has a substitute already: %(other)s.") % {"name": row.name, "other": other.name})
    _refuse_what_cannot_be(change, [new])
    (made,) = make_participants(change.meeting, [replace(new, substitute_for=row)])
    if not row.is_excused:
        row.is_excused = True
        row.save(update_fields=["is_excused"])
    change.record(
        facts.ParticipantSubstituted(participant=row.pk, name=row.name, office=row.office, substitute=participant_row(made))
    )
    return made


def _under_lock(meeting: Meeting, participants: Sequence[Participant]) -> list[Participant]:
    found = list(meeting.participants.filter(pk__in=[p.pk for p in participants]).order_by("pk"))
    if len(found) != len({p.pk for p in participants}):
        raise OutOfOrder(REMOVED)
    return found


def _differs(row: Participant, changes: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in changes.items())


def _refuse_what_cannot_be(change: Transition, new: Sequence[NewParticipant]) -> None:
    meeting = change.meeting
    if meeting.participants.count() + len(new) > PARTICIPANT_LIMIT:
        raise OutOfOrder(_("A meeting holds at most %(limit)d participants.") % {"limit": PARTICIPANT_LIMIT})
    known = meeting.participants.filter(person_id__in=[p.person.pk for p in new if p.person]).first()
    if known:
        raise OutOfOrder(_("%(name)s is on the list already.") % {"name": known.name})
    _refuse_lost_sites(meeting, [p.bridge_point for p in new])
    _refuse_lost_groups(meeting, [p.group for p in new])


def _refuse_lost_sites(meeting: Meeting, sites: Sequence[BridgePoint | None]) -> None:
    wanted = {site.pk for site in sites if site}
    if meeting.bridge_points.filter(pk__in=wanted).count() != len(wanted):
        raise OutOfOrder(REMOVED)


def _refuse_lost_groups(meeting: Meeting, groups: Sequence[ParticipantGroup | None]) -> None:
    wanted = {group.pk for group in groups if group}
    if wanted and meeting.groups.filter(pk__in=wanted).count() != len(wanted):
        raise OutOfOrder(REMOVED)


def _refuse_who_must_stay(row: Participant) -> None:
    for question in hooks.objections_to_removing:
        for objection in question(row):
            raise OutOfOrder(objection)


def _refuse_replaced(meeting: Meeting, rows: Sequence[Participant]) -> None:
    other = meeting.participants.filter(substitute_for__in=rows).select_related("substitute_for").first()
    if other is not None and other.substitute_for is not None:
        words = {"name": other.substitute_for.name, "other": other.name}
        raise OutOfOrder(_("%(name)s has a substitute: %(other)s. Take the substitute off the list first.") % words)
