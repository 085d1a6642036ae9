"""The input of the commands on deadlines, their rules and the holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import CommandForm, OfficeForm, command, office_command
from meetings.deadlines import actions
from meetings.deadlines.dues import Rule
from meetings.deadlines.models import DeadlineKind, Holiday
from meetings.deadlines.queries import rules
from meetings.forms.moments import Day, Moment
from meetings.procedure import Ability

MOST_DAYS = 365


@command("deadline.set", actions.set_deadline, Ability.PREPARE)
class SetDeadline(CommandForm):
    """A moment set by hand; left empty, the meeting has no such deadline."""

    kind = forms.ChoiceField(choices=DeadlineKind.choices, widget=forms.HiddenInput)
    due_at = Moment(label=_("Due"), required=False, help_text=_("Left empty: this meeting has no such deadline."))


@command("deadline.reset", actions.reset_deadline, Ability.PREPARE)
class ResetDeadline(CommandForm):
    """Which deadline follows the rule again."""

    kind = forms.ChoiceField(choices=DeadlineKind.choices, widget=forms.HiddenInput)


@office_command("deadline_rules.edit", actions.edit_deadline_rules, Ability.CREATE_MEETING)
class EditDeadlineRules(OfficeForm):
    """All the office's rules, a line for each: days, counted how, in use or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, rule in rules().items():
            self.fields |= {
                f"{kind}_days": forms.IntegerField(label=_("Days"), min_value=0, max_value=MOST_DAYS, initial=rule.days),
                f"{kind}_in": forms.ChoiceField(
                    label=_("Counted in"),
                    choices=[("working", _("working days")), ("calendar", _("calendar days"))],
                    initial="working" if rule.in_working_days else "calendar",
                ),
                f"{kind}_on": forms.BooleanField(label=_("In use"), required=False, initial=rule.is_on),
            }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of the page."""
        return [
            {"kind": kind, "days": self[f"{kind}_days"], "counted": self[f"{kind}_in"], "on": self[f"{kind}_on"]}
            for kind in DeadlineKind
        ]

    def arguments(self) -> dict[str, Any]:
        """Return the rules by kind."""
        data = self.cleaned_data
        read = {k: Rule(data[f"{k}_days"], data[f"{k}_in"] == "working", data[f"{k}_on"]) for k in DeadlineKind.values}
        return {"rules": read}


@office_command("holiday.add", actions.add_holiday, Ability.CREATE_MEETING)
class AddHoliday(OfficeForm):
    """A day that is off, or a day at a weekend on which work is made up."""

    day = Day(label=_("Day"))
    title = forms.CharField(label=_("What for"), max_length=120)
    is_working = forms.BooleanField(label=_("Work is made up on this day"), required=False)


@office_command("holiday.remove", actions.remove_holiday, Ability.CREATE_MEETING)
class RemoveHoliday(OfficeForm):
    """Which day."""

    holiday = forms.ModelChoiceField(Holiday.objects.all(), widget=forms.HiddenInput)
