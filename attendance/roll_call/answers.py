"""What roll calls answer when a lower floor asks: may a bridge point be removed?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from attendance.roll_call.models import RollCallAnswer
from meetings.models import BridgePoint


def is_called(site: BridgePoint) -> Iterator[object]:
    """A bridge point that has been called stays."""
    if RollCallAnswer.objects.filter(bridge_point=site).exists():
        yield _("It has been called in a roll call.")
