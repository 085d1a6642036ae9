"""The commands on proxies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, command
from meetings.models import Participant
from meetings.procedure import Ability
from voting.proxies import actions
from voting.proxies.models import Proxy


@command("proxy.give", actions.give_proxy, Ability.RUN_POLLS)
class GiveProxy(ChoosingForm):
    """Who lets whom vote, and what it rests on."""

    choices_of = {"giver": "participants", "holder": "participants"}
    giver = forms.ModelChoiceField(Participant.objects.none(), label=_("Who gives the vote away"))
    holder = forms.ModelChoiceField(Participant.objects.none(), label=_("Who votes instead"))
    document = forms.CharField(label=_("Letter it rests on"), max_length=200, required=False)


@command("proxy.end", actions.end_proxy, Ability.RUN_POLLS)
class EndProxy(ChoosingForm):
    """Which proxy ends."""

    choices_of = {"proxy": "proxies"}
    proxy = forms.ModelChoiceField(Proxy.objects.none())
