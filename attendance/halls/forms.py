"""The commands on head counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.halls import actions
from control.forms import OwnSiteForm
from meetings.commands import command
from meetings.procedure import Ability

#: People in one hall; more is a slip of the hand.
MOST = 5_000


@command("hall_count.enter", actions.enter_hall_count, Ability.MARK_PRESENCE)
class EnterHallCount(OwnSiteForm):
    """How many are there, of how many expected (empty: as many as stand on the list)."""

    present = forms.IntegerField(label=_("Present in the hall"), min_value=0, max_value=MOST)
    expected = forms.IntegerField(label=_("Expected"), min_value=0, max_value=MOST, required=False)

    def clean(self) -> dict[str, Any]:
        """There are not more people in a hall than are expected, where somebody says how many these are."""
        data = super().clean()
        present, expected = data.get("present"), data.get("expected")
        if present is not None and expected is not None and present > expected:
            more = _("More are present (%(present)d) than expected (%(expected)d). Look at both numbers again.")
            self.add_error("present", more % {"present": present, "expected": expected})
        return data


@command("hall_count.withdraw", actions.withdraw_hall_count, Ability.MARK_PRESENCE)
class WithdrawHallCount(OwnSiteForm):
    """Of which bridge point."""
