"""The input of the commands on the directory. Names are cleaned: composed letters, every white space one plain space."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from meetings.commands import OfficeForm, office_command
from meetings.directory import actions
from meetings.directory.picking import OrganisationField, PersonField
from meetings.forms.moments import Day
from meetings.procedure import Ability
from people.models import Organisation, Person, Position
from people.spelling import CleanField

MANAGE = Ability.MANAGE_DIRECTORY
PHONE = RegexValidator(r"^[0-9+().,;/\s-]*$", _("A telephone number has digits, spaces and + ( ) . - / only."))


def _longest(model: type[Any], name: str) -> int:
    return int(model._meta.get_field(name).max_length)


class _Organisation(OfficeForm):
    """The data of an organisation."""

    name = CleanField(label=_("Name of the organisation"), max_length=_longest(Organisation, "name"))
    short_name = CleanField(
        label=_("Short name"), max_length=_longest(Organisation, "short_name"), required=False,
        help_text=_("As it stands on a tile, such as Lào Cai."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    body = forms.ChoiceField(label=_("Party or State"), choices=Organisation.Body.choices)
    code = CleanField(
        label=_("Unit code"), max_length=_longest(Organisation, "code"), required=False,
        help_text=_("Code of the administrative unit, such as 15."),
    )  # fmt: skip
    symbol = CleanField(
        label=_("Symbol"), max_length=_longest(Organisation, "symbol"), required=False,
        help_text=_("As it stands in the numbers of its papers, such as VPTW."),
    )  # fmt: skip

    def described(self) -> actions.NewOrganisation:
        """Return the data as the actions take them."""
        names = ("name", "short_name", "kind", "body", "code", "symbol")
        values = {name: self.cleaned_data[name] for name in names}
        return actions.NewOrganisation(**values | {"short_name": values["short_name"] or values["name"][:80]})


@office_command("organisation.add", actions.add_organisation, MANAGE)
class AddOrganisation(_Organisation):
    """A new organisation and the one above it."""

    parent = OrganisationField(label=_("Belongs to"), required=False, help_text=_("Empty: it stands on top."))

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of add_organisation."""
        return {"data": self.described(), "parent": self.cleaned_data["parent"]}


class _OfOrganisation(OfficeForm):
    """Which organisation, open or closed."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), widget=forms.HiddenInput)


@office_command("organisation.edit", actions.edit_organisation, MANAGE)
class EditOrganisation(_OfOrganisation, _Organisation):
    """New data of an organisation."""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of edit_organisation."""
        return {"organisation": self.cleaned_data["organisation"], "data": self.described()}


@office_command("organisation.move", actions.move_organisation, MANAGE)
class MoveOrganisation(_OfOrganisation):
    """Under which one it stands from now on."""

    parent = OrganisationField(label=_("Belongs to"), required=False, help_text=_("Empty: it stands on top."))


@office_command("organisation.close", actions.close_organisation, MANAGE)
class CloseOrganisation(_OfOrganisation):
    """Which organisation."""


@office_command("organisation.reopen", actions.reopen_organisation, MANAGE)
class ReopenOrganisation(_OfOrganisation):
    """Which organisation."""


class _Person(OfficeForm):
    """Name and contact of a person."""

    full_name = CleanField(label=_("Full name"), max_length=_longest(Person, "full_name"))
    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = CleanField(label=_("Telephone"), max_length=_longest(Person, "phone"), required=False, validators=[PHONE])


class _Office(OfficeForm):
    """An office somebody holds."""

    organisation = OrganisationField(label=_("Unit"))
    title = CleanField(label=_("Position"), max_length=_longest(Position, "title"))
    since = Day(label=_("Since"), required=False)
    until = Day(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        """An office ends after it begins."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The position ends before it begins. Change one of the days."))
        return data


@office_command("person.add", actions.add_person, MANAGE)
class AddPerson(_Person):
    """A new person, perhaps with a first position."""

    organisation = OrganisationField(label=_("Unit"), required=False)
    title = CleanField(label=_("Position"), max_length=_longest(Position, "title"), required=False)
    since = Day(label=_("Since"), required=False)
    is_another = forms.BooleanField(label=_("This is another person of a name that is in the directory already"), required=False)
    field_order = ["full_name", "title", "organisation", "since", "email", "phone", "is_another"]

    def clean(self) -> dict[str, Any]:
        """A position is held somewhere."""
        data = super().clean() or {}
        if data.get("title") and not data.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the unit in which the position is held."))
        return data


class _OfPerson(OfficeForm):
    """Which person."""

    person = forms.ModelChoiceField(Person.objects.all(), widget=forms.HiddenInput)


@office_command("person.edit", actions.edit_person, MANAGE)
class EditPerson(_OfPerson, _Person):
    """New name and contact."""


@office_command("contact.erase", actions.erase_contact, MANAGE)
class EraseContact(_OfPerson):
    """Whose."""


@office_command("position.add", actions.add_position, MANAGE)
class AddPosition(_OfPerson, _Office):
    """A new office of a person."""

    ends_earlier = forms.BooleanField(label=_("The earlier position in this unit ends on the day before"), required=False)


class _OfPosition(OfficeForm):
    """Which position."""

    position = forms.ModelChoiceField(Position.objects.all(), widget=forms.HiddenInput)


@office_command("position.edit", actions.edit_position, MANAGE)
class EditPosition(_OfPosition, _Office):
    """New data of an office."""


@office_command("position.remove", actions.remove_position, MANAGE)
class RemovePosition(_OfPosition):
    """Which position."""


@office_command("people.merge", actions.merge_people, MANAGE)
class MergePeople(OfficeForm):
    """Which entry stays, and which becomes a pointer to it."""

    kept = forms.ModelChoiceField(Person.objects.all(), widget=forms.HiddenInput)
    merged = forms.ModelChoiceField(Person.objects.all(), widget=forms.HiddenInput)


class Which(OfficeForm):
    """The two entries to be compared (a GET form)."""

    kept = PersonField(label=_("The entry that stays"))
    merged = PersonField(label=_("The other entry"))
