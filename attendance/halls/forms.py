"""The commands on head counts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.halls import actions
from control.forms import OwnSiteForm
from meetings.commands import command
from meetings.procedure import Ability

MOST = 100_000


@command("hall_count.enter", actions.enter_hall_count, Ability.MARK_PRESENCE)
class EnterHallCount(OwnSiteForm):
    """How many are there, of how many expected (empty: as many as stand on the list)."""

    present = forms.IntegerField(label=_("Present in the hall"), min_value=0, max_value=MOST)
    expected = forms.IntegerField(label=_("Expected"), min_value=0, max_value=MOST, required=False)


@command("hall_count.withdraw", actions.withdraw_hall_count, Ability.MARK_PRESENCE)
class WithdrawHallCount(OwnSiteForm):
    """Of which bridge point."""
