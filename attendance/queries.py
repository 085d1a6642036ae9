"""Counts of presence: expected and present, for a meeting and for each bridge point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from attendance.models import Presence
from meetings.models import COUNTED_ROLES, Meeting, Participant, Role
from meetings.queries import number_in


@dataclass(frozen=True)
class HeadCount:
    """How many people are expected, present and marked absent."""

    expected: int = 0
    present: int = 0
    absent: int = 0


def counts_by_bridge_point(meeting: Meeting, *, using: str = "default") -> dict[int | None, HeadCount]:
    """Return the counts of each bridge point (None: people without one). Staff of the sites are not counted."""
    rows = (
        Participant.objects.using(using)
        .filter(meeting=meeting, role__in=COUNTED_ROLES)
        .order_by()
        .values("bridge_point_id")
        .annotate(
            expected=Count("pk"),
            present=Count("pk", filter=Q(presence__state=Presence.State.PRESENT)),
            absent=Count("pk", filter=Q(presence__state=Presence.State.ABSENT)),
        )
    )
    return {
        row["bridge_point_id"]: HeadCount(expected=row["expected"], present=row["present"], absent=row["absent"]) for row in rows
    }


def totals(meeting: Meeting, *, using: str = "default") -> HeadCount:
    """Return the counts of the whole meeting."""
    counts = counts_by_bridge_point(meeting, using=using).values()
    return HeadCount(
        expected=sum(c.expected for c in counts),
        present=sum(c.present for c in counts),
        absent=sum(c.absent for c in counts),
    )


def search(meeting: Meeting, wanted: Mapping[str, str]) -> QuerySet[Participant]:
    """Return participants by words (q: name, position, unit), role, bridge point (site) or those under it, presence (state)."""
    found = meeting.participants.select_related("bridge_point", "presence")
    for word in wanted.get("q", "").replace("\0", "").split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(position__icontains=word) | Q(unit__icontains=word))
    if wanted.get("role") in Role.values:
        found = found.filter(role=wanted["role"])
    site = number_in(wanted.get("site", ""))
    if site is not None:
        found = found.filter(Q(bridge_point_id=site) | Q(bridge_point__parent_id=site))
    if wanted.get("state") == "unmarked":
        found = found.filter(presence=None)
    elif wanted.get("state") in Presence.State.values:
        found = found.filter(presence__state=wanted["state"])
    return found.order_by("bridge_point__number", "pk")
