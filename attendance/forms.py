"""The command that marks presence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance import actions
from attendance.models import Presence
from meetings.commands import ChoosingForm, command
from meetings.models import Participant
from meetings.procedure import Ability
from meetings.queries import number_in


class People(forms.ModelMultipleChoiceField):
    """Several participants. A number that no row could have is refused before a database is asked: SQLite cannot take it."""

    def clean(self, value: Any) -> Any:
        """Return the rows."""
        for pk in value or ():
            if number_in(str(pk)) is None:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": pk})
        return super().clean(value)


@command("presence.mark", actions.mark_presence, Ability.MARK_PRESENCE)
class MarkPresence(ChoosingForm):
    """Who, and whether present or absent."""

    choices_of = {"participants": "participants"}
    participants = People(Participant.objects.none(), error_messages={"required": _("Choose at least one person.")})
    state = forms.ChoiceField(choices=Presence.State.choices)

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return {"participants": list(self.cleaned_data["participants"]), "state": self.cleaned_data["state"]}
