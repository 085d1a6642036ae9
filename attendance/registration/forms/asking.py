"""What the secretariat asks of the units, and what it decides on their lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.registration import actions, queries
from attendance.registration.forms.listing import OfUnit
from attendance.registration.models import AskedUnit, Registration
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.directory.picking import OrganisationField
from meetings.forms import Moment, MomentInput
from meetings.models import BridgePoint, ParticipantGroup
from meetings.procedure import Ability
from meetings.widgets import SiteSelect

WHOM = (
    ("provinces", _("the 34 provinces and cities")),
    ("sites", _("every unit that has its bridge point here")),
    ("one", _("one unit")),
    ("communes", _("all communes, or those under one unit")),
)
MOST = 100_000
PLACES = "places_"


class _WithPlaces(ChoosingForm):
    """A form with the places in all, and in each group of the meeting."""

    quota = forms.IntegerField(
        label=_("Places in all"), min_value=0, max_value=MOST, required=False, help_text=_("Empty: as many as the unit wishes.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"{PLACES}{group.pk}": group for group in self.meeting.groups.all()}
        for name, group in self.groups.items():
            self.fields[name] = forms.IntegerField(label=group.name, min_value=0, max_value=MOST, required=False)

    def places(self) -> dict[ParticipantGroup, int | None]:
        """Return the places of each group; none where it has no number of its own."""
        return {group: self.cleaned_data.get(name) for name, group in self.groups.items()}

    @property
    def group_fields(self) -> list[forms.BoundField]:
        """The fields of the groups, for the page."""
        return [self[name] for name in self.groups]


@command("terms.set", actions.set_terms, Ability.PREPARE)
class SetTerms(CommandForm):
    """Until when, what is asked of a person, and a message to the units."""

    deadline = Moment(label=_("Deadline for all units"), widget=MomentInput, required=False)
    message = forms.CharField(
        label=_("Message to the units"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    asks_phone = forms.BooleanField(label=_("Telephone number"), required=False)
    asks_email = forms.BooleanField(label=_("Mail address"), required=False)
    asks_needs = forms.BooleanField(
        label=_("Special needs"), required=False, help_text=_("Sensitive data: only where the hall must prepare for them.")
    )


@command("units.ask", actions.ask_units, Ability.PREPARE)
class AskUnits(_WithPlaces):
    """Which units, with the same places for each."""

    whom = forms.ChoiceField(label=_("Whom"), choices=WHOM, initial="provinces", widget=forms.RadioSelect)
    organisation = OrganisationField(label=_("Unit"), required=False, help_text=_("For “one unit”, or whose communes."))
    field_order = ["whom", "organisation", "quota"]

    def clean(self) -> dict[str, Any]:
        """One unit must be named."""
        data = super().clean() or {}
        if data.get("whom") == "one" and not data.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the unit that shall be asked."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the organisations and the places."""
        found = queries.asked_organisations(self.meeting, self.cleaned_data["whom"], self.cleaned_data["organisation"])
        return {"organisations": found, "quota": self.cleaned_data["quota"], "places": self.places()}


@command("unit.edit", actions.edit_unit, Ability.PREPARE)
class EditUnit(_WithPlaces):
    """Places, bridge point and deadline of one unit."""

    choices_of = {"unit": "asked_units", "bridge_point": "bridge_points"}
    unit = forms.ModelChoiceField(AskedUnit.objects.none(), widget=forms.HiddenInput)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("none"), widget=SiteSelect
    )
    deadline = Moment(
        label=_("Deadline of this unit"), widget=MomentInput, required=False, help_text=_("Empty: the deadline of all.")
    )
    field_order = ["unit", "quota", "bridge_point", "deadline"]

    def arguments(self) -> dict[str, Any]:
        """Return the unit's new data."""
        names = ("unit", "quota", "bridge_point", "deadline")
        return {name: self.cleaned_data[name] for name in names} | {"places": self.places()}


class _Units(ChoosingForm):
    """Chosen units; or, with `found`, all that a search of the board finds."""

    choices_of = {"units": "asked_units"}
    units = Rows(AskedUnit.objects.none(), required=False)
    found = forms.BooleanField(required=False)
    q = forms.CharField(max_length=200, required=False)
    stage = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """Something must be chosen."""
        data = super().clean() or {}
        if not data.get("units") and not data.get("found") and "units" not in self.errors:
            self.add_error("units", _("Choose at least one unit."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the units."""
        chosen = (
            queries.search_units(self.meeting, self.cleaned_data) if self.cleaned_data["found"] else self.cleaned_data["units"]
        )
        return {"units": list(chosen)}


@command("units.extend", actions.extend_units, Ability.PREPARE)
class ExtendUnits(_Units):
    """Which units, until when."""

    until = Moment(label=_("New deadline"), widget=MomentInput)

    def arguments(self) -> dict[str, Any]:
        """Return the units and the moment."""
        return super().arguments() | {"until": self.cleaned_data["until"]}


@command("units.remind", actions.remind_units, Ability.PREPARE)
class RemindUnits(_Units):
    """Which units."""


@command("units.withdraw", actions.withdraw_units, Ability.PREPARE)
class WithdrawUnits(_Units):
    """Which units."""


@command("change.grant", actions.grant_change, Ability.PREPARE)
class GrantChange(OfUnit):
    """Until when the unit may change its list."""

    until = Moment(label=_("May change its list until"), widget=MomentInput)


@command("change.decline", actions.decline_change, Ability.PREPARE)
class DeclineChange(OfUnit):
    """Why not."""

    answer = forms.CharField(label=_("Answer to the unit"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class _Lines(ChoosingForm):
    """Lines that wait for a decision."""

    choices_of = {"registrations": "registrations"}
    registrations = Rows(Registration.objects.none(), required=False)


@command("registrations.approve", actions.approve_registrations, Ability.PREPARE)
class ApproveRegistrations(_Lines):
    """Chosen lines; or all of a unit that wait."""

    choices_of = {"registrations": "registrations", "unit": "asked_units"}
    unit = forms.ModelChoiceField(AskedUnit.objects.none(), required=False, widget=forms.HiddenInput)
    everybody = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something must be chosen."""
        data = super().clean() or {}
        chosen = data.get("registrations") or data.get("unit") or data.get("everybody")
        if not chosen and not self.errors:
            self.add_error("registrations", _("Choose at least one line."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the lines."""
        data = self.cleaned_data
        waiting = self.meeting.registrations.filter(state=Registration.State.SENT, unit__is_withdrawn=False)
        if data["everybody"]:
            return {"registrations": list(waiting)}
        return {"registrations": list(waiting.filter(unit=data["unit"]) if data["unit"] else data["registrations"])}


@command("registrations.refuse", actions.refuse_registrations, Ability.PREPARE)
class RefuseRegistrations(_Lines):
    """Which lines, and why: their units read it."""

    registrations = Rows(Registration.objects.none(), error_messages={"required": _("Choose at least one line.")})
    refusal = forms.CharField(label=_("Reason for the unit"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def arguments(self) -> dict[str, Any]:
        """Return the lines as a list."""
        return {"registrations": list(self.cleaned_data["registrations"]), "refusal": self.cleaned_data["refusal"]}
