"""The input of the commands on layouts: which number, its value as people type it, where the office has it from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from issuing.forms import Line
from meetings.commands import OfficeForm, office_command
from meetings.procedure import Ability
from minutes.papers.layouts import actions
from minutes.papers.layouts.labels import option_in_words
from printing.adjusting import Number, Value, checked, number
from printing.errors import BadSetting
from printing.profiles import PROFILES

_YES_NO = (("yes", _("yes")), ("no", _("no")))


def read(one: Number, typed: str) -> Value:
    """Return what somebody typed as a value of a number; raise BadSetting with what it may be."""
    if one.options:
        return checked(one, typed)
    if one.span is None:
        return checked(one, {"yes": True, "no": False}.get(typed))
    try:
        return checked(one, float(typed.replace(",", ".")))
    except ValueError:
        return checked(one, None)


class _OfNumber(OfficeForm):
    """A number of a layout."""

    profile = forms.ChoiceField(choices=[(code, code) for code in PROFILES], widget=forms.HiddenInput)
    number = forms.CharField(max_length=60, widget=forms.HiddenInput)


@office_command("layout.set", actions.set_layout, Ability.KEEP_LAYOUTS)
class SetLayout(_OfNumber):
    """Its value, what it was when the page was made, and the source."""

    was = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    value = forms.CharField(label=_("Value"), max_length=40, strip=False, required=False)
    source = Line(
        label=_("Where the office has it from"), max_length=300, help_text=_("Such as the rule with its section and date.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            said = self.data if self.is_bound else self.initial
            self._suit(number(PROFILES[str(said.get("profile"))], str(said.get("number"))))
        except (BadSetting, KeyError):
            pass  # the fields themselves will say so

    def _suit(self, one: Number) -> None:
        """Give the field the look of its number."""
        widget: forms.Widget
        if one.options:
            widget = forms.Select(choices=[(option, option_in_words(option)) for option in one.options])
        elif one.span is None:
            widget = forms.Select(choices=_YES_NO)
        else:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        widget.attrs["class"] = "input"
        self.fields["value"].widget = widget

    def clean(self) -> dict[str, Any]:
        """Return the value as the number's own type."""
        data = super().clean() or {}
        if data.get("profile") and data.get("number"):
            try:
                data["value"] = read(number(PROFILES[data["profile"]], data["number"]), data.get("value", ""))
            except BadSetting as error:
                self.add_error("value", str(error))
        return data


@office_command("layout.reset", actions.reset_layout, Ability.KEEP_LAYOUTS)
class ResetLayout(_OfNumber):
    """Nothing more."""
