"""What belongs to one bridge point alone, as its operator sees it: its people, its acknowledgements, its two lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from attendance.counting import counts_by_bridge_point
from attendance.models import THERE, HallCount, Presence
from attendance.readiness.showing import run_of
from control.incidents.models import Incident
from control.incidents.sides import side_of
from control.models import STANDING_LIMIT, Line, Receipt
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting
from meetings.procedure import Actor


def hall_of(meeting: Meeting, site: BridgePoint) -> dict[str, Any]:
    """Return the rows of a bridge point's list with their presence, who is excused last, and the counts every screen shows."""
    here = Q(bridge_point=site) | Q(presence__bridge_point=site, presence__state__in=THERE)
    people = meeting.participants.filter(here, role__in=COUNTED_ROLES).select_related("presence__bridge_point")
    rows: list[dict[str, Any]] = [
        {"participant": p, "state": _state(p), "elsewhere": _elsewhere(p, site)} for p in people.order_by("is_excused", "pk")
    ]
    count = counts_by_bridge_point(meeting, at=site.pk)[site.pk]
    return {
        "rows": rows,
        "count": count,
        "expected": count.expected,
        "present": count.present,
        "by_head": HallCount.objects.filter(bridge_point=site).first(),
        "unmarked": [row["participant"].pk for row in rows if row["state"] == "" and not row["participant"].is_excused],
    }


def _state(participant: Any) -> str:
    presence: Presence | None = getattr(participant, "presence", None)
    return presence.state if presence else ""


def _elsewhere(participant: Any, site: BridgePoint) -> str:
    """Return the name of the other bridge point at which somebody is counted, else nothing."""
    presence: Presence | None = getattr(participant, "presence", None)
    if presence is None or presence.bridge_point is None or presence.state not in THERE or presence.bridge_point_id == site.pk:
        return ""
    return presence.bridge_point.short_name


def acks_of(site: BridgePoint) -> list[Receipt]:
    """Return the acknowledgements of a bridge point for the site commands that stand, newest first."""
    given = Receipt.objects.filter(bridge_point=site, site_command__withdrawn_at=None).exclude(acknowledged_at=None)
    return list(given.select_related("site_command").order_by("-acknowledged_at")[:STANDING_LIMIT])


def equipment_of(actor: Actor, site: BridgePoint) -> dict[str, Any]:
    """Return what a console shows of the equipment: the newest check, the open incidents, and on which side its reader is."""
    newest = site.readiness_checks.prefetch_related("marks").order_by("-number").first()
    return {
        "run": run_of(newest) if newest else None,
        "open_incidents": list(site.incidents.filter(closed_at=None).order_by("pk")),
        "side": side_of(actor, site.pk),
        "incident_kinds": Incident.Kind.choices,
    }


def lines_of(actor: Actor, site: BridgePoint) -> list[str]:
    """Return the lines of a bridge point that an actor may read, on whichever side."""
    return [line for line in Line.values if any(actor.sides_of_line(line, site.pk))]
