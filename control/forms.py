"""The commands on displays."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from control import actions
from control.models import Display
from meetings.commands import ChoosingForm, command
from meetings.models import BridgePoint
from meetings.procedure import Ability


@command("display.open", actions.open_display, Ability.STEER_DISPLAYS)
class OpenDisplay(ChoosingForm):
    """Name and place of a new display."""

    choices_of = {"bridge_point": "bridge_points"}
    name = forms.CharField(label=_("Name of the display"), max_length=120)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("none")
    )


@command("display.revoke", actions.revoke_display, Ability.STEER_DISPLAYS)
class RevokeDisplay(ChoosingForm):
    """Which display."""

    choices_of = {"display": "displays"}
    display = forms.ModelChoiceField(Display.objects.none())
