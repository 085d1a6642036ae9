"""The commands on doors and the devices at them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.scanning import actions
from attendance.scanning.models import Door, Scanner
from meetings.commands import ChoosingForm, command
from meetings.models import BridgePoint
from meetings.procedure import Ability
from meetings.widgets import SiteSelect
from people.spelling import CleanField


def address_of(scanner: Scanner) -> str:
    """Return the page of a device: its address as a QR code, and the way to open it on this machine."""
    return reverse("attendance:scanner", args=[scanner.meeting.slug, scanner.pk])


class AtSiteForm(ChoosingForm):
    """A form about a bridge point: who looks after one alone need not name it."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(),
        label=_("Bridge point"),
        required=False,
        empty_label=_("Choose the bridge point"),
        widget=SiteSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Fill in the own bridge point where none is named."""
        data = super().clean() or {}
        if not data.get("bridge_point") and "bridge_point" not in self.errors and not data.get("door"):
            seat = self.by.participant
            if self.by.may(Ability.MARK_ANY_PRESENCE) or seat is None or seat.bridge_point is None:
                self.add_error("bridge_point", _("Choose the bridge point."))
            else:
                data["bridge_point"] = seat.bridge_point
        return data


@command("door.open", actions.open_door, Ability.MARK_PRESENCE)
class OpenDoor(AtSiteForm):
    """Where, and what the door is called."""

    field_order = ["name", "bridge_point"]
    name = CleanField(label=_("Name of the door"), max_length=60)


@command("door.close", actions.close_door, Ability.MARK_PRESENCE)
class CloseDoor(ChoosingForm):
    """Which door."""

    choices_of = {"door": "doors"}
    door = forms.ModelChoiceField(Door.objects.none())


@command("scanner.open", actions.open_scanner, Ability.MARK_PRESENCE, leads_to=address_of)
class OpenScanner(AtSiteForm):
    """At which door (or at the first one of which bridge point), its name, and whether it stands there by itself."""

    choices_of = {"door": "doors", "bridge_point": "bridge_points"}
    field_order = ["bridge_point", "door", "name", "is_kiosk"]
    door = forms.ModelChoiceField(Door.objects.none(), label=_("Door"), required=False)
    name = CleanField(label=_("Name of the device"), max_length=120, required=False)
    is_kiosk = forms.BooleanField(label=_("It stands at the door by itself (kiosk, full screen)"), required=False)


@command("scanner.revoke", actions.revoke_scanner, Ability.MARK_PRESENCE)
class RevokeScanner(ChoosingForm):
    """Which device."""

    choices_of = {"scanner": "scanners"}
    scanner = forms.ModelChoiceField(Scanner.objects.none())
