"""The pages of bridge points: the tree with its forms, a branch of it, one for change, the list as a file, the contact sheet."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.forms.bridge_points import AddBridgePoints, EditBridgePoint, EditBridgePoints, MoveBridgePoints
from meetings.models import BridgePoint, Meeting
from meetings.naming import slug_of
from meetings.procedure import Ability, Actor
from meetings.sites import lists
from meetings.sites import queries as sites
from people.models import Organisation
from sheets import TYPES, write_csv, write_xlsx

SITES_ON_A_PAGE = 100
UNDER_AT_MOST = 400
ASKED = ("q", "kind", "lacks", "sort")


def _may_prepare(meeting: Meeting, actor: Actor) -> bool:
    return actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED


@require_safe
def bridge_points(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the bridge points as a tree that opens level by level, or those searched for, with forms for one and for many."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE, named=True)
    query = {name: request.GET.get(name, "").replace("\0", "")[:120] for name in ASKED}
    searched = any(query[name] for name in ("q", "kind", "lacks"))
    rows = sites.found(meeting, query) if searched else sites.on_top(meeting, query["sort"])
    numbers = meeting.bridge_points.aggregate(total=Count("pk"), on_top=Count("pk", filter=Q(parent=None)))
    paginator = Paginator(rows, SITES_ON_A_PAGE)
    if not searched:
        paginator.count = numbers["on_top"]  # known already
    page = paginator.get_page(request.GET.get("page"))
    context = desk_context(meeting, actor, "meetings:bridge_points") | {
        "tabs": tabs_of("sites", meeting, actor, "meetings:bridge_points"),
        "page": page,
        "rows": page.object_list,
        "total": numbers["total"],
        "query": query,
        "searched": searched,
        "kinds": BridgePoint.Kind.choices,
        "may_prepare": _may_prepare(meeting, actor),
    }
    if context["may_prepare"]:
        context |= _forms(meeting, actor)
    return render(request, "sites/bridge_points.html", context)


def _forms(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """Return the forms of who prepares the meeting, and the provinces with communes in the directory."""
    communes = Organisation.objects.filter(kind=Organisation.Kind.COMMUNE, is_closed=False)
    provinces = Organisation.objects.filter(pk__in=communes.values("parent_id"), kind=Organisation.Kind.PROVINCE)
    form, move = AddBridgePoints(meeting=meeting, by=actor), MoveBridgePoints(meeting=meeting, by=actor, auto_id="move-%s")
    parents = list(iter(form.fields["parent"].choices))  # type: ignore[attr-defined]  # asked for once, for both
    form.fields["parent"].choices = move.fields["parent"].choices = parents  # type: ignore[attr-defined]
    return {
        "form": form,
        "many": EditBridgePoints(meeting=meeting, by=actor, auto_id="many-%s"),
        "move": move,
        "provinces": list(provinces.order_by("code")),
    }


@require_safe
def under(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the rows of the bridge points under one (a fragment of the tree)."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    parent = _one(meeting, pk)
    context = {
        "meeting": meeting, "rows": sites.under(parent)[:UNDER_AT_MOST], "level": 1, "may_prepare": _may_prepare(meeting, actor),
        "abilities": {ability.value for ability in actor.abilities},
    }  # fmt: skip
    return render(request, "sites/branch.html", context)


@require_safe
def bridge_point(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one bridge point: its data for change, who serves and who sits there, what stands under it."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    row = sites.with_counts(meeting.bridge_points.filter(pk=pk)).first()
    if row is None:
        raise Http404
    names = ("name", "short_name", "place", "kind", "head", "seats", "equipment", "video_address")
    initial = {name: getattr(row, name) for name in names} | {"bridge_point": row.pk}
    context = desk_context(meeting, actor, "meetings:bridge_points") | {
        "row": row,
        "below": sites.under(row)[:UNDER_AT_MOST],
        "may_prepare": _may_prepare(meeting, actor),
        "edit": EditBridgePoint(meeting=meeting, by=actor, initial=initial),
        "move": MoveBridgePoints(meeting=meeting, by=actor, initial={"parent": row.parent_id}, auto_id="move-%s"),
    }
    return render(request, "sites/bridge_point.html", context)


@require_safe
def bridge_points_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give out the list of bridge points as a file, XLSX or CSV."""
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    base = _("bridge-points")
    name = f"{base}-{slug_of(meeting.title)}.{form}"
    columns, rows = lists.columns(), lists.rows(meeting)
    data = write_csv(columns, rows) if form == "csv" else write_xlsx(_("Bridge points"), columns, rows)
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _one(meeting: Meeting, pk: int) -> BridgePoint:
    row = meeting.bridge_points.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
