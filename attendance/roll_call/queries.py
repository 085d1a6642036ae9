"""Which bridge points a roll call calls."""

from __future__ import annotations

from django.db.models import Q

from meetings.models import BridgePoint, Meeting


def called_points(meeting: Meeting) -> list[BridgePoint]:
    """Return the bridge points directly under the hall, in order: neither the hall itself nor those under another one."""
    under_the_hall = Q(parent=None) | Q(parent__is_central=True)
    return list(meeting.bridge_points.filter(under_the_hall, is_central=False).order_by("number"))
