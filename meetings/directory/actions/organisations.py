"""The tree of organisations: add, edit, move, close, reopen."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from meetings.directory import facts
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from people.models import Organisation

Kind = Organisation.Kind


@dataclass(frozen=True)
class NewOrganisation:
    """The data of an organisation, without its place in the tree."""

    name: str
    short_name: str
    kind: str = Kind.CENTRAL
    body: str = Organisation.Body.PARTY
    code: str = ""
    symbol: str = ""


def add_organisation(*, by: Actor, data: NewOrganisation, parent: Organisation | None = None) -> Organisation:
    """Enter an organisation. Raises OutOfOrder when its name or code is taken, or it cannot stand there."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        above = _fresh(parent) if parent else None
        _refuse_place(data.kind, above)
        _refuse_taken(data, above, None)
        row = Organisation.objects.create(parent=above, **vars(data))
        change.record(
            facts.OrganisationAdded(
                organisation=row.pk, name=row.name, kind_of_organisation=row.kind, above=above.name if above else ""
            )
        )
    return row


def edit_organisation(*, by: Actor, organisation: Organisation, data: NewOrganisation) -> None:
    """Change an organisation's data; participants and papers keep the names of their time."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(organisation)
        _refuse_place(data.kind, row.parent)
        _refuse_taken(data, row.parent, row)
        was = row.name
        for name, value in vars(data).items():
            setattr(row, name, value)
        row.save()
        change.record(facts.OrganisationEdited(organisation=row.pk, name=row.name, was=was, symbol=row.symbol, code=row.code))


def move_organisation(*, by: Actor, organisation: Organisation, parent: Organisation | None) -> None:
    """Put an organisation, with all under it, under another one, or on top."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(organisation)
        above = _fresh(parent) if parent else None
        if above == row.parent:
            raise OutOfOrder(_("“%(name)s” stands there already.") % {"name": row.name})
        _refuse_circle(row, above)
        _refuse_place(row.kind, above)
        _refuse_taken(NewOrganisation(name=row.name, short_name=row.short_name, kind=row.kind), above, row)
        was_above = row.parent.name if row.parent else ""
        row.parent = above
        row.save(update_fields=["parent"])
        change.record(
            facts.OrganisationMoved(organisation=row.pk, name=row.name, above=above.name if above else "", was_above=was_above)
        )


def close_organisation(*, by: Actor, organisation: Organisation) -> None:
    """Let an organisation no longer be picked; meetings, people and papers that refer to it stay as they are."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(organisation)
        if row.is_closed:
            raise OutOfOrder(_("“%(name)s” is closed already.") % {"name": row.name})
        if row.children.filter(is_closed=False).exists():
            raise OutOfOrder(_("There are open units under “%(name)s”. Close or move them first.") % {"name": row.name})
        row.is_closed = True
        row.save(update_fields=["is_closed"])
        change.record(facts.OrganisationClosed(organisation=row.pk, name=row.name))


def reopen_organisation(*, by: Actor, organisation: Organisation) -> None:
    """Let an organisation be picked again."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        row = _fresh(organisation)
        if not row.is_closed:
            raise OutOfOrder(_("“%(name)s” is open already.") % {"name": row.name})
        if row.parent and row.parent.is_closed:
            raise OutOfOrder(_("“%(name)s” above it is closed. Open that one first.") % {"name": row.parent.name})
        row.is_closed = False
        row.save(update_fields=["is_closed"])
        change.record(facts.OrganisationReopened(organisation=row.pk, name=row.name))


def _fresh(organisation: Organisation) -> Organisation:
    """Return the organisation as it stands under the journal's lock."""
    found = Organisation.objects.select_related("parent").filter(pk=organisation.pk).first()
    if found is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    return found


def _refuse_circle(row: Organisation, above: Organisation | None) -> None:
    step = above
    while step is not None:
        if step.pk == row.pk:
            raise OutOfOrder(_("“%(name)s” cannot stand under itself or under one of its own units.") % {"name": row.name})
        step = step.parent


def _refuse_place(kind: str, above: Organisation | None) -> None:
    if above is not None and above.is_closed:
        raise OutOfOrder(_("“%(name)s” is closed. Open it again, or choose another one.") % {"name": above.name})
    if kind == Kind.COMMUNE and (above is None or above.kind != Kind.PROVINCE):
        raise OutOfOrder(_("A commune belongs to a province. Choose the province above it."))
    if kind == Kind.DEPARTMENT and above is None:
        raise OutOfOrder(_("A department belongs to a body. Choose the one above it."))


def _refuse_taken(data: NewOrganisation, above: Organisation | None, own: Organisation | None) -> None:
    others = Organisation.objects.exclude(pk=own.pk) if own else Organisation.objects.all()
    if others.filter(parent=above, name=data.name).exists():
        raise OutOfOrder(_("“%(name)s” is in the directory already, in the same place.") % {"name": data.name})
    holder = others.filter(kind=data.kind, code=data.code).first() if data.code else None
    if holder:
        words = {"code": data.code, "name": holder.name}
        raise OutOfOrder(_("The code %(code)s belongs to “%(name)s”. Enter another one.") % words)
