"""The commands on emergency folders, and the file that came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, Rows, command
from meetings.importing.forms import RunForm
from meetings.importing.models import ImportRun
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability
from packets.folder import actions
from packets.folder.entering import KIND, days_of, usual_day


@command("folder.make", actions.make_folder, Ability.SEE_CONSOLE, leads_to=str)
class MakeFolder(ChoosingForm):
    """Of which bridge points (or of all), and as what file."""

    choices_of = {"bridge_points": "bridge_points"}
    bridge_points = Rows(BridgePoint.objects.none(), required=False)
    everything = forms.BooleanField(required=False)
    form = forms.ChoiceField(choices=[(one, one) for one in (actions.PDF, actions.XLSX, actions.ZIP)])

    def arguments(self) -> dict[str, Any]:
        """Return the bridge points as a list."""
        chosen = self.meeting.bridge_points.all() if self.cleaned_data["everything"] else self.cleaned_data["bridge_points"]
        return {"bridge_points": list(chosen), "form": self.cleaned_data["form"]}


@command("folder.enter", actions.enter_folder, Ability.MARK_PRESENCE)
class EnterFolder(RunForm):
    """Which roll, as it was seen."""

    kind = KIND
    run = forms.ModelChoiceField(ImportRun.objects.none())


class DayForm(forms.Form):
    """On which day of the meeting it was written."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.TypedChoiceField = self.fields["day"]  # type: ignore[assignment]
        field.choices = [(day.isoformat(), f"{day:%d/%m/%Y}") for day in days_of(meeting)]
        field.initial = usual_day(meeting).isoformat()


class SheetForm(DayForm):
    """The workbook that was filled in."""

    file = forms.FileField(
        label=_("The filled-in workbook, as XLSX or CSV"),
        help_text=_("Its first sheet is read. Nothing is changed before you have looked at what would be."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
