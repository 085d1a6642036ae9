"""What an answer looks like: on the page behind the link, and as the secretariat notes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from issuing.answering import actions
from issuing.answering.answers import Answer
from issuing.forms import Line
from issuing.models import Invitation
from meetings.commands import ChoosingForm, command
from meetings.procedure import Ability

State = Invitation.State
ANSWERS = [
    (State.ACCEPTED.value, _("Will come")),
    (State.DECLINED.value, _("Cannot come")),
    (State.SUBSTITUTED.value, _("Sends a substitute")),
    (State.SEEN.value, _("Has received it, answers later")),
]


class AnswerFields(forms.Form):
    """What somebody says to an invitation."""

    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS)
    reason = Line(label=_("Reason"), max_length=300, required=False)
    substitute_name = Line(label=_("Name of the substitute"), max_length=120, required=False)
    substitute_position = Line(label=_("Position of the substitute"), max_length=160, required=False)
    substitute_phone = Line(label=_("Telephone of the substitute"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Who sends somebody says whom."""
        data = super().clean() or {}
        if data.get("answer") == State.SUBSTITUTED and not data.get("substitute_name") and "substitute_name" not in self.errors:
            self.add_error("substitute_name", _("Enter the name of the substitute."))
        return data

    def said(self) -> Answer:
        """Return the answer, without what does not belong to it."""
        data = self.cleaned_data
        if data["answer"] == State.DECLINED:
            return Answer(data["answer"], reason=data["reason"])
        if data["answer"] == State.SUBSTITUTED:
            names = ("substitute_name", "substitute_position", "substitute_phone")
            return Answer(data["answer"], data["reason"], **{name: data[name] for name in names})
        return Answer(data["answer"])


class _OfInvitation(ChoosingForm):
    """Which invitation."""

    choices_of = {"invitation": "invitations"}
    invitation = forms.ModelChoiceField(Invitation.objects.none(), widget=forms.HiddenInput)


@command("invitation.answer", actions.answer_invitation, Ability.ISSUE_PAPERS)
class AnswerInvitation(AnswerFields, _OfInvitation):
    """What somebody said by telephone or through the unit."""

    way = forms.ChoiceField(
        label=_("How it was said"),
        choices=[choice for choice in Invitation.Way.choices if choice[0] != Invitation.Way.LINK],
        initial=Invitation.Way.TELEPHONE,
    )
    field_order = ["invitation", "answer", "way"]

    def arguments(self) -> dict[str, Any]:
        """Return the answer as one."""
        return {"invitation": self.cleaned_data["invitation"], "answer": self.said(), "way": self.cleaned_data["way"]}


@command("substitute.approve", actions.approve_substitute, Ability.ISSUE_PAPERS)
class ApproveSubstitute(_OfInvitation):
    """Whose substitute."""


@command("substitute.refuse", actions.refuse_substitute, Ability.ISSUE_PAPERS)
class RefuseSubstitute(_OfInvitation):
    """Whose substitute."""
