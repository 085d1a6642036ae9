"""Counts of presence: expected and present, for a meeting and for each bridge point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from attendance.models import Presence
from meetings.models import COUNTED_ROLES, Meeting, Participant, ParticipantGroup, Role
from meetings.queries import number_in
from people.spelling import words

# Who is excused is not expected; who comes all the same is.
EXPECTED = Q(is_excused=False) | Q(presence__state=Presence.State.PRESENT)


@dataclass(frozen=True)
class HeadCount:
    """How many people are expected, present and marked absent."""

    expected: int = 0
    present: int = 0
    absent: int = 0


def counts_by_bridge_point(meeting: Meeting, *, using: str = "default") -> dict[int | None, HeadCount]:
    """Return the counts of each bridge point (None: people without one), without staff of the sites and who is excused."""
    rows = (
        Participant.objects.using(using)
        .filter(meeting=meeting, role__in=COUNTED_ROLES)
        .order_by()
        .values("bridge_point_id")
        .annotate(
            expected=Count("pk", filter=EXPECTED),
            present=Count("pk", filter=Q(presence__state=Presence.State.PRESENT)),
            absent=Count("pk", filter=EXPECTED & Q(presence__state=Presence.State.ABSENT)),
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


STATES = {
    "unmarked": Q(presence=None, is_excused=False),
    "excused": Q(is_excused=True),
    "substitutes": Q(substitute_for__isnull=False),
    "standing": Q(is_standing=True),
} | {state: Q(presence__state=state) for state in Presence.State.values}
SORTS = {
    "name": ("folded", "pk"),
    "unit": ("unit", "folded", "pk"),
    "role": ("role", "folded", "pk"),
    "group": (F("group__number").asc(nulls_last=True), "folded", "pk"),
    "site": ("bridge_point__number", "folded", "pk"),
}
#: What the address of the list may say: everything that narrows it, and its order.
WORDS = ("q", "role", "group", "unit", "site", "mode", "state", "sort")


def search(meeting: Meeting, wanted: Mapping[str, str]) -> QuerySet[Participant]:
    """Return participants by words (q), role, group, unit, bridge point (or those under it), mode and state, in an order."""
    found = meeting.participants.select_related("bridge_point", "presence", "group", "substitute_for")
    for word in words(wanted.get("q", "")):
        found = found.filter(folded__contains=word)
    if wanted.get("role") in Role.values:
        found = found.filter(role=wanted["role"])
    if wanted.get("mode") in Participant.Mode.values:
        found = found.filter(mode=wanted["mode"])
    if wanted.get("unit"):
        found = found.filter(unit=wanted["unit"].replace("\0", ""))
    group, site = number_in(wanted.get("group", "")), number_in(wanted.get("site", ""))
    if wanted.get("group") == "none":
        found = found.filter(group=None)
    elif group is not None:
        found = found.filter(group_id=group)
    if site is not None:
        found = found.filter(Q(bridge_point_id=site) | Q(bridge_point__parent_id=site))
    found = found.filter(STATES.get(wanted.get("state", ""), Q()))
    return found.order_by(*SORTS.get(wanted.get("sort", ""), ("bridge_point__number", "pk")))


def units_of(meeting: Meeting, *, at_most: int = 400) -> list[str]:
    """Return the units that are named in a meeting's list, in order."""
    named = meeting.participants.exclude(unit="").order_by("unit")
    return list(named.values_list("unit", flat=True).distinct()[:at_most])


def groups_with_counts(meeting: Meeting) -> QuerySet[ParticipantGroup]:
    """Return the groups with how many belong to each."""
    return meeting.groups.annotate(people=Count("participants")).order_by("number")
