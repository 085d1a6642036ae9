"""The input of the commands on bridge points."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.actions.site_imports import import_bridge_points
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.directory.picking import OrganisationField, PersonField
from meetings.importing.forms import RunForm
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability
from meetings.sites import importing as _kind  # noqa: F401  # the kind is known with its command
from meetings.sites.video import BadAddress, read_address
from people.models import Organisation
from people.spelling import CleanField

SEATS_AT_MOST = 100_000


class OnTop(forms.ModelChoiceField):
    """A bridge point that others can stand under."""

    def __init__(self) -> None:
        super().__init__(BridgePoint.objects.none(), label=_("Stands under"), required=False, empty_label=_("none: on top"))

    def of(self, meeting: Meeting) -> None:
        """Offer those of a meeting; the error says what to do when one has gone."""
        self.queryset = meeting.bridge_points.filter(parent=None, is_central=False)
        self.error_messages["invalid_choice"] = _("Choose a bridge point that stands on top. Reload the page to see them.")


class _Fields(CommandForm):
    """What a bridge point has beyond its names."""

    place = CleanField(label=_("Place"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=BridgePoint.Kind.choices, required=False)
    head = PersonField(label=_("Head"), required=False, help_text=_("Who is responsible there, from the directory."))
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=SEATS_AT_MOST, required=False)
    equipment = forms.CharField(label=_("Equipment"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    video_address = CleanField(
        label=_("Address of its video conference"), max_length=300, required=False,
        help_text=_(
            "A link (https), a SIP or H.323 address, or what is dialled: 10.1.2.3##1234. Its operators and technicians see it; "
            "a PIN stands on the page of the video conference."
        ),
    )  # fmt: skip

    def clean_video_address(self) -> str:
        """Return the address as it is kept; one that stands there since before addresses were judged may stay as it is."""
        typed: str = self.cleaned_data["video_address"]
        site = self.cleaned_data.get("bridge_point")
        if not typed or (site is not None and site.video_address == typed):
            return typed
        try:
            return read_address(typed).text
        except BadAddress as error:
            raise forms.ValidationError(error.reason) from error

    def sent(self, *names: str) -> dict[str, Any]:
        """Return the values of the fields that were sent: what a program leaves out stays as it is."""
        there = [name for name in names if not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)]
        return {name: self.cleaned_data[name] for name in there}


@command("bridge_points.add", actions.add_bridge_points, Ability.PREPARE)
class AddBridgePoints(_Fields):
    """One bridge point of one's own, one of an organisation, all the provinces, or all the communes of some provinces."""

    provinces = forms.BooleanField(label=_("The 34 provinces"), required=False)
    communes_of = Rows(Organisation.objects.filter(kind=Organisation.Kind.PROVINCE), label=_("All communes of"), required=False)
    organisation = OrganisationField(
        label=_("Of an organisation"), required=False, help_text=_("From the directory; its names are taken over."),
        fills={"name": "name", "short_name": "short"},
    )  # fmt: skip
    name = CleanField(label=_("Name of the bridge point"), max_length=200, required=False)
    short_name = CleanField(label=_("Short name"), max_length=80, required=False)
    parent = OnTop()
    is_central = forms.BooleanField(label=_("Central bridge point"), required=False)
    field_order = ["organisation", "name", "short_name", "place", "kind", "parent", "head", "seats", "video_address", "equipment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].of(self.meeting)  # type: ignore[attr-defined]
        self.fields["kind"].initial = BridgePoint.Kind.OTHER

    def clean(self) -> dict[str, Any]:
        """One's own bridge point needs a name."""
        data = super().clean() or {}
        named = data.get("provinces") or data.get("communes_of") or data.get("organisation") or data.get("name")
        if not named and not {"name", "organisation", "communes_of"} & set(self.errors):
            self.add_error("name", _("Enter the name of the bridge point."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the new bridge points."""
        data = dict(self.cleaned_data)
        provinces, communes_of = data.pop("provinces"), data.pop("communes_of")
        if provinces:
            return {"bridge_points": actions.missing_provinces(self.meeting)}
        if communes_of:
            return {"bridge_points": actions.missing_communes(self.meeting, list(communes_of))}
        unit = data["organisation"]
        data["name"] = data["name"] or unit.name
        data["short_name"] = data["short_name"] or (unit.short_name if unit else data["name"][:80])
        data["kind"] = data["kind"] or BridgePoint.Kind.OTHER
        return {"bridge_points": [actions.NewBridgePoint(**data)]}


class _One(ChoosingForm):
    """Which bridge point."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), widget=forms.HiddenInput)


@command("bridge_point.edit", actions.edit_bridge_point, Ability.PREPARE)
class EditBridgePoint(_One, _Fields):
    """New data of a bridge point; what is not sent stays."""

    name = CleanField(label=_("Name of the bridge point"), max_length=200)
    short_name = CleanField(label=_("Short name"), max_length=80)
    field_order = ["bridge_point", "name", "short_name", "place", "kind", "head", "seats", "video_address", "equipment"]

    def arguments(self) -> dict[str, Any]:
        """Return the bridge point and what was sent."""
        data = self.cleaned_data
        values = self.sent("place", "head", "seats", "equipment", "video_address")
        values |= {"kind": data["kind"]} if data["kind"] else {}
        return {"bridge_point": data["bridge_point"], "name": data["name"], "short_name": data["short_name"]} | values


@command("bridge_point.remove", actions.remove_bridge_point, Ability.PREPARE)
class RemoveBridgePoint(_One):
    """Which bridge point."""


class _Many(CommandForm):
    """Which bridge points."""

    bridge_points = Rows(BridgePoint.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Rows = self.fields["bridge_points"]  # type: ignore[assignment]
        field.queryset = self.meeting.bridge_points.all()
        gone = _("One of the chosen has been removed by somebody else in the meantime. Reload the page.")
        field.error_messages |= {"invalid_choice": gone, "required": _("Choose bridge points in the list first.")}


@command("bridge_points.edit", actions.edit_bridge_points, Ability.PREPARE)
class EditBridgePoints(_Many):
    """What the chosen ones shall have in common; an empty field changes nothing."""

    place = CleanField(label=_("Place"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("as it is")), *BridgePoint.Kind.choices[1:]], required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=SEATS_AT_MOST, required=False)
    equipment = forms.CharField(label=_("Equipment"), max_length=2000, required=False)

    def arguments(self) -> dict[str, Any]:
        """Return the chosen ones and what was filled in."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("place", "kind", "seats", "equipment") if data[name] not in ("", None)}
        return {"bridge_points": list(data["bridge_points"])} | values


@command("bridge_points.move", actions.move_bridge_points, Ability.PREPARE)
class MoveBridgePoints(_Many):
    """Under which one the chosen ones stand from now on; empty: on top."""

    parent = OnTop()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].of(self.meeting)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Return the chosen ones and the one above."""
        return {"bridge_points": list(self.cleaned_data["bridge_points"]), "parent": self.cleaned_data["parent"]}


@command("bridge_points.remove", actions.remove_bridge_points, Ability.PREPARE)
class RemoveBridgePoints(_Many):
    """Which ones."""

    def arguments(self) -> dict[str, Any]:
        """Return the chosen ones."""
        return {"bridge_points": list(self.cleaned_data["bridge_points"])}


@command("bridge_points.import", import_bridge_points, Ability.PREPARE)
class ImportBridgePoints(RunForm):
    """The list of bridge points."""

    kind = "bridge_points"
