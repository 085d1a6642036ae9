"""People and the positions they hold. Nothing here changes what participants and papers of past meetings say."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.directory import facts
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person, Position
from people.spelling import fold


def add_person(
    *,
    by: Actor,
    full_name: str,
    email: str = "",
    phone: str = "",
    title: str = "",
    organisation: Organisation | None = None,
    since: date | None = None,
    is_another: bool = False,
) -> Person:
    """Enter a person, perhaps with a first position.

    Raises OutOfOrder when somebody of this name is in the directory at the same unit, unless `is_another` says that this is
    another person.
    """
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        if not is_another:
            _refuse_same(full_name, organisation)
        person = Person.objects.create(full_name=full_name, email=email, phone=phone)
        office = ""
        if organisation is not None:
            position = Position.objects.create(person=person, organisation=organisation, title=title, since=since)
            office = f"{position.title}, {organisation.name}" if title else organisation.name
        change.record(facts.PersonAdded(person=person.pk, name=full_name, office=office))
    return person


def edit_person(*, by: Actor, person: Person, full_name: str, email: str, phone: str) -> None:
    """Change a person's name and contact; participants keep the names of their time."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(person)
        was, contact_changed = row.full_name, (row.email, row.phone) != (email, phone)
        row.full_name, row.email, row.phone = full_name, email, phone
        row.save(update_fields=["full_name", "email", "phone", "folded"])
        change.record(facts.PersonEdited(person=row.pk, name=full_name, was=was, contact_changed=contact_changed))


def erase_contact(*, by: Actor, person: Person) -> None:
    """Keep a person's telephone number and mail address no longer."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(person)
        if not row.email and not row.phone:
            raise OutOfOrder(_("No contact data are kept of %(name)s.") % {"name": row.full_name})
        row.email, row.phone = "", ""
        row.save(update_fields=["email", "phone"])
        change.record(facts.ContactErased(person=row.pk, name=row.full_name))


def add_position(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    title: str,
    since: date | None = None,
    until: date | None = None,
    ends_earlier: bool = False,
) -> Position:
    """Give a person an office; with `ends_earlier` those held in the same unit end on the day before."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(person)
        if ends_earlier and since is None:
            raise OutOfOrder(_("Enter the first day of the new position, so that the earlier one can end on the day before."))
        ended = _end_earlier(row, organisation, since) if ends_earlier and since else 0
        position = Position.objects.create(person=row, organisation=organisation, title=title, since=since, until=until)
        change.record(
            facts.PositionAdded(
                person=row.pk, name=row.full_name, position=position.pk, title=title, unit=organisation.name,
                since=_iso(since), until=_iso(until), ended=ended,
            )
        )  # fmt: skip
    return position


def edit_position(
    *, by: Actor, position: Position, organisation: Organisation, title: str, since: date | None, until: date | None
) -> None:
    """Correct an office, or end it."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _position(position)
        row.organisation, row.title, row.since, row.until = organisation, title, since, until
        row.save(update_fields=["organisation", "title", "since", "until"])
        change.record(
            facts.PositionEdited(
                person=row.person_id, name=row.person.full_name, position=row.pk, title=title, unit=organisation.name,
                since=_iso(since), until=_iso(until),
            )
        )  # fmt: skip


def remove_position(*, by: Actor, position: Position) -> None:
    """Take out an office that was entered by mistake; one that is over is ended instead."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _position(position)
        change.record(
            facts.PositionRemoved(person=row.person_id, name=row.person.full_name, title=row.title, unit=row.organisation.name)
        )
        row.delete()


def _fresh(person: Person) -> Person:
    """Return the person as they stand under the journal's lock; one who was merged is no longer changed."""
    row = Person.objects.select_related("merged_into").filter(pk=person.pk).first()
    if row is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    if row.merged_into is not None:
        words = {"name": row.full_name, "kept": row.merged_into.full_name}
        raise OutOfOrder(_("The entry “%(name)s” was merged into “%(kept)s”. Change that one.") % words)
    return row


def _position(position: Position) -> Position:
    row = Position.objects.select_related("person", "organisation").filter(pk=position.pk).first()
    if row is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    return row


def _end_earlier(person: Person, organisation: Organisation, since: date) -> int:
    held = person.positions.filter(organisation=organisation).filter(Q(until=None) | Q(until__gte=since))
    return held.filter(Q(since=None) | Q(since__lt=since)).update(until=since - timedelta(days=1))


def _refuse_same(full_name: str, organisation: Organisation | None) -> None:
    same = Person.objects.filter(merged_into=None, folded=fold(full_name))
    if organisation is not None:
        same = same.filter(
            Q(positions__organisation=organisation)
            | Q(participations__organisation=organisation)
            | Q(positions=None, participations=None)
        )
    known = same.first()
    if known:
        sentence = _("%(name)s is in the directory already. Pick that entry, or say that this is another person.")
        raise OutOfOrder(sentence % {"name": known.full_name})


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
