"""The secretariat's pages of registration: the board of all units, whom to ask, and what is done with many at once."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.registration import exporting, queries, rules
from attendance.registration.forms import AskUnits, ExtendUnits, SetTerms
from attendance.registration.models import AskedUnit
from attendance.registration.places import terms_of
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.queries import number_in, page_actor
from sheets import TYPES

PAGE_SIZE = 100
FILTERS = ("q", "stage", "order")


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").replace("\0", "")[:200] for key in FILTERS}


@require_safe
def registration(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all units with how far they have come, worst deadlines named, in pages of a hundred."""
    meeting, actor = page_actor(request, slug, Ability.SEE_PEOPLE)
    wanted = _wanted(request)
    page = Paginator(queries.search_units(meeting, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = desk_context(meeting, actor, "attendance:participants") | {
        "tabs": tabs_of("delegates", meeting, actor, "attendance:registration"),
        "page": page,
        "rows": queries.board_rows(meeting, page.object_list),
        "query": wanted,
        "totals": queries.totals(meeting),
        "terms": terms_of(meeting),
        "stages": AskedUnit.Stage.choices,
        "marks": {"not_opened": rules.NOT_OPENED, "late": rules.LATE, "wishes": rules.WISHES},
        "may_prepare": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }
    return render(request, "attendance/registration/board.html", context)


@require_safe
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is asked of all units, and the form that asks more of them."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    terms = terms_of(meeting)
    fields = ("deadline", "message", "asks_phone", "asks_email", "asks_needs")
    initial = {name: getattr(terms, name) for name in fields} if terms else {}
    context = desk_context(meeting, actor, "attendance:participants") | {
        "tabs": tabs_of("delegates", meeting, actor, "attendance:registration"),
        "terms": terms,
        "set_terms": SetTerms(meeting=meeting, by=actor, initial=initial, auto_id="terms-%s"),
        "ask": AskUnits(meeting=meeting, by=actor, auto_id="ask-%s"),
        "asked": meeting.asked_units.filter(is_withdrawn=False).count(),
    }
    return render(request, "attendance/registration/ask.html", context)


@require_safe
def chosen(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what can be done with the units that were ticked on the board, or with all it found."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    wanted, found = _wanted(request), request.GET.get("found") == "on"
    units = queries.search_units(meeting, wanted)
    if not found:
        keys = [pk for pk in map(number_in, request.GET.getlist("units")) if pk is not None]
        units = meeting.asked_units.select_related("organisation").filter(pk__in=keys[:PAGE_SIZE]).order_by("organisation__code")
    listed = list(units[: PAGE_SIZE + 1])
    context: dict[str, Any] = desk_context(meeting, actor, "attendance:participants") | {
        "tabs": tabs_of("delegates", meeting, actor, "attendance:registration"),
        "units": listed[:PAGE_SIZE],
        "count": units.count() if found else len(listed),
        "owing": units.filter(stage__in=rules.OWING).count(),
        "found": found,
        "query": wanted,
        "extend": ExtendUnits(meeting=meeting, by=actor, auto_id="extend-%s"),
    }
    return render(request, "attendance/registration/chosen.html", context)


@require_safe
def registration_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the board as a file, as it is filtered: `csv` or `xlsx`."""
    meeting, _actor = page_actor(request, slug, Ability.SEE_PEOPLE)
    if form not in TYPES:
        raise Http404
    rows = queries.board_rows(meeting, queries.search_units(meeting, _wanted(request)))
    return exporting.answer(meeting, rows, form)
