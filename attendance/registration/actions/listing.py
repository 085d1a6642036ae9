"""A unit answers: it puts people on its list, changes and removes them, sends the list, and says when it is complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from attendance.registration import facts
from attendance.registration.models import AskedUnit, Registration
from attendance.registration.places import (
    refuse_closed,
    refuse_full,
    refuse_late,
    refuse_overfull,
    require_unit,
    settle,
    unit_under_lock,
)
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person
from people.spelling import fold

State, Kind = Registration.State, Registration.Kind
PER_UNIT = 2000  # lines; no quota means many, not endless


@dataclass(frozen=True)
class Line:
    """What a line of a unit's list says. `is_another`: somebody of the same name is meant to be another person."""

    name: str
    position: str = ""
    unit_name: str = ""
    person: Person | None = None
    organisation: Organisation | None = None
    phone: str = ""
    email: str = ""
    needs: str = ""
    bridge_point: BridgePoint | None = None
    mode: str = Participant.Mode.IN_PERSON
    group: ParticipantGroup | None = None
    concerns: Participant | None = None
    reason: str = ""
    is_another: bool = False

    def values(self) -> dict[str, Any]:
        """Return the columns of a registration."""
        return {name: value for name, value in vars(self).items() if name != "is_another"}


def add_registration(meeting: Meeting, *, by: Actor, unit: AskedUnit, kind: str, line: Line) -> Registration:
    """Put somebody on a unit's list: who will come, who stands in for another, or who is excused."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = _changeable(change, unit)
        if row.registrations.count() >= PER_UNIT:
            raise OutOfOrder(_("A list holds at most %(limit)d lines.") % {"limit": PER_UNIT})
        line = _checked(change, row, kind, line)
        if kind == Kind.ATTEND:
            refuse_full(row, line.group)
        made = Registration.objects.create(
            meeting=meeting, unit=row, kind=kind, changed_at=change.now, changed_by=by.name, **line.values()
        )
        settle(change, [row], answered=True)
        change.record(facts.RegistrationAdded(**_told(made)))
        return made


def add_registrations(meeting: Meeting, *, by: Actor, unit: AskedUnit, lines: Sequence[Line]) -> list[Registration]:
    """Put people who will come on a unit's list in one step, all or none; a line that cannot be is named in the refusal."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = _changeable(change, unit)
        if row.registrations.count() + len(lines) > PER_UNIT:
            raise OutOfOrder(_("A list holds at most %(limit)d lines.") % {"limit": PER_UNIT})
        _refuse_twice(row, lines)
        for line in lines:
            _refuse_known(change, line, None)
        made = Registration.objects.bulk_create(
            Registration(meeting=meeting, unit=row, changed_at=change.now, changed_by=by.name, **line.values()) for line in lines
        )
        refuse_overfull(row)
        settle(change, [row], answered=True)
        rows = [{"id": one.pk, "name": one.name, "office": one.office} for one in made]
        change.record(facts.RegistrationsAdded(unit=row.pk, unit_name=row.organisation.name, registrations=rows))
        return made


def edit_registration(meeting: Meeting, *, by: Actor, registration: Registration, version: int, line: Line) -> None:
    """Change a line that has not been approved; it is sent again with the rest. A stale form is refused."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row, unit = _line(change, registration, version)
        line = _checked(change, unit, row.kind, line, beside=row.pk)
        if row.kind == Kind.ATTEND:
            refuse_full(unit, line.group, beside=row.pk)
        for name, value in line.values().items():
            setattr(row, name, value)
        row.state, row.version, row.changed_at, row.changed_by = State.DRAFT, row.version + 1, change.now, by.name
        row.save()
        settle(change, [unit], answered=True)
        change.record(facts.RegistrationEdited(**_told(row)))


def remove_registration(meeting: Meeting, *, by: Actor, registration: Registration, version: int) -> None:
    """Take a line off the list that has not been approved."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row, unit = _line(change, registration, version)
        fact = facts.RegistrationRemoved(registration=row.pk, unit=unit.pk, unit_name=unit.organisation.name, name=row.name)
        row.delete()
        settle(change, [unit], answered=True)
        change.record(fact)


def send_registrations(meeting: Meeting, *, by: Actor, unit: AskedUnit) -> int:
    """Send what has not been sent of a unit's list, for approval as one; return how many lines."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = _changeable(change, unit)
        count = _send(change, row)
        if not count:
            raise OutOfOrder(_("There is nothing to send: everything has been sent already."))
        settle(change, [row], answered=True)
        return count


def complete_unit(meeting: Meeting, *, by: Actor, unit: AskedUnit, nobody: bool = False) -> None:
    """Say that the list is complete (what has not been sent is sent with it), or that the unit sends nobody."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = _changeable(change, unit)
        _refuse_unfinished(row, nobody=nobody)
        _send(change, row)
        row.answer = AskedUnit.Answer.NOBODY if nobody else AskedUnit.Answer.COMPLETE
        row.save(update_fields=["answer"])
        settle(change, [row], answered=True)
        change.record(facts.UnitCompleted(unit=row.pk, name=row.organisation.name, nobody=nobody))


