"""The commands on polls."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import AgendaItem
from attendance.models import Body
from meetings.commands import ChoosingForm, command
from meetings.models import Participant
from meetings.procedure import Ability
from voting.majority import Majority
from voting.polls import actions
from voting.polls.actions import CODES, Question
from voting.polls.models import Poll, PollOption

_PART = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")
OPTIONS_AT_MOST = 60
#: The majorities rules of procedure usually ask for; "own" is another part.
MAJORITIES: dict[str, tuple[int, int, bool]] = {
    "half": (1, 2, True), "two_thirds": (2, 3, False), "over_two_thirds": (2, 3, True), "three_quarters": (3, 4, False),
    "all": (1, 1, False),
}  # fmt: skip
_MAJORITY_WORDS = [
    ("half", _("more than half")), ("two_thirds", _("at least two thirds")), ("over_two_thirds", _("more than two thirds")),
    ("three_quarters", _("at least three quarters")), ("all", _("all")), ("own", _("another part")),
]  # fmt: skip


class QuestionFields(ChoosingForm):
    """The words and rules of a poll."""

    choices_of = {"item": "items", "body": "bodies"}

    question = forms.CharField(label=_("Question"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    note = forms.CharField(label=_("Explanation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Item of the programme"), required=False)
    occasion = forms.ChoiceField(
        label=pgettext_lazy("poll", "Answered"), choices=Poll.Occasion.choices, initial=Poll.Occasion.ROOM
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Poll.Kind.choices, initial=Poll.Kind.MOTION)
    words_for = forms.CharField(label=_("Words for “for”"), max_length=200, required=False, initial=PollOption.Code.FOR.label)
    words_against = forms.CharField(
        label=_("Words for “against”"), max_length=200, required=False, initial=PollOption.Code.AGAINST.label
    )
    words_abstain = forms.CharField(
        label=_("Words for “abstain”"), max_length=200, required=False, initial=PollOption.Code.ABSTAIN.label
    )
    options = forms.CharField(
        label=_("What can be chosen, one a line"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    least_choices = forms.IntegerField(label=_("Choose at least"), min_value=1, max_value=OPTIONS_AT_MOST, initial=1)
    most_choices = forms.IntegerField(label=_("Choose at most"), min_value=1, max_value=OPTIONS_AT_MOST, initial=1)
    seats = forms.IntegerField(
        label=_("How many are to be chosen"), min_value=1, max_value=OPTIONS_AT_MOST, required=False,
        help_text=_("Empty: all with enough votes."),
    )  # fmt: skip
    is_secret = forms.BooleanField(label=_("Secret ballot"), required=False)
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Who votes"), required=False, empty_label=_("The chair and all delegates")
    )
    majority = forms.ChoiceField(label=_("Majority"), choices=_MAJORITY_WORDS, initial="half")
    part = forms.CharField(label=_("Another part"), max_length=9, required=False, help_text=_("Such as 3/5."))
    is_strict = forms.BooleanField(label=_("more than this part, not at least"), required=False)
    base = forms.ChoiceField(label=pgettext_lazy("majority", "Taken"), choices=Poll.Base.choices, initial=Poll.Base.PRESENT)
    proxies_at_most = forms.IntegerField(
        label=_("Votes for others one may cast"), min_value=0, max_value=20, initial=0, required=False,
        help_text=_("0: no proxies."),
    )  # fmt: skip
    takes_remarks = forms.BooleanField(label=_("A remark can be added"), required=False)

    def clean(self) -> dict[str, Any]:
        """A choice needs at least two options, each once; a majority of another part is a fraction."""
        data = super().clean() or {}
        if data.get("kind") == Poll.Kind.CHOICE:
            self._clean_options(data)
        else:
            self._clean_words(data)
        if data.get("majority") == "own":
            self._clean_part(data)
        if data.get("occasion") == Poll.Occasion.SLIP and data.get("base") == Poll.Base.PRESENT:
            told = _("Nobody is present when slips are handed in. Take the majority of all who may vote, or of the votes cast.")
            self.add_error("base", told)
        if data.get("is_secret") and data.get("proxies_at_most"):
            self.add_error("proxies_at_most", _("Nobody votes in secret for somebody else."))
        return data

    def _clean_words(self, data: dict[str, Any]) -> None:
        seen: set[str] = set()
        for code in CODES:
            words = " ".join((data.get(f"words_{code}") or str(code.label)).split()).casefold()
            if words in seen:
                self.add_error(f"words_{code}", _("The same stands there twice."))
            seen.add(words)

    def _clean_options(self, data: dict[str, Any]) -> None:
        lines = [" ".join(line.split()) for line in (data.get("options") or "").splitlines() if line.strip()]
        least, most = data.get("least_choices") or 1, data.get("most_choices") or 1
        if len(lines) < 2:
            self.add_error("options", _("Write at least two, one a line."))
        elif len(lines) > OPTIONS_AT_MOST:
            self.add_error("options", _("A poll has at most %(limit)d options.") % {"limit": OPTIONS_AT_MOST})
        elif len({line.casefold() for line in lines}) < len(lines):
            self.add_error("options", _("The same stands there twice."))
        elif any(len(line) > 200 for line in lines):
            self.add_error("options", _("An option has at most 200 characters."))
        elif not least <= most <= len(lines):
            self.add_error("most_choices", _("Not more than there are options, and not less than the least."))
        elif (data.get("seats") or 0) > len(lines):
            self.add_error("seats", _("There are not that many options."))
        data["lines"] = lines

    def _clean_part(self, data: dict[str, Any]) -> None:
        found = _PART.fullmatch(data.get("part") or "")
        top, bottom = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 0 < top <= bottom or (data.get("is_strict") and top == bottom):
            self.add_error("part", _("Write the part as a fraction of less than 1, such as 3/5."))
        data["own"] = (top, bottom, bool(data.get("is_strict")))

    def question_asked(self) -> Question:
        """Return the question that was given."""
        data = self.cleaned_data
        top, bottom, is_strict = MAJORITIES.get(data["majority"]) or data["own"]
        words = [(code, data[f"words_{code}"] or str(code.label)) for code in CODES]
        options = words if data["kind"] == Poll.Kind.MOTION else [("", line) for line in data["lines"]]
        return Question(
            question=" ".join(data["question"].split()), note=data["note"], item=data["item"], occasion=data["occasion"],
            kind=data["kind"], is_secret=data["is_secret"], body=data["body"], options=options,
            rule=Majority(data["base"], top, bottom, is_strict), least_choices=data["least_choices"],
            most_choices=data["most_choices"], seats=data["seats"], proxies_at_most=data["proxies_at_most"] or 0,
            takes_remarks=data["takes_remarks"],
        )  # fmt: skip


@command("poll.add", actions.add_poll, Ability.RUN_POLLS, leads_to=Poll.get_absolute_url)
class AddPoll(QuestionFields):
    """A new question; `again_of`: the one it puts once more."""

    choices_of = {**QuestionFields.choices_of, "again_of": "polls"}
    again_of = forms.ModelChoiceField(Poll.objects.none(), required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return the question."""
        return {"question": self.question_asked(), "again_of": self.cleaned_data["again_of"]}


