"""What a new meeting can take over from an old one, each part ticked by itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings import hooks
from meetings.models import Role

FIRST = "programme"
BRIDGE_POINTS, GROUPS, STANDING = "bridge_points", "groups", "standing"
#: Nothing one ticks: who copies for a rehearsal copies all that is needed to play the meeting.
REHEARSAL = "rehearsal"
REHEARSED = frozenset({FIRST, BRIDGE_POINTS, GROUPS, "displays", "video", "bodies", REHEARSAL})

#: Parts that are people in a role, besides those marked as standing.
ROLES = {
    "chair": Role.CHAIR,
    "secretaries": Role.SECRETARY,
    "operators": Role.OPERATOR,
    "technicians": Role.TECHNICIAN,
}
#: People of these parts belong to a bridge point: without the bridge points they stay behind.
OF_BRIDGE_POINTS = frozenset({Role.OPERATOR, Role.TECHNICIAN})

_OWN: list[tuple[str, Any]] = [
    (BRIDGE_POINTS, _("Bridge points, with their fields and their tree")),
    (GROUPS, _("Groups of delegates")),
    (STANDING, _("Standing participants")),
    ("chair", _("Chair")),
    ("secretaries", _("Secretaries")),
    ("operators", _("Operators of the bridge points")),
    ("technicians", _("Technicians")),
]


def parts() -> list[tuple[str, Any]]:
    """Return every part with its label, the programme first; rooms upstairs add theirs in hooks.parts_to_clone."""
    return sorted([*_OWN, *hooks.parts_to_clone], key=lambda part: part[0] != FIRST)


def wanted_people(wanted: Collection[str]) -> Q:
    """Return which participants the ticked parts take over."""
    roles = [role for part, role in ROLES.items() if part in wanted]
    if BRIDGE_POINTS not in wanted:
        roles = [role for role in roles if role not in OF_BRIDGE_POINTS]
    found = Q(role__in=roles)
    if STANDING in wanted:
        found |= Q(is_standing=True) & (Q() if BRIDGE_POINTS in wanted else ~Q(role__in=OF_BRIDGE_POINTS))
    return found
