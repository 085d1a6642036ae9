"""Ways into the demonstration's video conference: addresses of nobody, with a PIN of nothing."""

from __future__ import annotations

from control.video.actions import add_video_address
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Actor

NOWHERE = "hoinghi.example.vn"
SHARED = (
    ("main", f"https://{NOWHERE}/phong/vptw-2025", "1234", ""),
    ("backup", f"h323:8412@{NOWHERE}", "1234", "Gọi từ thiết bị khi đường chính mất"),
    ("view", f"https://{NOWHERE}/xem/vptw-2025", "", ""),
)
#: The bridge point with a backup of its own.
BACKUP_OF = "15"


def load(meeting: Meeting, by: Actor, sites: dict[str, BridgePoint]) -> None:
    """Enter the ways for all, and a backup of one bridge point."""
    for use, address, pin, note in SHARED:
        add_video_address(meeting, by=by, address=address, use=use, pin=pin, note=note)
    site = sites.get(BACKUP_OF)
    if site is not None:
        add_video_address(meeting, by=by, address="10.20.15.2##8412", use="backup", bridge_point=site, pin="1234")
