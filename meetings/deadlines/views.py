"""The pages of deadlines: those of a meeting, and the office's rules with its holidays."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.deadlines.forms import AddHoliday, EditDeadlineRules, SetDeadline
from meetings.deadlines.models import Holiday
from meetings.deadlines.queries import deadlines_of
from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.procedure import Ability

PAGE = 100


@require_safe
def deadlines(request: HttpRequest, slug: str) -> HttpResponse:
    """Show when each part of the work of a meeting is due, with forms to set it by hand."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    context = desk_context(meeting, actor, "meetings:overview")
    context |= {
        "dues": list(deadlines_of(meeting, context["sittings"]).values()),
        "form": SetDeadline(meeting=meeting, by=actor, auto_id="set-%s"),
        "may_prepare": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }
    return render(request, "meetings/deadlines.html", context)


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Show the office's rules and holidays for change."""
    office = queries.office_actor(queries.account(request))
    office.require(Ability.CREATE_MEETING)
    year = queries.number_in(request.GET.get("year", "")) or timezone.localdate().year
    year = min(max(year, 1900), 2200)
    context = {
        "form": EditDeadlineRules(by=office),
        "holiday": AddHoliday(by=office),
        "year": year,
        "page": Paginator(Holiday.objects.filter(day__year=year), PAGE).get_page(request.GET.get("page")),
        "query": {"year": str(year)},
        "abilities": {ability.value for ability in office.abilities},
    }
    return render(request, "meetings/rules.html", context)
