"""The page of who takes part and who is present."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance import queries as attendance
from meetings import queries
from meetings.desk import desk_context
from meetings.forms import AddParticipants
from meetings.models import Meeting, Role
from meetings.procedure import Ability

PAGE_SIZE = 100
FILTERED_AT_MOST = 100


def _sites(meeting: Meeting, chosen: str) -> list[tuple[int, str]]:
    """Return the bridge points to filter by: all, or of very many those that stand under no other, and the chosen one."""
    sites = list(meeting.bridge_points.values_list("pk", "short_name", "parent_id"))
    many = len(sites) > FILTERED_AT_MOST
    return [(pk, name) for pk, name, parent in sites if not many or parent is None or str(pk) == chosen]


@require_safe
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """List participants with search, filters and pages of a hundred; who prepares the meeting also adds them here."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    found = attendance.search(meeting, request.GET)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = desk_context(meeting, actor, "attendance:participants") | {
        "page": page,
        "query": {key: request.GET.get(key, "") for key in ("q", "role", "site", "state")},
        "roles": Role.choices,
        "sites": _sites(meeting, request.GET.get("site", "")),
        "counts": attendance.totals(meeting),
        "form": AddParticipants(meeting=meeting, by=actor),
        "may_prepare": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }
    return render(request, "attendance/participants.html", context)
