"""What belongs to one bridge point alone, as its operator sees it: its people, its acknowledgements, its two lines."""

from __future__ import annotations

from typing import Any

from attendance.models import Presence
from control.models import STANDING_LIMIT, Line, Receipt
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting
from meetings.procedure import Actor


def hall_of(meeting: Meeting, site: BridgePoint) -> dict[str, Any]:
    """Return the rows of a bridge point's list with their presence, who is excused last, and the counts."""
    people = meeting.participants.filter(bridge_point=site, role__in=COUNTED_ROLES).select_related("presence")
    rows: list[dict[str, Any]] = [{"participant": p, "state": _state(p)} for p in people.order_by("is_excused", "pk")]
    asked = [row for row in rows if not row["participant"].is_excused]
    return {
        "rows": rows,
        "expected": sum(not row["participant"].is_excused or row["state"] == Presence.State.PRESENT for row in rows),
        "present": sum(row["state"] == Presence.State.PRESENT for row in rows),
        "unmarked": [row["participant"].pk for row in asked if row["state"] == ""],
        "not_present": [row["participant"].pk for row in asked if row["state"] != Presence.State.PRESENT],
    }


def _state(participant: Any) -> str:
    presence: Presence | None = getattr(participant, "presence", None)
    return presence.state if presence else ""


def acks_of(site: BridgePoint) -> list[Receipt]:
    """Return the acknowledgements of a bridge point for the site commands that stand, newest first."""
    given = Receipt.objects.filter(bridge_point=site, site_command__withdrawn_at=None).exclude(acknowledged_at=None)
    return list(given.select_related("site_command").order_by("-acknowledged_at")[:STANDING_LIMIT])


def lines_of(actor: Actor, site: BridgePoint) -> list[str]:
    """Return the lines of a bridge point that an actor may read, on whichever side."""
    return [line for line in Line.values if any(actor.sides_of_line(line, site.pk))]
