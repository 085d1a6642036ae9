"""How an address of the video conference stands in facts: whose it is and of which kind, never where it leads."""

from __future__ import annotations

from typing import Any

from control.video.models import VideoAddress


def told_of(row: VideoAddress) -> dict[str, Any]:
    """Return an address as its facts hold it."""
    site = row.bridge_point
    return {
        "way": row.pk, "number": row.number, "bridge_point": row.bridge_point_id,
        "bridge_point_name": site.name if site else "", "use": row.use, "sort": row.read.kind.value, "has_pin": bool(row.pin),
    }  # fmt: skip
