"""How rows stand in facts, told once: whoever adds bridge points or participants writes the same."""

from __future__ import annotations

from typing import Any

from meetings.models import BridgePoint, Participant


def bridge_point_row(site: BridgePoint) -> dict[str, Any]:
    """Return a bridge point as it stands in `bridge_points.added`."""
    row = {"id": site.pk, "number": site.number, "name": site.name, "central": site.is_central}
    return row | {"parent": site.parent_id, "sort": str(site.kind), "seats": site.seats}


def participant_row(one: Participant) -> dict[str, Any]:
    """Return a participant as it stands in `participants.added`; `substitute_for` only where there is somebody."""
    row = {"id": one.pk, "name": one.name, "office": one.office, "role": one.role, "bridge_point": one.bridge_point_id}
    row |= {"mode": str(one.mode), "group": one.group_id, "standing": one.is_standing}
    return row | ({"substitute_for": one.substitute_for_id} if one.substitute_for_id else {})
