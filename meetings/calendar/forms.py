"""The command on a meeting's calendar."""

from __future__ import annotations

from meetings.calendar import actions
from meetings.commands import CommandForm, command
from meetings.procedure import Ability


@command("calendar.renew", actions.renew_calendar, Ability.PREPARE)
class RenewCalendar(CommandForm):
    """Nothing to fill in."""
