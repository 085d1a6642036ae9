"""The command that marks presence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.presence import actions
from attendance.presence.models import Presence
from meetings.commands import ChoosingForm, Rows, command
from meetings.models import Participant
from meetings.procedure import Ability


@command("presence.mark", actions.mark_presence, Ability.MARK_PRESENCE)
class MarkPresence(ChoosingForm):
    """Who, and whether present or absent."""

    choices_of = {"participants": "participants"}
    participants = Rows(Participant.objects.none(), error_messages={"required": _("Choose at least one person.")})
    state = forms.ChoiceField(choices=Presence.State.choices)

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return {"participants": list(self.cleaned_data["participants"]), "state": self.cleaned_data["state"]}
