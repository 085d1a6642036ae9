"""The commands on the counts of halls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from control.forms import OwnSiteForm
from meetings.commands import ChoosingForm, command
from meetings.procedure import Ability
from voting.halls import actions
from voting.halls.models import HallTally
from voting.polls.models import Poll

MOST = 5_000  # votes in one hall; more is a slip of the hand


@command("hall_tally.enter", actions.enter_hall_tally, Ability.COUNT_HALL)
class EnterHallTally(OwnSiteForm):
    """How many in a hall voted for what: a field for each option, by its position."""

    choices_of = {**OwnSiteForm.choices_of, "poll": "polls"}
    poll = forms.ModelChoiceField(Poll.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    invalid = forms.IntegerField(label=_("Invalid ballot papers"), min_value=0, max_value=MOST, required=False)
    voters = forms.IntegerField(label=_("How many voted"), min_value=0, max_value=MOST, required=False)
    why = forms.CharField(label=_("Why it is corrected"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the votes of each option the poll has."""
        super().__init__(*args, **kwargs)
        self.positions: list[int] = []
        key = str(self.data.get("poll", "")) if self.is_bound else ""
        poll = self.meeting.polls.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        for one in poll.options.order_by("position") if poll else ():
            self.positions.append(one.position)
            self.fields[f"votes_{one.position}"] = forms.IntegerField(label=one.text, min_value=0, max_value=MOST)

    def clean(self) -> dict[str, Any]:
        """Of a motion everybody votes once; of a choice it is said how many voted, none of them for more than the poll lets."""
        data = super().clean() or {}
        poll, votes = data.get("poll"), [data.get(f"votes_{p}") for p in self.positions]
        if poll is None or any(n is None for n in votes):
            return data
        total, invalid = sum(n for n in votes if n is not None), data.get("invalid") or 0
        if poll.kind == Poll.Kind.MOTION:
            data["voters"] = total + invalid
        elif data.get("voters") is None:
            self.add_error("voters", _("Say how many voted."))
        elif not self._fits(poll, total, max(filter(None, votes), default=0), data["voters"] - invalid):
            self.add_error("voters", _("So many votes cannot come from so many voters. Count again."))
        return data

    @staticmethod
    def _fits(poll: Poll, total: int, most: int, valid: int) -> bool:
        return most <= valid and valid * poll.least_choices <= total <= valid * poll.most_choices

    def arguments(self) -> dict[str, Any]:
        """Return the count."""
        data = self.cleaned_data
        return {
            "poll": data["poll"], "bridge_point": data["bridge_point"], "version": data["version"], "why": data["why"],
            "votes": {p: data[f"votes_{p}"] for p in self.positions}, "voters": data["voters"],
            "invalid": data["invalid"] or 0,
        }  # fmt: skip


class OneTally(ChoosingForm):
    """Which count, as the actor has read it."""

    tally = forms.ModelChoiceField(HallTally.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Choose among the counts of this meeting."""
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[HallTally] = self.fields["tally"]  # type: ignore[assignment]
        field.queryset = HallTally.objects.filter(poll__meeting=self.meeting)


@command("hall_tally.accept", actions.accept_hall_tally, Ability.RUN_POLLS)
class AcceptHallTally(OneTally):
    """Which count is accepted."""


@command("hall_tally.return", actions.return_hall_tally, Ability.RUN_POLLS)
class ReturnHallTally(OneTally):
    """Which hall counts again, and why."""

    why = forms.CharField(label=_("Why it is counted again"), max_length=300)
