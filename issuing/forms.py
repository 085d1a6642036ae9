"""The input of the commands on registers and numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issuing import actions
from issuing.models import IssuedDocument, NumberRegister, PaperType
from issuing.numbering import LARGEST_NUMBER
from meetings.commands import OfficeForm, office_command
from meetings.forms.moments import Day
from meetings.procedure import Ability
from people.models import Organisation
from people.spelling import clean


class Line(forms.CharField):
    """One line of text, cleaned as names are."""

    def clean(self, value: Any) -> Any:
        """Return it composed, without double spaces."""
        return super().clean(clean(value) if isinstance(value, str) else value)


def lines_of(text: str, *, at_most: int = 40) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for line in map(clean, text.splitlines()) if line][:at_most]


@office_command("register.open", actions.open_register, Ability.KEEP_REGISTERS)
class OpenRegister(OfficeForm):
    """A register of one body, type and period."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Issuing body"))
    paper_type = forms.ChoiceField(label=_("Type of paper"), choices=PaperType.choices)
    period = Line(label=_("Period"), max_length=80, help_text=_("Party body: the term, such as 2025–2030. State body: the year."))
    since = Day(label=_("From"))
    until = Day(label=_("Until"), required=False, help_text=_("Leave it empty while the end is not known."))
    first = forms.IntegerField(
        label=_("First number"), min_value=1, max_value=LARGEST_NUMBER, initial=1,
        help_text=_("Begin in the middle of a period with the number that comes next."),
    )  # fmt: skip
    symbol = Line(label=_("Letters in the number"), max_length=30, required=False, help_text=_("Empty: those of the body."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE).filter(is_closed=False)

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins; a State body's is one calendar year."""
        data = super().clean() or {}
        since, until, body = data.get("since"), data.get("until"), data.get("organisation")
        if since and until and until < since:
            self.add_error("until", _("The end is before the start. Change it."))
        elif body and since and body.body == Organisation.Body.STATE and (not until or until.year != since.year):
            self.add_error("until", _("A State body numbers by calendar year. Enter a day of the same year."))
        return data


class _OfRegister(OfficeForm):
    """A number of a register, and the paper that gets it."""

    register = forms.ModelChoiceField(NumberRegister.objects.filter(is_disposable=False), widget=forms.HiddenInput)
    abstract = Line(label=_("Abstract"), max_length=400)
    dated = Day(label=_("Date of the paper"))
    signer = Line(label=_("Signer"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].initial = timezone.localdate


@office_command("number.give", actions.give_number, Ability.KEEP_REGISTERS)
class GiveNumber(_OfRegister):
    """A paper that was written outside this system's pages and is numbered here."""

    recipients = forms.CharField(
        label=_("Recipients"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Return the recipients line by line."""
        return self.cleaned_data | {"recipients": lines_of(self.cleaned_data["recipients"])}


@office_command("number.reserve", actions.reserve_number, Ability.KEEP_REGISTERS)
class ReserveNumber(_OfRegister):
    """An urgent paper that has its number already, by hand."""

    reason = Line(label=_("Why outside the system"), max_length=400, required=False)


@office_command("number.cancel", actions.cancel_number, Ability.KEEP_REGISTERS)
class CancelNumber(OfficeForm):
    """Which paper, and why."""

    document = forms.ModelChoiceField(IssuedDocument.objects.select_related("register"), widget=forms.HiddenInput)
    reason = Line(label=_("Reason"), max_length=400)
    replacement = forms.IntegerField(
        label=_("Replaced by number"), required=False, min_value=1, max_value=LARGEST_NUMBER,
        help_text=_("Of the same register; leave it empty when nothing takes its place."),
    )  # fmt: skip
