"""The commands on the readiness of a bridge point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.readiness import actions
from attendance.readiness.models import CheckMark, Point, ReadinessCheck
from control.forms import OwnSiteForm
from meetings.commands import ChoosingForm, command
from meetings.procedure import Ability
from people.spelling import CleanField


@command("readiness.begin", actions.begin_readiness, Ability.CHECK_READINESS)
class BeginReadiness(OwnSiteForm):
    """Of which bridge point."""


class OneCheck(ChoosingForm):
    """Which run."""

    choices_of = {"check": "readiness_checks"}
    check = forms.ModelChoiceField(ReadinessCheck.objects.none())


@command("readiness.mark", actions.mark_readiness, Ability.CHECK_READINESS)
class MarkReadiness(OneCheck):
    """Which points of a run (or those of them that nobody has marked), what they came to, and of a fault what it is."""

    points = forms.MultipleChoiceField(label=_("Points"), choices=Point.choices)
    state = forms.ChoiceField(choices=CheckMark.State.choices)
    note = CleanField(label=_("Note"), max_length=300, required=False)
    only_unmarked = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """A fault says what is wrong."""
        data = super().clean() or {}
        if data.get("state") == CheckMark.State.FAULT and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write what is wrong."))
        return data


@command("readiness.sign", actions.sign_readiness, Ability.CHECK_READINESS)
class SignReadiness(OneCheck):
    """Which run; where a fault is left, how the meeting goes on with it."""

    note = CleanField(label=_("Note"), max_length=500, required=False)