class OnePoll(ChoosingForm):
    """Which poll."""

    choices_of = {"poll": "polls"}
    poll = forms.ModelChoiceField(Poll.objects.none(), widget=forms.HiddenInput)


class SeenPoll(OnePoll):
    """Which poll, as the actor has read it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@command("poll.edit", actions.edit_poll, Ability.RUN_POLLS, leads_to=Poll.get_absolute_url)
class EditPoll(QuestionFields, SeenPoll):
    """Other words and rules of a prepared poll."""

    choices_of = {**QuestionFields.choices_of, **OnePoll.choices_of}

    def arguments(self) -> dict[str, Any]:
        """Return the poll as it was read, and the question."""
        data = self.cleaned_data
        return {"poll": data["poll"], "version": data["version"], "question": self.question_asked()}


@command("poll.remove", actions.remove_poll, Ability.RUN_POLLS)
class RemovePoll(OnePoll):
    """Which prepared poll goes."""


class _Until(ChoosingForm):
    """Until when: minutes from now, or a moment."""

    minutes = forms.IntegerField(label=_("Ends in minutes"), min_value=1, max_value=600, required=False)
    closes_at = forms.DateTimeField(label=_("Ends at"), required=False, input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"])

    def until(self) -> dict[str, Any]:
        """Return the end: `minutes` are counted by the action, from the moment it has the lock."""
        return {"minutes": self.cleaned_data["minutes"], "closes_at": self.cleaned_data["closes_at"]}


@command("poll.open", actions.open_poll, Ability.RUN_POLLS)
class OpenPoll(_Until, SeenPoll):
    """Which poll begins, and until when ballots are taken."""

    def arguments(self) -> dict[str, Any]:
        """Return the poll as it was read, and its end."""
        return {"poll": self.cleaned_data["poll"], "version": self.cleaned_data["version"], **self.until()}


@command("poll.extend", actions.extend_poll, Ability.RUN_POLLS)
class ExtendPoll(_Until, OnePoll):
    """Which open poll ends at another moment."""

    def arguments(self) -> dict[str, Any]:
        """Return the poll and its new end."""
        return {"poll": self.cleaned_data["poll"], **self.until()}


@command("poll.close", actions.close_poll, Ability.RUN_POLLS)
class ClosePoll(OnePoll):
    """Which poll ends."""


@command("poll.declare", actions.declare_poll, Ability.RUN_POLLS)
class DeclarePoll(OnePoll):
    """Whose result is declared."""


@command("poll.cancel", actions.cancel_poll, Ability.RUN_POLLS)
class CancelPoll(OnePoll):
    """Which poll ends without a result, and why."""

    why = forms.CharField(label=_("Why it is cancelled"), max_length=300)


@command("mandate.withdraw", actions.withdraw_mandate, Ability.RUN_POLLS)
class WithdrawMandate(OnePoll):
    """Whose vote in which poll is taken away, and why."""

    choices_of = {**OnePoll.choices_of, "participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none(), widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why the vote is withdrawn"), max_length=300)
