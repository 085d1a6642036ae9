"""The input of the meetings room: the form of a meeting, and the commands on it, its bridge points and participants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.procedure import Ability
from meetings.widgets import SiteSelect
from people.directory import organisation_called
from people.models import Organisation, Person


class MomentInput(forms.DateTimeInput):
    """A date and time, picked with the browser's own control."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


# No conference is held outside; beyond, sums of durations leave the calendar.
YEARS: list[Callable[[Any], None]] = [
    MinValueValidator(datetime(1900, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(2200, 1, 1, tzinfo=UTC)),
]


class Moment(forms.DateTimeField):
    """A date and time of this age."""

    default_validators = YEARS

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; a date at the edge of the calendar has no place in our time zone."""
        try:
            return super().to_python(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class MeetingForm(forms.Form):
    """Title, organiser, mode, place and up to three sittings of a meeting."""

    title = forms.CharField(label=_("Title"), max_length=300)
    organiser = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organiser"), required=False)
    other_organiser = forms.CharField(
        label=_("Another organiser"), max_length=200, required=False, help_text=_("Only when it is not in the list.")
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Meeting.Mode.choices, initial=Meeting.Mode.HYBRID)
    place = forms.CharField(label=_("Place of the central hall"), max_length=200)
    starts_1 = Moment(label=_("Sitting 1: from"), widget=MomentInput)
    ends_1 = Moment(label=_("Sitting 1: until"), widget=MomentInput, required=False)
    starts_2 = Moment(label=_("Sitting 2: from"), widget=MomentInput, required=False)
    ends_2 = Moment(label=_("Sitting 2: until"), widget=MomentInput, required=False)
    starts_3 = Moment(label=_("Sitting 3: from"), widget=MomentInput, required=False)
    ends_3 = Moment(label=_("Sitting 3: until"), widget=MomentInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["organiser"]  # type: ignore[assignment]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE).order_by("kind", "code", "name")

    def clean(self) -> dict[str, Any]:
        """Check that somebody organises, each sitting, and that the sittings follow one another."""
        data = super().clean() or {}
        if not data.get("organiser") and not data.get("other_organiser") and "organiser" not in self.errors:
            self.add_error("organiser", _("Choose the organiser, or enter its name."))
        last: datetime | None = None
        for n in (1, 2, 3):
            start, end = data.get(f"starts_{n}"), data.get(f"ends_{n}")
            if end and not start and not self.errors.get(f"starts_{n}"):
                self.add_error(f"starts_{n}", _("The sitting has an end but no start. Enter its start."))
            if start and end and end <= start:
                self.add_error(f"ends_{n}", _("The end is before the start. Change it."))
            if start and last and start < last:
                self.add_error(f"starts_{n}", _("This sitting begins before the one before it. Change it."))
            last = end or start or last
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of create_meeting and edit_meeting."""
        data = self.cleaned_data
        sittings = [(data[f"starts_{n}"], data[f"ends_{n}"]) for n in (1, 2, 3) if data[f"starts_{n}"]]
        organiser = organisation_called(data["other_organiser"]) if data["other_organiser"] else data["organiser"]
        return {k: data[k] for k in ("title", "mode", "place")} | {"organiser": organiser, "sittings": sittings}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return a meeting's data as the form's initial values."""
        data: dict[str, Any] = {k: getattr(meeting, k) for k in ("title", "organiser", "mode", "place")}
        for sitting in meeting.sittings.all()[:3]:
            data |= {f"starts_{sitting.number}": sitting.starts_at, f"ends_{sitting.number}": sitting.ends_at}
        return data


@command("meeting.edit", actions.edit_meeting, Ability.PREPARE)
class EditMeeting(CommandForm, MeetingForm):
    """New data of a meeting in preparation."""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of edit_meeting."""
        return MeetingForm.arguments(self)


@command("meeting.open", actions.open_meeting, Ability.RUN_MEETING)
class OpenMeeting(CommandForm):
    """Nothing but the wish."""


@command("meeting.suspend", actions.suspend_meeting, Ability.RUN_MEETING)
class SuspendMeeting(CommandForm):
    """Nothing but the wish."""


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


@command("bridge_points.add", actions.add_bridge_points, Ability.PREPARE)
class AddBridgePoints(CommandForm):
    """One bridge point of one's own, or all the provinces in one step."""

    provinces = forms.BooleanField(label=_("The 34 provinces"), required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    is_central = forms.BooleanField(label=_("Central bridge point"), required=False)

    def clean(self) -> dict[str, Any]:
        """One's own bridge point needs a name."""
        data = super().clean() or {}
        if not data.get("provinces") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter the name of the bridge point."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the new bridge points."""
        data = dict(self.cleaned_data)
        if data.pop("provinces"):
            return {"bridge_points": actions.missing_provinces(self.meeting)}
        return {"bridge_points": [actions.NewBridgePoint(**data | {"short_name": data["short_name"] or data["name"][:80]})]}


@command("bridge_point.edit", actions.edit_bridge_point, Ability.PREPARE)
class EditBridgePoint(ChoosingForm):
    """New names and place of a bridge point."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none())
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)


@command("bridge_point.remove", actions.remove_bridge_point, Ability.PREPARE)
class RemoveBridgePoint(ChoosingForm):
    """Which bridge point."""

    choices_of = {"bridge_point": "bridge_points"}
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none())


class _ParticipantFields(ChoosingForm):
    """What a participant is in a meeting."""

    choices_of = {"bridge_point": "bridge_points"}
    name = forms.CharField(label=_("Full name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DELEGATE)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("none"), widget=SiteSelect
    )

    def clean(self) -> dict[str, Any]:
        """An operator or technician belongs to a bridge point."""
        data = super().clean() or {}
        nowhere = not data.get("bridge_point") and "bridge_point" not in self.errors
        if data.get("role") in (Role.OPERATOR, Role.TECHNICIAN) and nowhere:
            self.add_error("bridge_point", _("An operator or technician belongs to a bridge point. Choose it."))
        return data


@command("participants.add", actions.add_participants, Ability.PREPARE)
class AddParticipants(_ParticipantFields):
    """One person, new or with an account already."""

    field_order = ["name", "position", "unit", "role", "bridge_point", "person"]
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Account"), required=False, empty_label=_("no account"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Person] = self.fields["person"]  # type: ignore[assignment]
        taken = self.meeting.participants.values("person_id")
        field.queryset = Person.objects.filter(user__is_active=True).exclude(pk__in=taken)

    def arguments(self) -> dict[str, Any]:
        """Return the one new participant."""
        return {"participants": [actions.NewParticipant(**self.cleaned_data)]}


@command("participant.edit", actions.edit_participant, Ability.PREPARE)
class EditParticipant(_ParticipantFields):
    """New data of a participant."""

    choices_of = {"bridge_point": "bridge_points", "participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none())


@command("participant.remove", actions.remove_participant, Ability.PREPARE)
class RemoveParticipant(ChoosingForm):
    """Which participant."""

    choices_of = {"participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none())
