"""The commands on incidents. A moment is what the page's clock showed at the press, or a time of day that somebody typed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from control.forms import OwnSiteForm
from control.incidents import actions
from control.incidents.models import Incident
from meetings import clock, lateness
from meetings.commands import ChoosingForm, command
from meetings.models import Meeting
from meetings.procedure import Ability
from people.spelling import CleanField

_TIME = re.compile(r"(\d{1,2})[:hg.](\d{2})(?::(\d{2}))?")
HALF_A_DAY = timedelta(hours=12)
WHEN = _("A time of day such as 09:25 is needed.")


def moment_of(meeting: Meeting, text: str) -> datetime | None:
    """Return the moment of the meeting's day that is meant, nothing for no text; raise ValueError for what is none.

    A time of day that would be late this evening was yesterday's, when that is nearer.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return lateness.read(text.strip())
    now = timezone.localtime(clock.now(meeting))
    hour, minute, second = (int(part or 0) for part in found.groups())
    at = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return at - timedelta(days=1) if at - now > HALF_A_DAY else at


class MomentForm(forms.Form):
    """A form with a moment of one's own side, by the name in `moment`."""

    moment = ""
    meeting: Meeting

    def clean(self) -> dict[str, Any]:
        """Read the moment."""
        data = super().clean() or {}
        try:
            data[self.moment] = moment_of(self.meeting, data.get(self.moment, ""))
        except ValueError:
            self.add_error(self.moment, WHEN)
        return data


@command("incident.open", actions.open_incident, Ability.REPORT_INCIDENTS)
class OpenIncident(MomentForm, OwnSiteForm):
    """What has gone wrong, where, and since when."""

    moment = "began_at"
    kind = forms.ChoiceField(label=_("Incident"), choices=Incident.Kind.choices)
    note = CleanField(label=_("Note"), max_length=300, required=False)
    began_at = forms.CharField(label=_("Since when"), max_length=lateness.LONGEST, required=False)


class OneIncident(ChoosingForm):
    """Which incident."""

    choices_of = {"incident": "incidents"}
    incident = forms.ModelChoiceField(Incident.objects.none())


@command("incident.confirm", actions.confirm_incident, Ability.REPORT_INCIDENTS)
class ConfirmIncident(MomentForm, OneIncident):
    """Which incident, and since when it is so on one's own side."""

    moment = "began_at"
    began_at = forms.CharField(label=_("Since when"), max_length=lateness.LONGEST, required=False)


@command("incident.end", actions.end_incident, Ability.REPORT_INCIDENTS)
class EndIncident(MomentForm, OneIncident):
    """Which incident, and when it ended on one's own side."""

    moment = "ended_at"
    ended_at = forms.CharField(label=_("Until when"), max_length=lateness.LONGEST, required=False)


@command("incident.close", actions.close_incident, Ability.REPORT_INCIDENTS)
class CloseIncident(MomentForm, OneIncident):
    """Which incident, and when it ended as the control room has it."""

    moment = "ended_at"
    ended_at = forms.CharField(label=_("Until when"), max_length=lateness.LONGEST, required=False)
