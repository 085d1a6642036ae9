"""The secretariat decides: lines of the units' lists become participants, or go back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from attendance.registration import facts
from attendance.registration.models import AskedUnit, Registration
from attendance.registration.places import settle
from meetings.actions.participants import enrol_participants, excuse_participant, substitute_participant
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from meetings.rehearsal.rules import is_rehearsal
from meetings.rosters import NewParticipant, refuse_when_over
from people.models import Person

State, Kind = Registration.State, Registration.Kind


def approve_registrations(meeting: Meeting, *, by: Actor, registrations: Sequence[Registration]) -> int:
    """Approve lines, all or none: who will come is added to the meeting's list in one step, others stand in or are excused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        lines, units = _waiting(change, registrations)
        _keep_contacts(meeting, lines)
        if coming := [_new(line) for line in lines if line.kind == Kind.ATTEND]:
            enrol_participants(change, coming)
        for line in lines:
            if line.kind == Kind.SUBSTITUTE:
                substitute_participant(change, _concerned(change, line), _new(line))
            elif line.kind == Kind.EXCUSE:
                excuse_participant(change, _concerned(change, line))
        _decide(lines, State.APPROVED)
        _seat(change, lines)
        settle(change, units)
        change.record(facts.RegistrationsApproved(registrations=_told(lines)))
        return len(lines)


def refuse_registrations(meeting: Meeting, *, by: Actor, registrations: Sequence[Registration], refusal: str) -> None:
    """Send lines back to their units, which see why, mend them and send them again."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        lines, units = _waiting(change, registrations)
        _decide(lines, State.REFUSED, refusal)
        for unit in units:
            unit.answer = AskedUnit.Answer.OPEN
        AskedUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(answer=AskedUnit.Answer.OPEN)
        settle(change, units)
        change.record(facts.RegistrationsRefused(registrations=_told(lines)))


def _decide(lines: Sequence[Registration], state: str, refusal: str = "") -> None:
    decided = Registration.objects.filter(pk__in=[line.pk for line in lines])
    decided.update(state=state, refusal=refusal, version=F("version") + 1)


def _seat(change: Transition, lines: Sequence[Registration]) -> None:
    """Join who has been approved to their seats: a person takes part once."""
    coming = Registration.objects.filter(pk__in=[line.pk for line in lines if line.kind != Kind.EXCUSE])
    seat = Participant.objects.filter(meeting=change.meeting, person=OuterRef("person"))
    coming.update(participant=Subquery(seat.values("pk")[:1]))


def _waiting(change: Transition, registrations: Sequence[Registration]) -> tuple[list[Registration], list[AskedUnit]]:
    """Return the lines as they stand under the lock, all of them waiting for a decision, and their units."""
    refuse_when_over(change.meeting)
    chosen = change.meeting.registrations.filter(pk__in=[line.pk for line in registrations])
    lines = list(
        chosen.select_related("unit__organisation", "organisation", "person", "bridge_point", "group", "concerns").order_by("pk")
    )
    if len(lines) != len({line.pk for line in registrations}):
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    decided = next((line for line in lines if line.state != State.SENT), None)
    if decided:
        raise OutOfOrder(_("%(name)s does not wait for a decision any more. Reload the page.") % {"name": decided.name})
    return lines, list({line.unit_id: line.unit for line in lines}.values())


def _concerned(change: Transition, line: Registration) -> Participant:
    if line.concerns is None:
        raise OutOfOrder(_("Whom the line about %(name)s concerns has left the list. Refuse it.") % {"name": line.name})
    return change.fresh(line.concerns)


def _new(line: Registration) -> NewParticipant:
    return NewParticipant(
        name=line.name, role=Role.DELEGATE, bridge_point=line.bridge_point, position=line.position,
        organisation=line.organisation or line.unit.organisation, unit=line.unit_name, person=line.person,
        mode=line.mode, group=line.group,
    )  # fmt: skip


def _keep_contacts(meeting: Meeting, lines: Sequence[Registration]) -> None:
    """Enter new people in the directory with what was asked of them; known ones get only what is missing.

    From then on it stands there alone, where it can be erased. A rehearsal changes nobody who stands there: letters of the
    meeting itself would go to addresses that were made up in a trial.
    """
    if not is_rehearsal(meeting):
        known = [line.person for line in lines if line.person and line.kind != Kind.EXCUSE and _adds(line)]
        Person.objects.bulk_update(known, ["email", "phone"], batch_size=500)
    new = [line for line in lines if line.person is None and line.kind != Kind.EXCUSE]
    made = Person.objects.bulk_create(Person(full_name=line.name, email=line.email, phone=line.phone) for line in new)
    for line, person in zip(new, made, strict=True):
        line.person = person
    Registration.objects.bulk_update(new, ["person"], batch_size=500)
    Registration.objects.filter(pk__in=[line.pk for line in lines]).update(phone="", email="")


def _adds(line: Registration) -> bool:
    """Fill in what the directory did not know of a person; tell whether there was anything."""
    person = line.person
    if person is None or not ((line.email and not person.email) or (line.phone and not person.phone)):
        return False
    person.email, person.phone = person.email or line.email, person.phone or line.phone
    return True


def _told(lines: Sequence[Registration]) -> list[dict[str, Any]]:
    return [
        {"id": line.pk, "name": line.name, "unit": line.unit_id, "unit_name": line.unit.organisation.name, "what": line.kind}
        for line in lines
    ]
