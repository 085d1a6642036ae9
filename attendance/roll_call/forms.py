"""The commands of a roll call."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.roll_call import actions
from attendance.roll_call.models import RollCallAnswer
from control.forms import OwnSiteForm
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.models import BridgePoint
from meetings.procedure import Ability

_SAID = [(one.value, one.label) for one in (RollCallAnswer.State.HERE, RollCallAnswer.State.SILENT)]


@command("roll_call.open", actions.open_roll_call, Ability.CALL_ROLL)
class OpenRollCall(CommandForm):
    """Nothing to say: all bridge points under the hall are called."""


@command("roll_call.answer", actions.answer_roll_call, Ability.ACKNOWLEDGE)
class AnswerRollCall(OwnSiteForm):
    """For which bridge point: one's own."""


@command("roll_call.mark", actions.mark_roll_call, Ability.CALL_ROLL)
class MarkRollCall(ChoosingForm):
    """Which bridge point, and whether it is here."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), label=_("Bridge point"))
    state = forms.ChoiceField(choices=_SAID)


@command("roll_call.close", actions.close_roll_call, Ability.CALL_ROLL)
class CloseRollCall(CommandForm):
    """Nothing to say: the one that is under way."""
