"""The pages of the running programme: its course with what can be done to it, as a table too, and who is in at a closed item."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.models import AgendaItem
from agenda.running.exporting import table_of
from agenda.running.queries import course_of
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.models import Role
from meetings.procedure import Ability
from people.spelling import fold, words
from sheets import TYPES

PAGE = "agenda:course"
NOT_LEADING = (Role.GUEST, Role.OBSERVER, Role.DELEGATE, Role.OPERATOR, Role.TECHNICIAN)
SHOWN = 100  # bridge points and people beside those that are named already


@require_safe
@never_cache
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was planned, how it went and what is expected; skip, merge, bring forward, put off and close items."""
    meeting, actor = queries.page_actor(request, slug, Ability.RUN_PROGRAMME)
    context = desk_context(meeting, actor, "agenda:programme") | {
        "tabs": tabs_of("programme", meeting, actor, PAGE),
        "course": course_of(meeting),
        "can_change": meeting.state in (meeting.State.OPEN, meeting.State.SUSPENDED),
    }
    return render(request, "agenda/running/course.html", context)


@require_safe
@never_cache
def course_table(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give the course as a table: .xlsx or .csv."""
    meeting, _actor = queries.page_actor(request, slug, Ability.RUN_PROGRAMME)
    if ending not in TYPES:
        raise Http404
    response = HttpResponse(table_of(course_of(meeting), ending), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="dien-bien-{meeting.slug}.{ending}"'
    return response


@require_safe
@never_cache
def closed_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say of an item who is in: the bridge points and people named, those found with `q` first."""
    meeting, actor = queries.page_actor(request, slug, Ability.RUN_PROGRAMME)
    item: AgendaItem = get_object_or_404(meeting.items, pk=min(pk, 2**31))
    typed = request.GET.get("q", "")[:100]
    named, people = list(item.admitted.order_by("number")), list(item.admitted_people.select_related("bridge_point"))
    sites = meeting.bridge_points.filter(is_central=False).exclude(pk__in=[one.pk for one in named])
    looked = [one for one in sites if fold(typed) in fold(one.name)][:SHOWN] if typed else list(sites[:SHOWN])
    found = Q()
    for word in words(typed):
        found &= Q(folded__contains=word)
    roles = NOT_LEADING if typed else (Role.GUEST, Role.OBSERVER)
    others = meeting.participants.filter(found, role__in=roles).exclude(pk__in=[one.pk for one in people])
    context = desk_context(meeting, actor, "agenda:programme") | {
        "item": item,
        "typed": typed,
        "named_sites": named,
        "sites": looked,
        "named_people": people,
        "people": list(others.select_related("bridge_point")[:SHOWN]),
        "can_change": item.state in ("planned", "deferred", "open") and meeting.state != meeting.State.ADJOURNED,
    }
    return render(request, "agenda/running/closed_item.html", context)
