"""What the page of bridge points reads: the tree level by level, or what was searched for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from people.spelling import fold, words

CREW = (Role.OPERATOR, Role.TECHNICIAN)
ORDERS = {"number": ("number",), "name": ("name", "number"), "people": ("-people", "number"), "place": ("place", "number")}


def with_counts(rows: QuerySet[BridgePoint]) -> QuerySet[BridgePoint]:
    """Add who takes part through each (people), how many stand under it (below), and who serves there (crew)."""
    own = Participant.objects.filter(bridge_point=OuterRef("pk"), role__in=COUNTED_ROLES, is_excused=False).order_by()
    people = own.values("bridge_point").annotate(n=Count("pk")).values("n")
    under = BridgePoint.objects.filter(parent=OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
    crew = Participant.objects.filter(role__in=CREW).select_related("person").order_by("role", "pk")
    return (
        rows.annotate(people=Coalesce(Subquery(people), 0), below=Coalesce(Subquery(under), 0))
        .select_related("head", "organisation", "parent")
        .prefetch_related(Prefetch("participants", crew, to_attr="crew"))
    )


def on_top(meeting: Meeting, order: str = "") -> QuerySet[BridgePoint]:
    """Return the bridge points that stand under no other."""
    return with_counts(meeting.bridge_points.filter(parent=None)).order_by(*ORDERS.get(order, ORDERS["number"]))


def under(parent: BridgePoint) -> QuerySet[BridgePoint]:
    """Return the bridge points under one."""
    return with_counts(parent.children.all()).order_by("number")


def found(meeting: Meeting, query: Mapping[str, str]) -> QuerySet[BridgePoint]:
    """Return what is searched for: words in names, place or head's name (q), kind, what is missing (lacks), order (sort)."""
    rows = meeting.bridge_points.all()
    if query.get("q", "").strip():
        rows = rows.filter(pk__in=_like(meeting, query["q"]))
    if query.get("kind") in BridgePoint.Kind.values:
        rows = rows.filter(kind=query["kind"])
    rows = _lacking(rows, query.get("lacks", ""))
    return with_counts(rows).order_by(*ORDERS.get(query.get("sort", ""), ORDERS["number"]))


def _like(meeting: Meeting, sought: str) -> list[int]:
    """Return the keys of those whose words match: names have no folded column, and a few thousand are read in milliseconds."""
    asked = words(sought)
    rows = meeting.bridge_points.values_list("pk", "name", "short_name", "place", "head__full_name", "parent__short_name")
    return [pk for pk, *texts in rows if all(word in fold(" ".join(filter(None, texts))) for word in asked)]


def _lacking(rows: QuerySet[BridgePoint], what: str) -> QuerySet[BridgePoint]:
    if what == "head":
        return rows.filter(head=None)
    if what == "seats":
        return rows.filter(seats=None)
    if what == "video":
        return rows.filter(video_address="")
    if what in CREW:
        return rows.exclude(pk__in=Participant.objects.filter(role=what, bridge_point__in=rows).values("bridge_point"))
    return rows


def names_by_role(crew: Iterable[Participant], role: str) -> str:
    """Return the names of those who serve a bridge point in a role, in one line."""
    return "; ".join(one.name for one in crew if one.role == role)
