"""What comes in with the paper of a speech: the wishes beside its file, and the commands for one that is late."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.models import Speech
from agenda.speeches.owners import own_units
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.errors import OutOfOrder
from meetings.forms import Moment, MomentInput
from meetings.procedure import Ability
from packets.handing_in import actions, rules, taking
from packets.handouts.rules import is_secret
from packets.models import Document
from people.spelling import CleanField


class PaperForm(CommandForm):
    """Metadata of an upload, or the fields beside the file of a plain form: how secret it is, what is new in it."""

    word: ClassVar[str] = "refused"
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=Document.Secrecy.choices, required=False)
    note = CleanField(label=_("What is new in this version"), max_length=500, required=False)
    waits = forms.BooleanField(required=False)

    def __init__(self, *args: Any, speech: Speech, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speech = speech

    def require_fit(self, size: int = 0) -> None:
        """Raise a refusal where this file is not taken from the unit now."""
        if is_secret(self.cleaned_data["secrecy"]):
            raise OutOfOrder(rules.NO_FILE)
        taking.refuse(self.meeting, self.speech, by=self.by, size=size)
        taking.refuse_many_under_way(self.meeting, self.speech, size=size)

    def kept(self) -> dict[str, Any]:
        """Return the wishes as plain values; `unit` says that they are a unit's."""
        data = self.cleaned_data
        kept = {"speech": self.speech.pk, "unit": self.speech.unit_id}
        return kept | {"secrecy": data["secrecy"], "note": data["note"], "waits": data["waits"]}


class _OfSpeech(ChoosingForm):
    """One speech."""

    choices_of = {"speech": "speeches"}
    speech = forms.ModelChoiceField(Speech.objects.none(), widget=forms.HiddenInput)


@command("hand_in.request", actions.request_hand_in, Ability.OFFER_SPEECH)
class RequestHandIn(_OfSpeech):
    """Which paper is to come, and why late."""

    wish = forms.CharField(label=_("What is to come, and why late"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_speech(self) -> Speech:
        """To a focal point there is no speech of another unit."""
        found: Speech = self.cleaned_data["speech"]
        if self.by.may(Ability.PREPARE) or own_units(self.meeting, self.by).filter(pk=found.unit_id).exists():
            return found
        raise forms.ValidationError(self.fields["speech"].error_messages["invalid_choice"], code="invalid_choice")


@command("hand_in.grant", actions.grant_hand_in, Ability.PREPARE)
class GrantHandIn(_OfSpeech):
    """Until when the unit may hand it in."""

    until = Moment(label=_("May hand in the paper until"), widget=MomentInput)


@command("hand_in.decline", actions.decline_hand_in, Ability.PREPARE)
class DeclineHandIn(_OfSpeech):
    """Why not."""

    answer = forms.CharField(label=_("Answer to the unit"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
