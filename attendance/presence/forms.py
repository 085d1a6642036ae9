"""The commands that mark presence by hand and settle what contradicts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.presence import actions
from attendance.presence.models import Presence, PresenceConflict
from meetings.commands import ChoosingForm, Rows, command
from meetings.forms.moments import Moment
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability


@command("presence.mark", actions.mark_presence, Ability.MARK_PRESENCE)
class MarkPresence(ChoosingForm):
    """Who, and whether present, online, gone or absent; since when and where, if not now and where they belong; why absent."""

    choices_of = {"participants": "participants", "bridge_point": "bridge_points"}
    participants = Rows(Participant.objects.none(), error_messages={"required": _("Choose at least one person.")})
    state = forms.ChoiceField(choices=Presence.State.choices)
    at = Moment(required=False, label=_("Since when"), help_text=_("Empty: now."))
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False, label=_("Bridge point"))
    reason = forms.CharField(
        required=False, max_length=300, label=_("Reason"), help_text=_("Of an absence. Seen by the secretariat and the bridge point.")
    )

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return self.cleaned_data | {"participants": list(self.cleaned_data["participants"])}


@command("conflict.settle", actions.settle_conflict, Ability.MARK_PRESENCE)
class SettleConflict(ChoosingForm):
    """Which contradiction, and how the person really stands (`state` empty: as they stand now)."""

    choices_of = {"conflict": "presence_conflicts", "bridge_point": "bridge_points"}
    conflict = forms.ModelChoiceField(PresenceConflict.objects.none())
    state = forms.ChoiceField(choices=[("", ""), *Presence.State.choices], required=False)
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False)
