"""The pages of readiness: the board of all bridge points, and one with the list its technician goes through."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance.readiness import board, exporting, queries
from attendance.readiness.showing import run_of
from meetings import clock
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability
from meetings.queries import number_in, page_actor
from sheets import TYPES

PAGE_SIZE = 120


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").replace("\0", "")[:120] for key in ("q", "state", "group")}


def _narrowed(tiles: list[board.Tile], wanted: dict[str, str]) -> list[board.Tile]:
    found = board.narrowed(tiles, state=wanted["state"], group=number_in(wanted["group"]), sought=wanted["q"])
    return board.worst_first(found)


@require_safe
@never_cache
def readiness(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the state of all bridge points, the worst first; many of them by province."""
    meeting, actor = page_actor(request, slug, Ability.SEE_CONTROL_ROOM)
    wanted = _wanted(request)
    context = desk_context(meeting, actor, "meetings:bridge_points")
    tiles = queries.tiles_of(meeting, context["now"])
    grouped = len(tiles) > board.TILES_AT_MOST and not any(wanted.values())
    page = Paginator([] if grouped else _narrowed(tiles, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {
        "tabs": tabs_of("sites", meeting, actor, "attendance:readiness"),
        "totals": board.totals_of(tile.state for tile in tiles),
        "page": page,
        "tiles": page.object_list,
        "groups": board.groups_of(tiles) if grouped else [],
        "group": next((tile.short_name for tile in tiles if str(tile.id) == wanted["group"]), ""),
        "query": wanted,
        "states": [(state, board.WORDS[state]) for state in board.WORST_FIRST],
        "may_look_in": actor.may(Ability.CHECK_READINESS),
    }
    return render(request, "attendance/readiness/board.html", context)


@require_safe
@never_cache
def readiness_of(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the list of one bridge point: the newest run to go through, and the runs before."""
    meeting, actor = page_actor(request, slug, Ability.CHECK_READINESS)
    site: BridgePoint = get_object_or_404(meeting.bridge_points, pk=pk)
    if not actor.may_look_after(Ability.CHECK_READINESS, site.pk):
        raise NotAllowed(_("You check your own bridge point only."))
    runs = [run_of(check) for check in queries.runs_of(site)]
    sees_all = actor.may(Ability.SEE_CONTROL_ROOM)
    context = desk_context(meeting, actor, "meetings:bridge_points" if sees_all else "live:console") | {
        "tabs": tabs_of("sites", meeting, actor, "attendance:readiness") if sees_all else [],
        "site": site,
        "run": runs[0] if runs else None,
        "runs": runs,
        "is_over": meeting.state == Meeting.State.ADJOURNED,
        "on_behalf": actor.bridge_point_id != site.pk,
        "sees_all": sees_all,
    }
    return render(request, "attendance/readiness/site.html", context)


@require_safe
def readiness_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the board as a file, as it is filtered: `csv` or `xlsx`."""
    meeting, _actor = page_actor(request, slug, Ability.SEE_CONTROL_ROOM)
    if form not in TYPES:
        raise Http404
    tiles = _narrowed(queries.tiles_of(meeting, clock.now(meeting)), _wanted(request))
    return exporting.answer(meeting, tiles, queries.marks_by_site(meeting), form)
