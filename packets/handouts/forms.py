"""The commands on paper copies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability
from packets.handouts import actions
from packets.models import Document, HandOut
from people.spelling import clean


@command("copy.issue", actions.issue_copy, Ability.PREPARE)
class IssueCopy(ChoosingForm):
    """Of which paper, to whom, and with which number it begins (empty: after the highest so far)."""

    choices_of = {"document": "documents", "participants": "participants", "bridge_points": "bridge_points"}
    document = forms.ModelChoiceField(Document.objects.none(), widget=forms.HiddenInput)
    participants = Rows(Participant.objects.none(), required=False)
    bridge_points = Rows(BridgePoint.objects.none(), required=False)
    first = forms.IntegerField(
        label=_("First number"), min_value=1, max_value=actions.LARGEST_NUMBER, required=False,
        help_text=_("As it is written on the copies. Empty: after the highest number so far."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        participants: forms.ModelMultipleChoiceField = self.fields["participants"]  # type: ignore[assignment]
        participants.queryset = self.meeting.participants.order_by("bridge_point__number", "pk")


@command("copy.collect", actions.collect_copy, Ability.PREPARE)
class CollectCopy(CommandForm):
    """Which copies have come back."""

    copies = Rows(HandOut.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelMultipleChoiceField = self.fields["copies"]  # type: ignore[assignment]
        field.queryset = HandOut.objects.filter(document__meeting=self.meeting)
        field.error_messages["required"] = _("Choose the copies that have come back.")


@command("copy.lose", actions.lose_copy, Ability.PREPARE)
class LoseCopy(CommandForm):
    """Which copies were reported lost, and how that came about."""

    copies = Rows(HandOut.objects.none())
    why = forms.CharField(
        label=_("How it was lost"), max_length=500,
        help_text=_("When, where, and who reports it. Nothing of what the paper says."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelMultipleChoiceField = self.fields["copies"]  # type: ignore[assignment]
        field.queryset = HandOut.objects.filter(document__meeting=self.meeting)
        field.error_messages["required"] = _("Choose the copies that were reported lost.")

    def clean_why(self) -> str:
        """Return the words as they are kept; white space alone is no reason."""
        words = clean(self.cleaned_data["why"])
        if not words:
            raise forms.ValidationError(self.fields["why"].error_messages["required"], code="required")
        return words
