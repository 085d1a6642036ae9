"""The input of the commands on rehearsals."""

from __future__ import annotations

from django import forms

from meetings.commands import CommandForm, command
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.rehearsal import actions


@command("meeting.rehearse", actions.rehearse_meeting, Ability.PREPARE, leads_to=Meeting.get_absolute_url)
class RehearseMeeting(CommandForm):
    """Nothing but the wish."""


@command("rehearsal.end", actions.end_rehearsal, Ability.PREPARE, leads_to=Meeting.get_absolute_url)
class EndRehearsal(CommandForm):
    """Which rehearsal is meant."""

    rehearsal = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
