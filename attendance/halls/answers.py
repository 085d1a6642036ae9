"""What head counts answer when a lower floor asks: may a bridge point be removed?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from attendance.presence.models import HallCount
from meetings.models import BridgePoint


def is_counted(site: BridgePoint) -> Iterator[object]:
    """A bridge point whose hall has been counted stays."""
    if HallCount.objects.filter(bridge_point=site).exists():
        yield _("The people in its hall have been counted; take the head count back first.")
