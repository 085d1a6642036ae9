"""The list of the attendance desk: who is on it, how they stand, found by words, state and place, the unclear first if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from attendance.presence.models import Presence, PresenceConflict
from meetings.models import COUNTED_ROLES, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from people.spelling import words

State = Presence.State
#: How somebody stands, each person in one of the first six; the last two are told beside.
STATES: dict[str, Q] = {
    "unmarked": Q(presence=None, is_excused=False),
    "present": Q(presence__state=State.PRESENT),
    "online": Q(presence__state=State.ONLINE),
    "left": Q(presence__state=State.LEFT),
    "absent": Q(presence__state=State.ABSENT, is_excused=False),
    "excused": Q(is_excused=True) & (Q(presence=None) | Q(presence__state=State.ABSENT)),
    "substitutes": Q(substitute_for__isnull=False),
    "walk_ins": Q(walk_in__isnull=False),
}
#: The unclear first: not marked, absent, gone, excused, then who is there.
_WORST = Case(
    *(When(STATES[state], then=Value(at)) for at, state in enumerate(("unmarked", "absent", "left", "excused"))),
    default=Value(9),
    output_field=IntegerField(),
)
SORTS = {"name": ("folded", "pk"), "worst": (_WORST, "bridge_point__number", "pk")}
#: What the address of the list may say.
WORDS = ("q", "state", "site", "group", "unit", "sort")


def people_at(meeting: Meeting, site: int | None) -> QuerySet[Participant]:
    """Return the delegates of a meeting; with `site` those of that bridge point, and those who are there instead of elsewhere."""
    people = meeting.participants.filter(role__in=COUNTED_ROLES)
    if site is None:
        return people
    return people.filter(Q(bridge_point=site) | Q(presence__bridge_point=site))


def search(people: QuerySet[Participant], wanted: Mapping[str, str]) -> QuerySet[Participant]:
    """Return some of `people` by words (q), state, bridge point, group and unit, in an order."""
    found = people.select_related("bridge_point", "presence__bridge_point", "group", "substitute_for", "substitute", "walk_in")
    for word in words(wanted.get("q", "")):
        found = found.filter(folded__contains=word)
    site, group = number_in(wanted.get("site", "")), number_in(wanted.get("group", ""))
    if site is not None:
        found = found.filter(Q(bridge_point=site) | Q(bridge_point__parent=site) | Q(presence__bridge_point=site))
    if wanted.get("group") == "none":
        found = found.filter(group=None)
    elif group is not None:
        found = found.filter(group=group)
    if wanted.get("unit"):
        found = found.filter(unit=wanted["unit"].replace("\0", ""))
    found = found.filter(STATES.get(wanted.get("state", ""), Q()))
    return found.order_by(*SORTS.get(wanted.get("sort", ""), ("bridge_point__number", "pk")))


def unmarked(meeting: Meeting, by: Actor, wanted: Mapping[str, str]) -> QuerySet[Participant]:
    """Return those of a narrowed list who are not marked yet and whom somebody may mark."""
    own = None if by.may(Ability.MARK_ANY_PRESENCE) else by.bridge_point_id or 0
    return search(people_at(meeting, own), {**wanted, "state": "unmarked"})


@dataclass(frozen=True)
class Tally:
    """How many of a list stand how: what the buttons of the filter say."""

    everybody: int
    unmarked: int
    present: int
    online: int
    left: int
    absent: int
    excused: int
    substitutes: int
    walk_ins: int


def tally_of(people: QuerySet[Participant]) -> Tally:
    """Count, in one query, how people stand."""
    counts = {name: Count("pk", filter=condition) for name, condition in STATES.items()}
    return Tally(**people.select_related(None).order_by().aggregate(everybody=Count("pk"), **counts))


def state_of(one: Participant) -> str:
    """Return how somebody stands, as STATES names it, of a participant fetched with the presence."""
    presence: Presence | None = getattr(one, "presence", None)
    state = presence.state if presence else ""
    if one.is_excused and state in ("", State.ABSENT):
        return "excused"
    return state or "unmarked"


def conflicts_of(meeting: Meeting, *, using: str = "default") -> int:
    """Return how many contradictions of a meeting wait for a person."""
    return PresenceConflict.objects.using(using).filter(meeting=meeting, settled_at=None).count()
