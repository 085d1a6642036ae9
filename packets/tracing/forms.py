"""The input of tracing: what somebody could make out of a code, or a line copied from a page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import CommandForm, command
from meetings.procedure import Ability
from packets.tracing.actions import trace_copy
from packets.tracing.codes import part_of


@command("copy.trace", trace_copy, Ability.TRACE_COPIES)
class TraceCopy(CommandForm):
    """A trace code, or at least four letters of it that stand together."""

    letters = forms.CharField(max_length=400, label=_("Trace code"))

    def clean_letters(self) -> str:
        """Return the letters as codes hold them."""
        found = part_of(self.cleaned_data["letters"])
        if not found:
            raise forms.ValidationError(
                _(
                    "No trace code can be made out of this. Type at least four letters that stand together on the copy, ? for "
                    "one that cannot be read."
                )
            )
        return found
