"""The input of the commands that make a meeting from another one, and of those on series and templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.commands import OfficeForm, office_command
from meetings.forms.course import CreateMeeting
from meetings.models import Meeting, Series
from meetings.procedure import Ability
from meetings.queries import meetings_of
from meetings.series.parts import parts
from people.spelling import clean

GONE = _("This has been removed by somebody else in the meantime. Reload the page.")


@office_command("meeting.clone", actions.clone_meeting, Ability.CREATE_MEETING, leads_to=Meeting.get_absolute_url)
class CloneMeeting(CreateMeeting):
    """A new meeting, or a new template, that takes over the ticked parts of a meeting one may see."""

    source = forms.ModelChoiceField(Meeting.objects.none(), widget=forms.HiddenInput, error_messages={"invalid_choice": GONE})
    parts = forms.MultipleChoiceField(label=_("Taken over"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: forms.ModelChoiceField[Meeting] = self.fields["source"]  # type: ignore[assignment]
        source.queryset = meetings_of(self.by.user)
        ticks: forms.MultipleChoiceField = self.fields["parts"]  # type: ignore[assignment]
        ticks.choices = parts()

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of clone_meeting."""
        return super().arguments() | {"source": self.cleaned_data["source"], "parts": self.cleaned_data["parts"]}


class _Title(OfficeForm):
    """The title of a series."""

    title = forms.CharField(label=_("Title of the series"), max_length=300)

    def clean_title(self) -> str:
        """Return the title as it is kept."""
        return clean(self.cleaned_data["title"])


class _OfSeries(OfficeForm):
    """Which series."""

    series = forms.ModelChoiceField(Series.objects.all(), widget=forms.HiddenInput, error_messages={"invalid_choice": GONE})


@office_command("series.add", actions.add_series, Ability.CREATE_MEETING)
class AddSeries(_Title):
    """A new series."""


@office_command("series.rename", actions.rename_series, Ability.CREATE_MEETING)
class RenameSeries(_OfSeries, _Title):
    """Another title of a series."""


@office_command("series.remove", actions.remove_series, Ability.CREATE_MEETING)
class RemoveSeries(_OfSeries):
    """Which series."""


@office_command("template.remove", actions.remove_template, Ability.CREATE_MEETING)
class RemoveTemplate(OfficeForm):
    """Which template."""

    template = forms.ModelChoiceField(
        Meeting.objects.filter(kind=Meeting.Kind.TEMPLATE), widget=forms.HiddenInput, error_messages={"invalid_choice": GONE}
    )
