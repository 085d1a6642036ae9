"""The input of the commands on issued papers and their recipients."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from issuing.forms import Line, lines_of
from meetings.commands import ChoosingForm, Rows, command
from meetings.forms.moments import Day
from meetings.models import BridgePoint, Participant, ParticipantGroup
from meetings.procedure import Ability
from minutes.issuance import actions, filing, recipients, trial
from minutes.issuance.recipients import LONGEST, MOST_LINES, Picked
from minutes.models import Delivery, OfficialPaper
from people.models import Organisation

LARGEST = 2**31 - 1
FREE_LINES = 20


class Words(forms.CharField):
    """Recipients in words, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the lines that say something; refuse too many, and too long ones."""
        lines = [one.lstrip("-– ").rstrip(" ;,.") for one in lines_of(super().clean(value), at_most=FREE_LINES + 1)]
        lines = [one for one in lines if one]
        if len(lines) > FREE_LINES:
            raise forms.ValidationError(_("At most %(count)d lines.") % {"count": FREE_LINES})
        if any(len(one) > LONGEST for one in lines):
            raise forms.ValidationError(_("A line has at most %(count)d letters.") % {"count": LONGEST})
        return lines


class _OfPaper(ChoosingForm):
    """Which paper."""

    choices_of = {"paper": "official_papers"}
    paper = forms.ModelChoiceField(OfficialPaper.objects.none(), widget=forms.HiddenInput)


@command("recipients.set", actions.set_recipients, Ability.ISSUE_PAPERS)
class SetRecipients(_OfPaper):
    """Who gets a paper: units, places, roles, groups, people, and lines in words before and after them; the archive last."""

    choices_of = {
        "paper": "official_papers", "bridge_points": "bridge_points", "groups": "groups", "participants": "participants",
    }  # fmt: skip
    version = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    above = Words(label=_("First, in words"), help_text=_("One a line: superior bodies, such as “Ban Bí thư (để báo cáo)”."))
    units = Rows(Organisation.objects.filter(is_closed=False), label=_("Units of the directory"), required=False)
    all_sites = forms.BooleanField(label=_("All bridge points"), required=False)
    bridge_points = Rows(BridgePoint.objects.none(), label=_("Bridge points"), required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=list(recipients.ROLES.items()), required=False)
    groups = Rows(ParticipantGroup.objects.none(), label=_("Groups"), required=False)
    participants = Rows(Participant.objects.none(), label=_("Named people"), required=False)
    below = Words(label=_("Then, in words"), help_text=_("One a line: who is not in the system, and gets it on paper."))
    archive = Line(label=_("Archive"), max_length=LONGEST, required=False, help_text=_("The last line, such as “Lưu Văn phòng”."))

    def clean(self) -> dict[str, Any]:
        """A paper goes to somebody, and the last line is the archive's."""
        data = super().clean() or {}
        archive = data.get("archive", "")
        if archive and not archive.casefold().startswith("lưu"):
            self.add_error("archive", _("The line of the archive begins with “Lưu”."))
        if self.errors:
            return data
        data["lines"] = recipients.lines_of(self._picked(data))
        if not data["lines"]:
            self.add_error(None, _("Choose at least one recipient."))
        elif len(data["lines"]) > MOST_LINES:
            self.add_error(
                None, _("At most %(count)d lines. Take groups or “all bridge points” instead.") % {"count": MOST_LINES}
            )
        return data

    @staticmethod
    def _picked(data: dict[str, Any]) -> Picked:
        return Picked(
            units=sorted(data["units"], key=lambda one: (one.code, one.name)), all_sites=data["all_sites"],
            bridge_points=sorted(data["bridge_points"], key=lambda one: one.number), roles=data["roles"],
            groups=sorted(data["groups"], key=lambda one: one.number), participants=list(data["participants"]),
            above=data["above"], below=data["below"], archive=data["archive"].rstrip(" ;,."),
        )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Return the paper and its lines."""
        return {name: self.cleaned_data[name] for name in ("paper", "version", "lines")}


class EarlierPaper(forms.ModelChoiceField):
    """An earlier paper, by number, date and abstract, as people know it."""

    def label_from_instance(self, obj: Any) -> str:
        """Return number, date and abstract, and whether it was recalled."""
        words = filing.label_of(obj)
        return _("%(paper)s (recalled)") % {"paper": words} if obj.state == OfficialPaper.State.RECALLED else words


@command("paper.issue", actions.issue_paper, Ability.ISSUE_PAPERS, trial=trial.try_to_print)
class IssuePaper(_OfPaper):
    """The paper as it was read, its date, whether mails go out, and which paper it takes the place of."""

    choices_of = {"paper": "official_papers", "replaces": "official_papers"}
    version = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    dated = Day(label=_("Date of the paper"))
    by_mail = forms.BooleanField(
        label=_("Mail to whoever has an address"), required=False, help_text=_("It names number and date and leads to the paper.")
    )
    with_file = forms.BooleanField(
        label=_("The mail brings the PDF along"), required=False, help_text=_("Mails go through foreign hands.")
    )
    replaces = EarlierPaper(
        OfficialPaper.objects.none(), label=_("Takes the place of"), required=False, empty_label=_("no earlier paper"),
        help_text=_("The earlier paper is recalled with this."),
    )  # fmt: skip


@command("paper.recall", actions.recall_paper, Ability.ISSUE_PAPERS)
class RecallPaper(_OfPaper):
    """Which paper, and why: its recipients read the reason."""

    reason = Line(label=_("Reason"), max_length=400)


@command("recipients.remind", actions.remind_recipients, Ability.ISSUE_PAPERS)
class RemindRecipients(_OfPaper):
    """Whose recipients."""


@command("delivery.mark", actions.mark_delivery, Ability.ISSUE_PAPERS)
class MarkDelivery(ChoosingForm):
    """Which recipient has the paper, or has it not."""

    delivery = forms.ModelChoiceField(
        Delivery.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This has been removed by somebody else in the meantime. Reload the page.")},
    )
    seen = forms.TypedChoiceField(choices=[("yes", _("yes")), ("no", _("no"))], coerce=lambda value: value == "yes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Delivery] = self.fields["delivery"]  # type: ignore[assignment]
        field.queryset = Delivery.objects.filter(paper__meeting=self.meeting)
