"""The input of the commands on invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issuing.forms import Line
from issuing.invitations import actions
from issuing.invitations.wording import LINK, MAIL_PLACEHOLDERS, PLACEHOLDERS, named, unknown
from issuing.models import Invitation, InvitationText
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.forms.moments import Day, Moment
from meetings.models import Participant
from meetings.procedure import Ability

#: What is filled in for each person; the rest stands on the paper as it is typed.
FILLED = (
    "abstract", "opening", "invited", "attending", "chair", "time", "place", "content", "requirements", "reply", "closing",
    "mail_subject", "mail_text",
)  # fmt: skip
_MAIL = ("mail_subject", "mail_text")


class Words(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


@command("invitation_text.edit", actions.edit_invitation_text, Ability.ISSUE_PAPERS)
class EditInvitationText(CommandForm):
    """The words of the invitations; what stands in braces must be known."""

    version = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    abstract = Line(label=_("Abstract under “Giấy mời”"), max_length=400)
    opening = Line(label=_("Who invites"), max_length=300)
    invited = Line(label=_("Who is invited"), max_length=300)
    attending = Line(label="Tới dự", max_length=400, required=False)
    chair = Line(label="Chủ trì", max_length=300, required=False)
    time = Line(label="Thời gian", max_length=300)
    place = Line(label="Địa điểm", max_length=400)
    content = Words(label="Nội dung", max_length=4000, required=False)
    requirements = Words(
        label=_("What is asked of the invited"), max_length=4000, required=False,
        help_text=_("Documents to bring, speeches to prepare, when to be there."),
    )  # fmt: skip
    reply = Words(label=_("How to answer"), max_length=1000, required=False, rows=2)
    closing = Line(label=_("Closing words"), max_length=300, required=False)
    dated_at = Line(label=_("Town the letter is dated at"), max_length=80)
    authority = Line(label=_("Authority"), max_length=120, required=False, help_text=_("Such as T/M …, K/T CHÁNH VĂN PHÒNG."))
    post = Line(label=_("Post of the signer"), max_length=120, required=False)
    signer = Line(label=_("Signer"), max_length=120, required=False, help_text=_("Needed before the letter is issued."))
    recipients = Words(label="Nơi nhận", max_length=2000, required=False, help_text=_("One a line."))
    mail_subject = Line(label=_("Subject of the mail"), max_length=200)
    mail_text = Words(label=_("Text of the mail"), max_length=6000, rows=14)
    answer_by = Moment(label=_("Answers are asked for until"), required=False)
    answers_until = Moment(label=_("Links end"), required=False, help_text=_("Empty: when the meeting is to open."))

    def clean(self) -> dict[str, Any]:
        """Refuse what stands in braces and is unknown, and a mail that leads nowhere."""
        data = super().clean() or {}
        for name in FILLED:
            wrong = unknown(data.get(name, ""), MAIL_PLACEHOLDERS if name in _MAIL else PLACEHOLDERS)
            if wrong:
                words = ", ".join(one if one in "{}" else f"{{{one}}}" for one in wrong)
                self.add_error(name, _("Not known: %(words)s. Choose from the list beside the text.") % {"words": words})
        if data.get("mail_text") and LINK not in named(data["mail_text"]):
            self.add_error("mail_text", _("The mail needs {liên kết}: without it nobody can answer."))
        if LINK in named(data.get("mail_subject", "")):
            self.add_error("mail_subject", _("The address to answer at does not belong into the subject."))
        by, until = data.get("answer_by"), data.get("answers_until")
        if by and until and until < by:
            self.add_error("answers_until", _("The links would end before answers are asked for. Change one of the two."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the words apart from the version."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {"version": self.cleaned_data["version"], "words": words}

    @staticmethod
    def initial_of(row: InvitationText) -> dict[str, Any]:
        """Return a text as the form's initial values."""
        fields = [*EditInvitationText.base_fields]
        return {name: getattr(row, name) for name in fields}


class _Chosen(ChoosingForm):
    """Some of the participants, or all whom it concerns."""

    choices_of = {"participants": "participants"}
    participants = Rows(Participant.objects.none(), required=False)
    everyone = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen."""
        data = super().clean() or {}
        if not data.get("everyone") and not data.get("participants") and "participants" not in self.errors:
            self.add_error("participants", _("Choose at least one person."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return whom it concerns."""
        return self.cleaned_data | {"participants": list(self.cleaned_data.get("participants") or [])}


@command("invitations.issue", actions.issue_invitations, Ability.ISSUE_PAPERS)
class IssueInvitations(_Chosen):
    """Whom to invite, and the date of the letter when it has no number yet."""

    dated = Day(label=_("Date of the letter"), required=False)

    def arguments(self) -> dict[str, Any]:
        """Date it today unless told otherwise."""
        data = super().arguments()
        return data | {"dated": data["dated"] or timezone.localdate()}


@command("invitations.send", actions.send_invitations, Ability.ISSUE_PAPERS)
class SendInvitations(_Chosen):
    """To whom, by mail or on paper."""

    channel = forms.ChoiceField(choices=Invitation.Channel.choices, required=False)

    def arguments(self) -> dict[str, Any]:
        """Send by mail unless told otherwise."""
        data = super().arguments()
        return data | {"channel": data["channel"] or Invitation.Channel.MAIL.value}


@command("invitations.remind", actions.remind_invitations, Ability.ISSUE_PAPERS)
class RemindInvitations(_Chosen):
    """Whom to remind."""


@command("invitations.recall", actions.recall_invitations, Ability.ISSUE_PAPERS)
class RecallInvitations(_Chosen):
    """Whose invitation to recall."""


@command("invitations.print", actions.print_invitations, Ability.ISSUE_PAPERS)
class PrintInvitations(_Chosen):
    """Whose letters to print, as one file or one each."""

    form = forms.ChoiceField(choices=[("pdf", "PDF"), ("zip", "ZIP")], required=False)

    def arguments(self) -> dict[str, Any]:
        """One file unless told otherwise."""
        data = super().arguments()
        return data | {"form": data["form"] or "pdf"}
