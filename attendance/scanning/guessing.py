"""How many short codes nobody has a device may read: nine digits can be tried out, and who tries is stopped for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from attendance.scanning.models import Scan

#: So many unknown short codes within so much; then the device's short codes are refused until it calms down.
AT_MOST, WITHIN = 20, timedelta(minutes=10)
#: What is told instead of a reason; nothing is written into the ledger.
TOO_MANY = "too_many"


def unknown_left(scanner: int, received: datetime) -> int:
    """Return how many more unknown short codes a device may read now: what it has read stands in the ledger."""
    rows = Scan.objects.filter(
        scanner=scanner, way=Scan.Way.TYPED, reason=Scan.Reason.NOT_APPROVED, credential=None, received_at__gt=received - WITHIN
    )
    return AT_MOST - rows.count()
