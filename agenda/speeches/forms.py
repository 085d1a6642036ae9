"""The commands of registered speeches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem, Speech, SpeechCall
from agenda.speeches import actions
from attendance.models import AskedUnit
from attendance.registration.queries import people_on_the_list
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.forms import Moment, MomentInput
from meetings.models import Participant
from meetings.procedure import Ability
from meetings.queries import number_in
from people.spelling import CleanField

KINDS = (AgendaItem.Kind.SPEECHES, AgendaItem.Kind.DISCUSSION)
LONGEST_OUTLINE = 5000


class _Titled(forms.ModelChoiceField):
    """An item by its number and words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list of choices."""
        return f"{obj.number} · {obj.title}" if obj.number else str(obj.title)


class _Speaker(forms.ModelChoiceField):
    """A participant by name and office."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list of choices."""
        return f"{obj.name}, {obj.office}" if obj.office else str(obj.name)


@command("speech_call.set", actions.set_speech_call, Ability.PREPARE)
class SetSpeechCall(ChoosingForm):
    """For which item, until when, how long, how many, and a message; `call`: the registration that is changed."""

    choices_of = {"call": "speech_calls", "item": "items"}
    call = forms.ModelChoiceField(SpeechCall.objects.none(), required=False, widget=forms.HiddenInput)
    item = _Titled(AgendaItem.objects.none(), label=_("Item of the programme"), empty_label=None)
    deadline = Moment(
        label=_("Deadline for offers"), widget=MomentInput, required=False, help_text=_("Empty: until you close it.")
    )
    minutes = forms.IntegerField(label=_("Minutes for a speech, at most"), min_value=1, max_value=240, initial=8)
    per_unit = forms.IntegerField(label=_("Speeches a unit may offer"), min_value=1, max_value=20, initial=1)
    message = forms.CharField(
        label=_("Message to the units"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Any] = self.fields["item"]  # type: ignore[assignment]
        fitting = Q(kind__in=KINDS) & (Q(parent=None) | ~Q(parent__speech_call__isnull=False)) | Q(speech_call__isnull=False)
        field.queryset = self.meeting.items.filter(fitting).order_by("position")


class _OfCall(ChoosingForm):
    choices_of = {"call": "speech_calls"}
    call = forms.ModelChoiceField(SpeechCall.objects.none(), widget=forms.HiddenInput)


@command("speech_call.close", actions.close_speech_call, Ability.PREPARE)
class CloseSpeechCall(_OfCall):
    """Which registration."""


@command("speeches.schedule", actions.schedule_speeches, Ability.PREPARE)
class ScheduleSpeeches(_OfCall):
    """Of which registration."""


class _SpeechFields(CommandForm):
    """What a speech says of itself; who speaks is one of the unit's people."""

    title = CleanField(label=_("Title of the speech"), max_length=300)
    outline = forms.CharField(
        label=_("Outline"),
        max_length=LONGEST_OUTLINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What it will say, in up to 5,000 characters. Only your unit and the secretariat can read it."),
    )
    speaker = _Speaker(Participant.objects.none(), label=_("Speaker"), required=False, empty_label=_("to be named later"))
    minutes = forms.IntegerField(label=_("Length (min)"), min_value=1, max_value=240)

    def __init__(self, *args: Any, unit: AskedUnit | None = None, limit: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_unit = unit or self.unit_sent()
        if of_unit:
            field: forms.ModelChoiceField[Any] = self.fields["speaker"]  # type: ignore[assignment]
            field.queryset = people_on_the_list(of_unit).filter(is_excused=False)
        if limit:
            self.fields["minutes"].widget.attrs["max"] = limit

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit that is meant, as the body says."""
        raise NotImplementedError

    def clean_outline(self) -> str:
        """Lines end alike, whatever browser wrote them."""
        return str(self.cleaned_data["outline"]).replace("\r\n", "\n").replace("\r", "\n")


@command("speech.offer", actions.offer_speech, Ability.OFFER_SPEECH)
class OfferSpeech(_SpeechFields, _OfCall):
    """A new speech of a unit."""

    choices_of = {"call": "speech_calls", "unit": "asked_units"}
    unit = forms.ModelChoiceField(AskedUnit.objects.none(), widget=forms.HiddenInput)

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit the body names."""
        pk = number_in(str(self.data.get("unit", "")))
        return self.meeting.asked_units.select_related("organisation").filter(pk=pk).first() if pk is not None else None


class _OneSpeech(ChoosingForm):
    choices_of = {"speech": "speeches"}
    speech = forms.ModelChoiceField(Speech.objects.none(), widget=forms.HiddenInput)


class _AsRead(_OneSpeech):
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


@command("speech.edit", actions.edit_speech, Ability.OFFER_SPEECH)
class EditSpeech(_SpeechFields, _AsRead):
    """New words of a speech, as it stood when the page was made."""

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit of the speech."""
        pk = number_in(str(self.data.get("speech", "")))
        found = self.meeting.speeches.select_related("unit__organisation").filter(pk=pk).first() if pk is not None else None
        return found.unit if found else None


@command("speech.withdraw", actions.withdraw_speech, Ability.OFFER_SPEECH)
class WithdrawSpeech(_AsRead):
    """Which speech, as it was read."""


@command("speech.pick", actions.pick_speech, Ability.PREPARE)
class PickSpeech(_AsRead):
    """Which speech, as it was read."""


@command("speech.unpick", actions.unpick_speech, Ability.PREPARE)
class UnpickSpeech(_OneSpeech):
    """Which speech."""


@command("speech.return", actions.return_speech, Ability.PREPARE)
class ReturnSpeech(_AsRead):
    """Which speech, and why: its unit reads it."""

    reason = forms.CharField(label=_("Reason for the unit"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@command("speech.move", actions.move_speech, Ability.PREPARE)
class MoveSpeech(_OneSpeech):
    """Which picked speech, one place earlier or later."""

    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])
