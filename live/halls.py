"""The people of one bridge point, as its operator sees them."""

from __future__ import annotations

from typing import Any

from attendance.models import Presence
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting


def hall_of(meeting: Meeting, site: BridgePoint) -> dict[str, Any]:
    """Return the rows of a bridge point's list with their presence, and the counts."""
    people = meeting.participants.filter(bridge_point=site, role__in=COUNTED_ROLES).select_related("presence")
    rows: list[dict[str, Any]] = [{"participant": p, "state": _state(p)} for p in people.order_by("pk")]
    return {
        "rows": rows,
        "present": sum(row["state"] == Presence.State.PRESENT for row in rows),
        "unmarked": [row["participant"].pk for row in rows if row["state"] == ""],
        "not_present": [row["participant"].pk for row in rows if row["state"] != Presence.State.PRESENT],
    }


def _state(participant: Any) -> str:
    presence: Presence | None = getattr(participant, "presence", None)
    return presence.state if presence else ""
