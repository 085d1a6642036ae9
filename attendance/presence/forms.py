"""The commands that mark presence by hand and settle what contradicts."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance.presence import actions, lists
from attendance.presence.models import Presence, PresenceConflict
from meetings.clockwork import read_time
from meetings.commands import ChoosingForm, Rows, command
from meetings.forms.moments import Moment
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability

_DIGITS = re.compile(r"(\d{1,2})[.,]?(\d{2})", re.ASCII)


class Since(Moment):
    """A moment; at a meeting of one day a time of that day alone: 7h30, 7:30, 0730."""

    meeting: Meeting

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment."""
        at = _hour(value) if isinstance(value, str) else None
        day = self._only_day() if at else None
        return super().to_python(datetime.combine(day, at) if day and at else value)

    def _only_day(self) -> date | None:
        days = {timezone.localtime(one.starts_at).date() for one in self.meeting.sittings.all()}
        return days.pop() if len(days) == 1 else None


def _hour(text: str) -> time | None:
    """Return a time of day, also one without a sign between: 0730."""
    found = _DIGITS.fullmatch(text.strip())
    return read_time(f"{found[1]}:{found[2]}" if found else text)


@command("presence.mark", actions.mark_presence, Ability.MARK_PRESENCE)
class MarkPresence(ChoosingForm):
    """Who, and whether present, online, gone or absent; since when and where, if not now and where they belong; why absent.

    `seen`: how they stood when the form was made; one that has become stale is refused.
    `everybody`: instead of chosen people all who are not marked yet, of a list narrowed as the page was (q, site, group, unit).
    """

    choices_of = {"participants": "participants", "bridge_point": "bridge_points"}
    participants = Rows(Participant.objects.none(), required=False)
    everybody = forms.BooleanField(required=False)
    q, site, group, unit = (forms.CharField(required=False, max_length=400) for _word in range(4))
    state = forms.ChoiceField(choices=Presence.State.choices)
    at = Since(required=False, label=_("Since when"), help_text=_("Empty: now."))
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False, label=_("Bridge point"))
    reason = forms.CharField(
        required=False, max_length=300, label=_("Reason of the absence"),
        help_text=_("Seen by the secretariat and this bridge point alone; never in the minutes."),
    )  # fmt: skip

    seen = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].meeting = self.meeting  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen."""
        data = super().clean() or {}
        if not data.get("participants") and not data.get("everybody") and "participants" not in self.errors:
            self.add_error("participants", _("Choose at least one person."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list; of everybody those who are still not marked when it is done."""
        data = self.cleaned_data
        people = list(lists.unmarked(self.meeting, self.by, data) if data["everybody"] else data["participants"])
        more = {name: data[name] for name in ("state", "at", "bridge_point", "reason", "seen")}
        return {"participants": people, "unmarked_only": data["everybody"]} | more


@command("conflict.settle", actions.settle_conflict, Ability.MARK_PRESENCE)
class SettleConflict(ChoosingForm):
    """Which contradiction, and how the person really stands (`state` empty: as they stand now)."""

    choices_of = {"conflict": "presence_conflicts", "bridge_point": "bridge_points"}
    conflict = forms.ModelChoiceField(PresenceConflict.objects.none())
    state = forms.ChoiceField(choices=[("", ""), *Presence.State.choices], required=False)
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), required=False)
