"""The commands on the floor and on the list of speakers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda import actions as floor
from agenda.models import AgendaItem, FloorRequest
from agenda.speakers import actions
from agenda.speakers.models import REASON_LIMIT
from meetings.commands import ChoosingForm, Rows, command
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability

Kind = FloorRequest.Kind
# Who is registered to speak is put on the list when the item begins; nobody asks for that.
ASKED_FOR = [choice for choice in Kind.choices if choice[0] != Kind.REGISTERED]


@command("floor.request", floor.request_floor, Ability.ASK_FOR_FLOOR)
class RequestFloor(ChoosingForm):
    """For whom, and for what kind of speech; nobody named means oneself, or an operator's own bridge point."""

    choices_of = {"participant": "participants", "bridge_point": "bridge_points"}
    participant = forms.ModelChoiceField(Participant.objects.none(), required=False)
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ASKED_FOR, required=False)

    def clean_kind(self) -> str:
        """Take a wish without a kind for one to join in the discussion."""
        return self.cleaned_data["kind"] or Kind.DISCUSSION.value


class OneRequest(ChoosingForm):
    """Which line of the list of speakers."""

    choices_of = {"request": "floor_requests"}
    request = forms.ModelChoiceField(FloorRequest.objects.none())


@command("floor.withdraw", floor.withdraw_floor, Ability.ASK_FOR_FLOOR)
class WithdrawFloor(OneRequest):
    """Which request is taken back."""


@command("floor.name", floor.name_floor, Ability.ASK_FOR_FLOOR)
class NameFloor(OneRequest):
    """Who speaks for the bridge point that asked."""

    choices_of = {"request": "floor_requests", "participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none(), label=_("Who speaks"))


@command("floor.give", floor.give_floor, Ability.GIVE_FLOOR)
class GiveFloor(OneRequest):
    """Who speaks, whose speech the actor sees running, and why now where it is not the line's turn."""

    choices_of = {"request": "floor_requests", "ending": "floor_requests"}
    ending = forms.ModelChoiceField(FloorRequest.objects.none(), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LIMIT, required=False)


@command("floor.yield", floor.yield_floor, Ability.GIVE_FLOOR)
class YieldFloor(OneRequest):
    """Whose speech ends."""


@command("floor.move", actions.move_floor, Ability.GIVE_FLOOR)
class MoveFloor(OneRequest):
    """In front of which line it goes (none: to the end), why, and which places the actor has seen set."""

    choices_of = {"request": "floor_requests", "before": "floor_requests"}
    before = forms.ModelChoiceField(FloorRequest.objects.none(), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LIMIT)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


@command("floor.release", actions.release_floor, Ability.GIVE_FLOOR)
class ReleaseFloor(OneRequest):
    """Which line stands again where the rule puts it."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


@command("floor.extend", actions.extend_floor, Ability.GIVE_FLOOR)
class ExtendFloor(OneRequest):
    """How many minutes more, and how many in all the actor has seen."""

    minutes = forms.IntegerField(label=_("More minutes"), min_value=1, max_value=60)
    limit = forms.IntegerField(min_value=1, max_value=actions.LONGEST)


@command("floor.prepare", actions.prepare_floor, Ability.GIVE_FLOOR)
class PrepareFloor(ChoosingForm):
    """Who shall prepare: the next ones, as the actor sees them."""

    choices_of = {"requests": "floor_requests"}
    requests = Rows(FloorRequest.objects.none())

    def arguments(self) -> dict[str, Any]:
        """Return the lines as a list."""
        return {"requests": list(self.cleaned_data["requests"])}


@command("floor.remind", actions.remind_floor, Ability.GIVE_FLOOR)
class RemindFloor(OneRequest):
    """Who is reminded of the time."""


class OneList(ChoosingForm):
    """The list of which item."""

    choices_of = {"item": "items"}
    item = forms.ModelChoiceField(AgendaItem.objects.none())


@command("speakers.close", actions.close_speakers, Ability.GIVE_FLOOR)
class CloseSpeakers(OneList):
    """Which list takes nothing but points of order."""


@command("speakers.open", actions.open_speakers, Ability.GIVE_FLOOR)
class OpenSpeakers(OneList):
    """Which list takes wishes again."""
