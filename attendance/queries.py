"""The list of participants: searched, narrowed, in order, and its groups. (How they are counted: counting.py.)"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, F, Q, QuerySet

from attendance.models import Presence
from meetings.models import Meeting, Participant, ParticipantGroup, Role
from meetings.queries import number_in
from people.spelling import words

STATES = {
    "unmarked": Q(presence=None, is_excused=False),
    "excused": Q(is_excused=True),
    "substitutes": Q(substitute_for__isnull=False),
    "walk_ins": Q(walk_in__isnull=False),
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
