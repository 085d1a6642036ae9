"""The commands on the programme and the floor."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda import actions
from agenda.models import AgendaItem, FloorRequest
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability


class ItemFields(CommandForm):
    """The data of an item."""

    title = forms.CharField(label=_("Item"), max_length=400)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.REPORT)
    presenter = forms.CharField(label=_("Presenter"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=1440, initial=10)
    speech_minutes = forms.IntegerField(label=_("Minutes for a speech"), min_value=1, max_value=240, required=False)


@command("item.add", actions.add_item, Ability.PREPARE)
class AddItem(ItemFields):
    """A new item at the end."""


class OneItem(ChoosingForm):
    """Which item."""

    choices_of = {"item": "items"}
    item = forms.ModelChoiceField(AgendaItem.objects.none())


@command("item.edit", actions.edit_item, Ability.PREPARE)
class EditItem(OneItem, ItemFields):
    """New data of an item."""


@command("item.move", actions.move_item, Ability.PREPARE)
class MoveItem(OneItem):
    """Where an item goes; positions count from 1."""

    position = forms.IntegerField(min_value=1)


@command("item.remove", actions.remove_item, Ability.PREPARE)
class RemoveItem(OneItem):
    """Which item goes."""


@command("item.open", actions.open_item, Ability.RUN_PROGRAMME)
class OpenItem(OneItem):
    """Which item begins, and which one the actor sees open."""

    choices_of = {"item": "items", "closing": "items"}
    closing = forms.ModelChoiceField(AgendaItem.objects.none(), required=False)


@command("item.close", actions.close_item, Ability.RUN_PROGRAMME)
class CloseItem(OneItem):
    """Which item ends."""


@command("item.defer", actions.defer_item, Ability.RUN_PROGRAMME)
class DeferItem(OneItem):
    """Which item is put off."""


@command("floor.request", actions.request_floor, Ability.ASK_FOR_FLOOR)
class RequestFloor(ChoosingForm):
    """For whom; nobody named means oneself, or an operator's own bridge point."""

    choices_of = {"participant": "participants", "bridge_point": "bridge_points"}
    participant = forms.ModelChoiceField(Participant.objects.none(), required=False)
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False)


class OneRequest(ChoosingForm):
    """Which line of the list of speakers."""

    choices_of = {"request": "floor_requests"}
    request = forms.ModelChoiceField(FloorRequest.objects.none())


@command("floor.withdraw", actions.withdraw_floor, Ability.ASK_FOR_FLOOR)
class WithdrawFloor(OneRequest):
    """Which request is taken back."""


@command("floor.give", actions.give_floor, Ability.GIVE_FLOOR)
class GiveFloor(OneRequest):
    """Who speaks, and whose speech the actor sees running."""

    choices_of = {"request": "floor_requests", "ending": "floor_requests"}
    ending = forms.ModelChoiceField(FloorRequest.objects.none(), required=False)


@command("floor.yield", actions.yield_floor, Ability.GIVE_FLOOR)
class YieldFloor(OneRequest):
    """Whose speech ends."""