def resume_unit(meeting: Meeting, *, by: Actor, unit: AskedUnit) -> None:
    """Go on with a list that was declared complete."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = unit_under_lock(change, unit)
        refuse_late(change, row)
        if not row.answer:
            raise OutOfOrder(_("The list is open already."))
        row.answer = AskedUnit.Answer.OPEN
        row.save(update_fields=["answer"])
        settle(change, [row], answered=True)
        change.record(facts.UnitResumed(unit=row.pk, name=row.organisation.name))


def request_change(meeting: Meeting, *, by: Actor, unit: AskedUnit, wish: str) -> None:
    """Ask the secretariat, after the deadline, to let the unit change its list; why is kept with the unit alone."""
    with transition(meeting, by=by, ability=Ability.REGISTER_PEOPLE) as change:
        row = unit_under_lock(change, unit)
        row.wish, row.wished_at, row.wish_answer = wish, change.now, ""
        row.save(update_fields=["wish", "wished_at", "wish_answer"])
        change.record(facts.ChangeRequested(unit=row.pk, name=row.organisation.name))


def _changeable(change: Transition, unit: AskedUnit) -> AskedUnit:
    row = unit_under_lock(change, unit)
    refuse_late(change, row)
    refuse_closed(row)
    return row


def _line(change: Transition, registration: Registration, version: int) -> tuple[Registration, AskedUnit]:
    row = change.fresh(registration)
    require_unit(change.by, row.unit)
    if row.version != version:
        raise OutOfOrder(
            _("%(who)s has changed this line in the meantime. What you typed stays here; open the line again to see the change.")
            % {"who": row.changed_by}
        )
    if row.state == State.APPROVED:
        raise OutOfOrder(_("This has been approved already. Register a substitute, excuse the person, or ask the secretariat."))
    return row, _changeable(change, row.unit)


def _checked(change: Transition, unit: AskedUnit, kind: str, line: Line, *, beside: int | None = None) -> Line:
    """Return the line as it shall be kept; raise OutOfOrder where it contradicts another line or the meeting's list."""
    if kind != Kind.ATTEND:
        _refuse_settled(change, unit, line.concerns, beside)
    if kind == Kind.EXCUSE:
        about = line.concerns
        assert about is not None
        return Line(
            name=about.name, position=about.position, unit_name=about.unit, organisation=about.organisation,
            bridge_point=about.bridge_point, mode=about.mode, group=about.group, concerns=about, reason=line.reason,
        )  # fmt: skip
    _refuse_known(change, line, beside)
    _refuse_same_name(unit, line, beside)
    return line


def _refuse_settled(change: Transition, unit: AskedUnit, concerned: Participant | None, beside: int | None) -> None:
    if concerned is None or not change.meeting.participants.filter(pk=concerned.pk).exists():
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    if concerned.is_excused:
        raise OutOfOrder(_("%(name)s is excused already.") % {"name": concerned.name})
    waiting = change.meeting.registrations.filter(concerns=concerned, state__in=(State.DRAFT, State.SENT)).exclude(pk=beside or 0)
    if waiting.exists():
        raise OutOfOrder(_("A line about %(name)s is on the list already.") % {"name": concerned.name})


def _refuse_known(change: Transition, line: Line, beside: int | None) -> None:
    if line.person is None:
        return
    if change.meeting.participants.filter(person=line.person).exists():
        raise OutOfOrder(_("%(name)s takes part in the meeting already.") % {"name": line.person.full_name})
    others = change.meeting.registrations.filter(person=line.person, state__in=(State.DRAFT, State.SENT)).exclude(pk=beside or 0)
    other = others.exclude(kind=Kind.EXCUSE).select_related("unit__organisation").first()
    if other:
        raise OutOfOrder(
            _("%(name)s has been registered by %(unit)s already.")
            % {"name": line.person.full_name, "unit": other.unit.organisation.name}
        )


def _refuse_same_name(unit: AskedUnit, line: Line, beside: int | None) -> None:
    same = unit.registrations.filter(folded=fold(line.name)).exclude(kind=Kind.EXCUSE).exclude(pk=beside or 0).first()
    if same and not line.is_another:
        raise OutOfOrder(
            _("%(name)s is on the list already. If this is somebody else, tick “another person of the same name”.")
            % {"name": same.name}
        )


def _refuse_twice(unit: AskedUnit, lines: Sequence[Line]) -> None:
    known = set(unit.registrations.exclude(kind=Kind.EXCUSE).values_list("folded", flat=True))
    for line in lines:
        if fold(line.name) in known and not line.is_another:
            raise OutOfOrder(_("%(name)s is on the list already, or twice in yours.") % {"name": line.name})
        known.add(fold(line.name))


def _refuse_unfinished(unit: AskedUnit, *, nobody: bool) -> None:
    if unit.registrations.filter(state=State.REFUSED).exists():
        raise OutOfOrder(_("Some lines were refused. Mend or remove them first."))
    coming = unit.registrations.exclude(kind=Kind.EXCUSE).count()
    if nobody and coming:
        sentence = ngettext_lazy(
            "%(count)d person is on the list. Take them off first.",
            "%(count)d people are on the list. Take them off first.",
            coming,
        )
        raise OutOfOrder(sentence % {"count": coming})


def _send(change: Transition, unit: AskedUnit) -> int:
    lines = list(unit.registrations.filter(state=State.DRAFT))
    if lines:
        sent = Registration.objects.filter(pk__in=[line.pk for line in lines])
        sent.update(state=State.SENT, refusal="", version=F("version") + 1)
        rows = [{"id": line.pk, "name": line.name} for line in lines]
        change.record(facts.RegistrationsSent(unit=unit.pk, unit_name=unit.organisation.name, registrations=rows))
    return len(lines)


def _told(row: Registration) -> dict[str, Any]:
    return {
        "registration": row.pk, "unit": row.unit_id, "unit_name": row.unit.organisation.name, "what": row.kind,
        "name": row.name, "office": row.office, "concerns": row.concerns.name if row.concerns else "",
    }  # fmt: skip
