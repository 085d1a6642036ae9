"""The input of the commands on addresses of the video conference."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from control.video import actions
from control.video.models import VideoAddress
from meetings.commands import ChoosingForm, command
from meetings.models import BridgePoint
from meetings.procedure import Ability
from meetings.sites.video import LONGEST, BadAddress, read_address
from meetings.widgets import SiteSelect
from people.spelling import CleanField


class _Fields(ChoosingForm):
    """An address, what it is for, its PIN, a note."""

    address = CleanField(
        label=_("Address"), max_length=LONGEST,
        help_text=_("A link (https), a SIP or H.323 address, or what is dialled: 10.1.2.3##1234."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )  # fmt: skip
    use = forms.ChoiceField(label=_("What it is for"), choices=VideoAddress.Use.choices)
    pin = CleanField(
        label=_("PIN"), max_length=64, required=False,
        help_text=_("Operators, technicians and the secretariat see it, nobody else; it is printed nowhere."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    note = CleanField(label=_("Note"), max_length=200, required=False)

    def clean_address(self) -> str:
        """Return the address as it is kept."""
        try:
            return read_address(self.cleaned_data["address"]).text
        except BadAddress as error:
            raise forms.ValidationError(error.reason) from error


@command("video_address.add", actions.add_video_address, Ability.PREPARE)
class AddVideoAddress(_Fields):
    """A new address, of all or of one bridge point."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Of which bridge point"), required=False, empty_label=_("of all of them"),
        widget=SiteSelect,
    )  # fmt: skip
    field_order = ["address", "use", "bridge_point", "pin", "note"]


class _One(ChoosingForm):
    """Which one, as it was read."""

    choices_of = {"video_address": "video_addresses"}
    video_address = forms.ModelChoiceField(VideoAddress.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


@command("video_address.edit", actions.edit_video_address, Ability.PREPARE)
class EditVideoAddress(_One, _Fields):
    """New data of an address."""


@command("video_address.remove", actions.remove_video_address, Ability.PREPARE)
class RemoveVideoAddress(_One):
    """Which one."""
