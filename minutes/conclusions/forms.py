"""The commands on conclusions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from meetings.commands import ChoosingForm, command
from meetings.forms.moments import Day
from meetings.procedure import Ability
from minutes.conclusions import actions
from minutes.conclusions.fields import LeadField
from minutes.conclusions.wording import TEXT_LIMIT, Wording, clean
from minutes.models import Conclusion


class Words(forms.CharField):
    """Words as they are kept: what nobody could see is none, and a new line counts as one character."""

    def to_python(self, value: Any) -> str:
        """Return the words, clean; a null character is left for Django's validator to refuse."""
        text = super().to_python(value) or ""
        return text if "\0" in text else clean(text)


class WordingForm(ChoosingForm):
    """A conclusion's words, and the item it belongs to."""

    choices_of = {"item": "items"}
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Item"), required=False, empty_label=_("none"))
    text = Words(label=_("Conclusion"), max_length=TEXT_LIMIT, widget=forms.Textarea, strip=False)
    who = LeadField(label=_("Who leads"), required=False)
    along = Words(label=_("Together with"), max_length=600, required=False)
    due = Day(label=_("Due on"), required=False)
    product = Words(label=_("Product"), max_length=400, required=False)

    def arguments(self) -> dict[str, Any]:
        """Return the wording as one value, and who leads as a row where it is one."""
        data = dict(self.cleaned_data)
        lead = data.pop("who")
        parts = {name: data.pop(name) for name in ("text", "along", "due", "product")}
        return data | {"wording": Wording(who=lead.words, **parts), "organisation": lead.organisation}


@command("conclusion.propose", actions.propose_conclusion, Ability.WRITE_MINUTES)
class ProposeConclusion(WordingForm):
    """A new conclusion."""


class OneConclusionForm(ChoosingForm):
    """Which conclusion."""

    choices_of = {"conclusion": "conclusions"}
    conclusion = forms.ModelChoiceField(Conclusion.objects.none())


class ReadConclusionForm(OneConclusionForm):
    """Which conclusion, and the version the actor has read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


@command("conclusion.change", actions.change_conclusion, Ability.WRITE_MINUTES)
class ChangeConclusion(WordingForm, ReadConclusionForm):
    """New words, and the version they were written over."""

    choices_of = {"item": "items", "conclusion": "conclusions"}


@command("conclusion.move", actions.move_conclusion, Ability.WRITE_MINUTES)
class MoveConclusion(OneConclusionForm):
    """Which proposal, and which way."""

    way = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))])


@command("conclusion.show", actions.show_conclusion, Ability.ADOPT_CONCLUSIONS)
class ShowConclusion(OneConclusionForm):
    """Which conclusion the displays show."""


@command("conclusion.hide", actions.hide_conclusion, Ability.ADOPT_CONCLUSIONS)
class HideConclusion(OneConclusionForm):
    """Which conclusion the displays no longer show."""


@command("conclusion.adopt", actions.adopt_conclusion, Ability.ADOPT_CONCLUSIONS)
class AdoptConclusion(ReadConclusionForm):
    """Which proposal, as it was read."""


@command("conclusion.withdraw", actions.withdraw_conclusion, Ability.ADOPT_CONCLUSIONS)
class WithdrawConclusion(ReadConclusionForm):
    """Which conclusion, and why: one that was adopted is not withdrawn without a word."""

    why = Words(label=_("Why"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where one is needed."""
        data = super().clean() or {}
        row = data.get("conclusion")
        if row and row.state == Conclusion.State.ADOPTED and not data.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why the adopted conclusion is withdrawn."))
        return data
