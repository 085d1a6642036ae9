"""The input of the commands on participants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.directory.picking import PersonField
from meetings.models import BridgePoint, Participant, ParticipantGroup, Role
from meetings.procedure import Ability
from meetings.widgets import SiteSelect
from people.directory import unit_called


class _ParticipantFields(ChoosingForm):
    """What a participant is in a meeting."""

    choices_of = {"bridge_point": "bridge_points", "group": "groups"}
    name = forms.CharField(label=_("Full name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DELEGATE)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("none"), widget=SiteSelect
    )

    mode = forms.ChoiceField(
        label=_("Takes part"), choices=Participant.Mode.choices, initial=Participant.Mode.IN_PERSON, required=False
    )
    group = forms.ModelChoiceField(ParticipantGroup.objects.none(), label=_("Group"), required=False, empty_label=_("none"))
    is_standing = forms.BooleanField(
        label=_("Comes every time"), required=False, help_text=_("Goes along when the meeting is cloned.")
    )

    def arguments(self) -> dict[str, Any]:
        """Return the fields; the unit is the organisation that is called so, if there is just one."""
        data = self.cleaned_data
        return data | {"mode": data["mode"] or Participant.Mode.IN_PERSON, "organisation": unit_called(data["unit"])}

    def clean(self) -> dict[str, Any]:
        """An operator or technician belongs to a bridge point."""
        data = super().clean() or {}
        nowhere = not data.get("bridge_point") and "bridge_point" not in self.errors
        if data.get("role") in (Role.OPERATOR, Role.TECHNICIAN) and nowhere:
            self.add_error("bridge_point", _("An operator or technician belongs to a bridge point. Choose it."))
        return data


@command("participants.add", actions.add_participants, Ability.PREPARE)
class AddParticipants(_ParticipantFields):
    """One person, new or with an account already."""

    choices_of = {"bridge_point": "bridge_points", "group": "groups", "substitute_for": "participants"}
    field_order = ["person", "name", "position", "unit", "role", "bridge_point", "mode", "group", "substitute_for", "is_standing"]
    substitute_for = forms.ModelChoiceField(Participant.objects.none(), required=False, widget=forms.HiddenInput)
    person = PersonField(
        label=_("From the directory"), required=False, fills={"name": "name", "position": "title", "unit": "unit"},
        help_text=_("Who is known is picked here, with name, position and unit; else leave it empty."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Return the one new participant."""
        return {"participants": [actions.NewParticipant(**super().arguments())]}


@command("participant.edit", actions.edit_participant, Ability.PREPARE)
class EditParticipant(_ParticipantFields):
    """New data of a participant."""

    choices_of = {"bridge_point": "bridge_points", "group": "groups", "participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none())

    def arguments(self) -> dict[str, Any]:
        """Leave as it is what a shorter form does not ask."""
        if "mode" in self.data:
            return super().arguments()
        return {name: value for name, value in super().arguments().items() if name not in ("mode", "group", "is_standing")}


@command("participant.remove", actions.remove_participant, Ability.PREPARE)
class RemoveParticipant(ChoosingForm):
    """Which participant."""

    choices_of = {"participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none())


class _Many(ChoosingForm):
    """Which participants."""

    choices_of = {"participants": "participants"}
    participants = Rows(Participant.objects.none(), error_messages={"required": _("Choose at least one person.")})

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return {"participants": list(self.cleaned_data["participants"])}


@command("participants.edit", actions.edit_participants, Ability.PREPARE)
class EditParticipants(_Many):
    """What is changed of them, and to what."""

    choices_of = {"participants": "participants", "bridge_point": "bridge_points", "group": "groups"}
    what = forms.ChoiceField(choices=[(name, name) for name in ("bridge_point", "group", "mode", "is_standing")])
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False)
    group = forms.ModelChoiceField(ParticipantGroup.objects.none(), required=False)
    mode = forms.ChoiceField(choices=Participant.Mode.choices, required=False)
    is_standing = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """A mode is one of two."""
        data = super().clean() or {}
        if data.get("what") == "mode" and not data.get("mode") and "mode" not in self.errors:
            self.add_error("mode", _("Choose how they take part."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the people and the one change."""
        what = self.cleaned_data["what"]
        return super().arguments() | {"changes": {what: self.cleaned_data[what]}}


@command("participants.excuse", actions.excuse_participants, Ability.PREPARE)
class ExcuseParticipants(_Many):
    """Who will not come."""


@command("participants.expect", actions.expect_participants, Ability.PREPARE)
class ExpectParticipants(_Many):
    """Who will come after all."""


@command("participants.remove", actions.remove_participants, Ability.PREPARE)
class RemoveParticipants(_Many):
    """Who is taken off the list."""


@command("group.add", actions.add_group, Ability.PREPARE)
class AddGroup(CommandForm):
    """A new group."""

    name = forms.CharField(label=_("Name of the group"), max_length=80)


@command("group.rename", actions.rename_group, Ability.PREPARE)
class RenameGroup(ChoosingForm):
    """Another name of a group."""

    choices_of = {"group": "groups"}
    group = forms.ModelChoiceField(ParticipantGroup.objects.none())
    name = forms.CharField(label=_("Name of the group"), max_length=80)


@command("group.remove", actions.remove_group, Ability.PREPARE)
class RemoveGroup(ChoosingForm):
    """Which group."""

    choices_of = {"group": "groups"}
    group = forms.ModelChoiceField(ParticipantGroup.objects.none())
