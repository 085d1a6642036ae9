"""The form of a meeting's data, and the commands on its course."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.commands import CommandForm, OfficeForm, command, office_command
from meetings.directory.picking import OrganisationField
from meetings.forms.moments import Moment
from meetings.forms.sittings import SittingRows, initial_rows
from meetings.models import Meeting, Series
from meetings.procedure import Ability
from people.directory import organisation_called
from people.spelling import clean


class MeetingForm(SittingRows, forms.Form):
    """Title, organiser, mode, place and sittings of a meeting."""

    title = forms.CharField(label=_("Title"), max_length=300)
    organiser = OrganisationField(label=_("Organiser"), required=False)
    other_organiser = forms.CharField(
        label=_("Another organiser"), max_length=200, required=False, help_text=_("Only when it is not in the list.")
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Meeting.Mode.choices, initial=Meeting.Mode.HYBRID)
    place = forms.CharField(label=_("Place of the central hall"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """Check that somebody organises; the sittings are checked row by row."""
        data = super().clean() or {}
        if not data.get("organiser") and not data.get("other_organiser") and "organiser" not in self.errors:
            self.add_error("organiser", _("Choose the organiser, or enter its name."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of create_meeting and edit_meeting."""
        data = self.cleaned_data
        organiser = organisation_called(data["other_organiser"]) if data["other_organiser"] else data["organiser"]
        return {k: data[k] for k in ("title", "mode", "place")} | {"organiser": organiser, "sittings": self.sittings()}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return a meeting's data as the form's initial values."""
        data: dict[str, Any] = {k: getattr(meeting, k) for k in ("title", "organiser", "mode", "place")}
        return data | initial_rows(meeting.sittings.all())


@command("meeting.edit", actions.edit_meeting, Ability.PREPARE)
class EditMeeting(CommandForm, MeetingForm):
    """New data of a meeting in preparation."""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of edit_meeting."""
        return MeetingForm.arguments(self)


class SeriesFields(forms.Form):
    """A series that is known, or a new one by its name."""

    series = forms.ModelChoiceField(Series.objects.all(), label=_("Series"), required=False, empty_label=_("none"))
    new_series = forms.CharField(
        label=_("A new series"), max_length=300, required=False, help_text=_("Only when it is not in the list.")
    )

    def chosen(self) -> dict[str, Any]:
        """Return the series, or the title of the new one."""
        return {"series": self.cleaned_data["series"], "new_series": clean(self.cleaned_data.get("new_series", ""))}


@office_command("meeting.create", actions.create_meeting, Ability.CREATE_MEETING, leads_to=Meeting.get_absolute_url)
class CreateMeeting(OfficeForm, MeetingForm, SeriesFields):
    """A new meeting, or a new template, with nothing in it yet."""

    as_template = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of create_meeting."""
        kind = Meeting.Kind.TEMPLATE if self.cleaned_data["as_template"] else Meeting.Kind.REAL
        return MeetingForm.arguments(self) | self.chosen() | {"kind": kind}


@command("series.set", actions.set_series, Ability.PREPARE)
class SetSeries(CommandForm, SeriesFields):
    """The series a meeting belongs to; none takes it out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.by.may(Ability.CREATE_MEETING):  # who prepares this meeting alone makes no series
            del self.fields["new_series"]

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of set_series."""
        return self.chosen()


@command("meeting.open", actions.open_meeting, Ability.RUN_MEETING)
class OpenMeeting(CommandForm):
    """Nothing but the wish."""


@command("meeting.suspend", actions.suspend_meeting, Ability.RUN_MEETING)
class SuspendMeeting(CommandForm):
    """How long the recess shall last, if that is known."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)


@command("recess.extend", actions.extend_recess, Ability.RUN_MEETING)
class ExtendRecess(CommandForm):
    """In how many minutes the meeting goes on, and the end of the recess that the actor sees."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    until = forms.DateTimeField(required=False)


@command("meeting.resume", actions.resume_meeting, Ability.RUN_MEETING)
class ResumeMeeting(CommandForm):
    """Nothing but the wish."""


@command("meeting.adjourn", actions.adjourn_meeting, Ability.RUN_MEETING)
class AdjournMeeting(CommandForm):
    """Nothing but the wish."""


@command("clock.set", actions.set_clock, Ability.SET_CLOCK)
class SetClock(CommandForm):
    """How fast a demonstration's clock runs, and perhaps from when."""

    rate = forms.FloatField(label=_("Meeting seconds in a second"), min_value=0.01, max_value=1_000_000)
    base = Moment(label=_("Meeting time"), required=False)
