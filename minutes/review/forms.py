"""The input of the commands of a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.forms.moments import Moment
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability
from minutes.blocks.fields import RichText
from minutes.blocks.forms import read_journal
from minutes.blocks.overlay import ONE_LINE
from minutes.models import Circulated, Circulation, Remark
from minutes.review.actions import remarks, rounds
from minutes.review.passages import cleaned, passages_of
from minutes.review.rewriting import Rewording
from texts.reading import from_plain

KEY_LIMIT, QUOTE_LIMIT, TEXT_LIMIT, NOTE_LIMIT, HEADING_LIMIT, LINE_LIMIT = 40, 2_000, 4_000, 1_000, 400, 2_000
GONE = _("This has been removed by somebody else in the meantime. Reload the page.")
VERSION = 2**31 - 1


class Typed(forms.CharField):
    """What somebody types: composed, without control signs and marks that turn the direction of what follows."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        return cleaned(str(super().to_python(value) or ""))


class _OfRow(CommandForm):
    """A row of the meeting's reviews, by the name of its field and the way from it to the meeting."""

    chosen: str
    way: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Any] = self.fields[self.chosen]  # type: ignore[assignment]
        assert field.queryset is not None
        field.queryset = field.queryset.model._default_manager.filter(**{self.way: self.meeting})
        field.error_messages["invalid_choice"] = GONE


class _OfRound(_OfRow):
    chosen, way = "circulation", "minutes__meeting"
    circulation = forms.ModelChoiceField(Circulation.objects.none(), widget=forms.HiddenInput)


class _OfRemark(_OfRow):
    chosen, way = "remark", "circulation__minutes__meeting"
    remark = forms.ModelChoiceField(Remark.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=VERSION, widget=forms.HiddenInput)


class _OfReader(_OfRow):
    chosen, way = "reader", "circulation__minutes__meeting"
    reader = forms.ModelChoiceField(Circulated.objects.none(), widget=forms.HiddenInput)


@command("circulation.open", rounds.open_circulation, Ability.WRITE_MINUTES)
class OpenCirculation(ChoosingForm):
    """To whom the minutes go, until when, and what is asked of them."""

    choices_of = {"bridge_points": "bridge_points", "participants": "participants"}
    everywhere = forms.BooleanField(label=_("Every bridge point of the highest level"), required=False)
    bridge_points = Rows(BridgePoint.objects.none(), label=_("Bridge points"), required=False)
    participants = Rows(Participant.objects.none(), label=_("Named people"), required=False)
    deadline = Moment(label=_("Remarks until"))
    note = Typed(
        label=_("What you ask of the readers"), max_length=NOTE_LIMIT, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands above the text, and in the mail. Nothing confidential: mail goes through foreign hands."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Return the rows in their order."""
        data = self.cleaned_data
        sites = data["bridge_points"].order_by("number") if data["bridge_points"] else []
        people = data["participants"].order_by("pk") if data["participants"] else []
        return data | {"bridge_points": list(sites), "participants": list(people)}


@command("circulation.extend", rounds.extend_circulation, Ability.WRITE_MINUTES)
class ExtendCirculation(_OfRound):
    """Until when instead."""

    deadline = Moment(label=_("Remarks until"))


@command("circulation.remind", rounds.remind_circulation, Ability.WRITE_MINUTES)
class RemindCirculation(_OfRound):
    """Whom: all who have said nothing, or of them those named."""

    readers = Rows(Circulated.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelMultipleChoiceField[Circulated] = self.fields["readers"]  # type: ignore[assignment]
        field.queryset = Circulated.objects.filter(circulation__minutes__meeting=self.meeting)

    def arguments(self) -> dict[str, Any]:
        """Return the round and the readers."""
        return self.cleaned_data | {"readers": list(self.cleaned_data["readers"] or ())}


@command("circulation.close", rounds.close_circulation, Ability.WRITE_MINUTES)
class CloseCirculation(_OfRound):
    """Which round."""


@command("circulation.agree", rounds.agree_circulation, Ability.REMARK_ON_MINUTES)
class AgreeCirculation(_OfReader):
    """Which reader has no further remark."""


@command("remark.add", remarks.add_remark, Ability.REMARK_ON_MINUTES)
class AddRemark(_OfReader):
    """As which reader, on which block, on which of its words, what."""

    key = forms.CharField(max_length=KEY_LIMIT, widget=forms.HiddenInput)
    quote = Typed(label=_("The passage"), max_length=QUOTE_LIMIT, required=False, widget=forms.HiddenInput)
    text = Typed(label=_("Your remark"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 4}))


@command("remark.change", remarks.change_remark, Ability.REMARK_ON_MINUTES)
class ChangeRemark(_OfRemark):
    """New words of an own remark."""

    text = Typed(label=_("Your remark"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 4}))


@command("remark.withdraw", remarks.withdraw_remark, Ability.REMARK_ON_MINUTES)
class WithdrawRemark(_OfRemark):
    """Which own remark."""


@command("remark.take", remarks.take_remark, Ability.WRITE_MINUTES, before=read_journal)
class TakeRemark(_OfRemark):
    """Which remark; with `rewrites` the new words of its block, over which version; perhaps a word to its reader."""

    answer = Typed(label=_("A word to the reader"), max_length=TEXT_LIMIT, required=False, widget=forms.Textarea({"rows": 2}))
    rewrites = forms.BooleanField(required=False)
    block_version = forms.IntegerField(min_value=0, max_value=VERSION, required=False)
    heading = forms.CharField(label=_("Heading"), max_length=HEADING_LIMIT, required=False)
    body = RichText(label=_("Text"), plain="text", required=False)
    seen = forms.CharField(max_length=16, required=False)

    def clean(self) -> dict[str, Any]:
        """New words are those of a line, or of a document, as the block is one."""
        data = super().clean() or {}
        remark = data.get("remark")
        if not data.get("rewrites") or remark is None:
            self.errors.pop("body", None)
            return data | {"rewrites": False}
        if data.get("block_version") is None:
            self.add_error("block_version", _("Reload the page and try again."))
        kind = next((one.kind for one in passages_of(remark.circulation.snapshot) if one.key == remark.key), "")
        if kind in ONE_LINE:
            data["body"], data["text"] = None, self._line()
        elif data.get("body") is None and "body" not in self.errors:
            data["body"] = from_plain("")
        return data

    def _line(self) -> str:
        self.errors.pop("body", None)
        text = cleaned(str(self.data.get("text", "")))
        if len(text) > LINE_LIMIT:
            self.add_error("body", _("This is too long for one line of the paper."))
        return text

    def arguments(self) -> dict[str, Any]:
        """Return the remark, and the new words if there are any."""
        data = self.cleaned_data
        new = None
        if data["rewrites"]:
            new = Rewording(data["block_version"], data["heading"], data.get("text", ""), data["body"], data["seen"])
        return {"remark": data["remark"], "version": data["version"], "rewording": new, "answer": data["answer"]}


@command("remark.answer", remarks.answer_remark, Ability.WRITE_MINUTES)
class AnswerRemark(_OfRemark):
    """Why the minutes stay as they are."""

    answer = Typed(label=_("Why it stays as it is"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 3}))


@command("remark.reopen", remarks.reopen_remark, Ability.WRITE_MINUTES)
class ReopenRemark(_OfRemark):
    """Which remark waits again."""
