"""The commands on proxies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, command
from meetings.models import Participant
from meetings.procedure import Ability
from voting.polls.entitling import VOTING_ROLES
from voting.proxies import actions
from voting.proxies.models import Proxy


class _Person(forms.ModelChoiceField):
    """A person, told from another one of the same name by the bridge point."""

    def label_from_instance(self, obj: Participant) -> str:
        return f"{obj.name} · {obj.bridge_point.short_name}" if obj.bridge_point else obj.name


@command("proxy.give", actions.give_proxy, Ability.RUN_POLLS)
class GiveProxy(ChoosingForm):
    """Who lets whom vote, and what it rests on."""

    choices_of = {"giver": "participants", "holder": "participants"}
    giver = _Person(Participant.objects.none(), label=_("Who gives the vote away"))
    holder = _Person(Participant.objects.none(), label=_("Who votes instead"))
    document = forms.CharField(label=_("Letter it rests on"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # who has no vote is not offered; the action says why, should one be named all the same
            for name in self.choices_of:
                field: forms.ModelChoiceField[Any] = self.fields[name]  # type: ignore[assignment]
                field.queryset = self.meeting.participants.filter(role__in=VOTING_ROLES).select_related("bridge_point")


@command("proxy.end", actions.end_proxy, Ability.RUN_POLLS)
class EndProxy(ChoosingForm):
    """Which proxy ends."""

    choices_of = {"proxy": "proxies"}
    proxy = forms.ModelChoiceField(Proxy.objects.none())
