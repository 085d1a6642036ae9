"""What the pages of the control room and of the bridge points read."""

from __future__ import annotations

from control.models import Message, Receipt
from meetings.models import BridgePoint


def thread(site: BridgePoint, line: str, limit: int = 200) -> list[Message]:
    """Return the newest messages on a line of a bridge point, oldest first."""
    return list(reversed(Message.objects.filter(bridge_point=site, line=line).order_by("-pk")[:limit]))


def acknowledged_by_site(site: BridgePoint) -> dict[int, Receipt]:
    """Return the receipts with which a bridge point has acknowledged site commands that stand, by site command."""
    receipts = Receipt.objects.filter(bridge_point=site, site_command__withdrawn_at=None).exclude(acknowledged_at=None)
    return {receipt.site_command_id: receipt for receipt in receipts}
