"""The commands on displays, announcements, site commands and messages."""

from __future__ import annotations

from typing import Any
from unicodedata import category

from django import forms
from django.utils.translation import gettext_lazy as _

from control import actions
from control.models import MESSAGE_LIMIT, TEXT_LIMIT, Announcement, Display, Line, SiteCommand
from meetings.commands import ChoosingForm, Rows, command
from meetings.models import BridgePoint, Role
from meetings.procedure import Ability
from meetings.widgets import SiteSelect


class Words(forms.CharField):
    """Words typed into a box of several lines: a new line counts as one character, as the browser counts it.

    What nobody could see on a screen (spaces of every kind, marks without a letter) is no word.
    """

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        """Return the words with plain new lines; nothing when there is nothing to see."""
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        return text if any(category(letter)[0] in "LNPS" or letter == "\0" for letter in text) else ""


class OwnSiteForm(ChoosingForm):
    """A form about a bridge point: operators and technicians need not name their own."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), label=_("Bridge point"), required=False)

    def clean(self) -> dict[str, Any]:
        """Fill in the own bridge point; everybody else chooses one."""
        data = super().clean() or {}
        if data.get("bridge_point") is None and "bridge_point" not in self.errors:
            seat = self.by.participant
            if seat and seat.role in (Role.OPERATOR, Role.TECHNICIAN):
                data["bridge_point"] = seat.bridge_point
            else:
                self.add_error("bridge_point", _("Choose the bridge point."))
        return data


@command("display.open", actions.open_display, Ability.STEER_DISPLAYS)
class OpenDisplay(ChoosingForm):
    """Name and place of a new display."""

    choices_of = {"bridge_point": "bridge_points"}
    name = forms.CharField(label=_("Name of the display"), max_length=120)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("none"), widget=SiteSelect
    )


@command("display.revoke", actions.revoke_display, Ability.STEER_DISPLAYS)
class RevokeDisplay(ChoosingForm):
    """Which display."""

    choices_of = {"display": "displays"}
    display = forms.ModelChoiceField(Display.objects.none())


@command("displays.steer", actions.steer_displays, Ability.STEER_DISPLAYS)
class SteerDisplays(ChoosingForm):
    """What to show, and where: on some displays, on those of one bridge point, or (neither) on all."""

    choices_of = {"displays": "displays", "bridge_point": "bridge_points", "announcement": "announcements"}
    mode = forms.ChoiceField(label=_("Show"), choices=Display.Mode.choices)
    displays = Rows(Display.objects.none(), label=_("Displays"), required=False)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("all")
    )
    announcement = forms.ModelChoiceField(Announcement.objects.none(), label=_("Announcement"), required=False)

    def clean(self) -> dict[str, Any]:
        """An announcement is shown by its name."""
        data = super().clean() or {}
        unnamed = data.get("announcement") is None and "announcement" not in self.errors
        if data.get("mode") == Display.Mode.ANNOUNCEMENT and unnamed:
            self.add_error("announcement", _("Choose the announcement that the displays shall show."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the chosen displays as a list."""
        return self.cleaned_data | {"displays": list(self.cleaned_data["displays"])}


class AddressedForm(ChoosingForm):
    """Something for some bridge points, or (none chosen) for all."""

    choices_of = {"sites": "bridge_points"}
    sites = Rows(BridgePoint.objects.none(), label=_("For"), required=False, help_text=_("None chosen: for all bridge points."))

    def arguments(self) -> dict[str, Any]:
        """Return the chosen bridge points as a list."""
        return self.cleaned_data | {"sites": list(self.cleaned_data["sites"])}


@command("announcement.publish", actions.publish_announcement, Ability.ANNOUNCE)
class PublishAnnouncement(AddressedForm):
    """What is announced, to whom, and whether displays show it."""

    field_order = ["text", "sites", "show"]
    text = Words(label=_("Announcement"), max_length=TEXT_LIMIT)
    show = forms.BooleanField(label=_("Show it on the displays"), required=False)


@command("announcement.withdraw", actions.withdraw_announcement, Ability.ANNOUNCE)
class WithdrawAnnouncement(ChoosingForm):
    """Which announcement."""

    choices_of = {"announcement": "announcements"}
    announcement = forms.ModelChoiceField(Announcement.objects.none())


@command("site_command.issue", actions.issue_site_command, Ability.COMMAND_SITES)
class IssueSiteCommand(AddressedForm):
    """What bridge points shall do, and which of them."""

    field_order = ["kind", "text", "sites"]
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteCommand.Kind.choices, initial=SiteCommand.Kind.OTHER)
    text = Words(label=_("Site command"), max_length=TEXT_LIMIT)

    def clean(self) -> dict[str, Any]:
        """Not all bridge points speak next: who shall prepare is named."""
        data = super().clean() or {}
        nobody = "sites" not in self.errors and not data.get("sites")
        if data.get("kind") == SiteCommand.Kind.PREPARE and nobody:
            self.add_error("sites", _("Choose the bridge points that shall prepare to speak."))
        return data


@command("site_command.acknowledge", actions.acknowledge_site_command, Ability.ACKNOWLEDGE)
class AcknowledgeSiteCommand(OwnSiteForm):
    """Which site command, and for which bridge point."""

    choices_of = {"site_command": "site_commands", **OwnSiteForm.choices_of}
    site_command = forms.ModelChoiceField(SiteCommand.objects.none())


@command("site_command.withdraw", actions.withdraw_site_command, Ability.COMMAND_SITES)
class WithdrawSiteCommand(ChoosingForm):
    """Which site command."""

    choices_of = {"site_command": "site_commands"}
    site_command = forms.ModelChoiceField(SiteCommand.objects.none())


@command("message.send", actions.send_message, Ability.WRITE_MESSAGES)
class SendMessage(OwnSiteForm):
    """The words, the line and the bridge point. `at_site` is asked only of who stands on both sides of the line."""

    line = forms.ChoiceField(label=_("Line"), choices=Line.choices)
    text = Words(label=_("Message"), max_length=MESSAGE_LIMIT)
    at_site = forms.BooleanField(required=False)

    def arguments(self) -> dict[str, Any]:
        """Return the side one stands on."""
        centre, there = self.by.sides_of_line(self.cleaned_data["line"], self.cleaned_data["bridge_point"].pk)
        return self.cleaned_data | ({"at_site": there} if centre != there else {})
