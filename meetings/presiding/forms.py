"""The commands that hand over."""

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

from meetings.commands import ChoosingForm, command
from meetings.models import Participant
from meetings.presiding import actions
from meetings.procedure import Ability


class HandOver(ChoosingForm):
    """To whom, and who does it as the actor sees it."""

    choices_of = {"to": "participants", "presiding": "participants"}
    to = forms.ModelChoiceField(Participant.objects.none(), label=pgettext_lazy("handing over", "To whom"))
    presiding = forms.ModelChoiceField(Participant.objects.none(), required=False)
    stays = forms.BooleanField(required=False)


@command("chair.hand_over", actions.hand_over_chair, Ability.RUN_MEETING)
class HandOverChair(HandOver):
    """Who presides from now on."""


@command("secretary.hand_over", actions.hand_over_secretary, Ability.WRITE_MINUTES)
class HandOverSecretary(HandOver):
    """Who keeps the minutes from now on."""
