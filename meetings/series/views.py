"""The pages of a new meeting, of series and of templates, and of what differs between two meetings."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.clockwork import read_date
from meetings.desk import desk_context
from meetings.forms import AddSeries, CloneMeeting, CreateMeeting, MeetingForm, RenameSeries
from meetings.forms.sittings import initial_rows
from meetings.hooks import Pair
from meetings.models import Meeting, Series
from meetings.procedure import Ability, Actor
from meetings.series.comparing import STATE_WORDS, STATES, comparison
from meetings.series.parts import parts
from meetings.series.queries import bases, choices, comparable, goers, meetings_in, series_list, templates
from sheets import TYPES, write_xlsx

PAGE = 100
PEOPLE_SHOWN = 30
CHOICES = 500


def _office(request: HttpRequest) -> Actor:
    office = queries.office_actor(queries.account(request))
    office.require(Ability.CREATE_MEETING)
    return office


def _text(request: HttpRequest, name: str = "q") -> str:
    return request.GET.get(name, "").replace("\0", "")[:120]


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the data of a new meeting or template: blank, or begun from another meeting; the office's door makes it."""
    office = _office(request)
    source = _source(queries.meetings_of(office.user), request.GET.get("from", ""))
    first_day, as_template = read_date(_text(request, "first_day")), "as_template" in request.GET
    context: dict[str, Any] = {
        "bases": bases(office.user),
        "source": source,
        "first_day": _text(request, "first_day"),
        "as_template": as_template,
        "abilities": {ability.value for ability in office.abilities},
    }
    if source is None:
        initial = {"as_template": as_template, "series": queries.number_in(_text(request, "series"))}
        return render(request, "meetings/new.html", context | {"form": CreateMeeting(by=office, initial=initial)})
    initial = _initial(source, first_day, as_template)
    going = goers(source, [name for name, _label in parts()], timezone.localdate())
    changed = [goer for goer in going if goer.is_changed or goer.holds_none]
    context |= {"going": len(going), "changed": changed[:PEOPLE_SHOWN], "changed_total": len(changed)}
    return render(request, "meetings/new.html", context | {"form": CloneMeeting(by=office, initial=initial)})


def _source(seen: QuerySet[Meeting], slug: str) -> Meeting | None:
    if not slug:
        return None
    found: Meeting = get_object_or_404(seen, slug=slug[:60].replace("\0", ""))
    return found


def _initial(source: Meeting, first_day: Any, as_template: bool) -> dict[str, Any]:
    """Return the old meeting's data, its sittings moved to the new first day, and the year in its name with them."""
    sittings, shift = list(source.sittings.all()), timedelta()
    if first_day is not None and sittings:
        held = timezone.localtime(sittings[0].starts_at).date()
        shift = first_day - held
    data = MeetingForm.initial_of(source) | initial_rows(sittings, shift=shift)
    if shift:
        data["title"] = re.sub(rf"\b(năm|year) {held.year}\b", rf"\g<1> {first_day.year}", data["title"], flags=re.IGNORECASE)
    return data | {
        "series": source.series_id,
        "source": source.pk,
        "as_template": as_template,
        "parts": [name for name, _label in parts()],
    }


@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """List the series with a form to make one."""
    office, text = _office(request), _text(request)
    context = {
        "page": Paginator(series_list(text), PAGE).get_page(request.GET.get("page")),
        "query": {"q": text},
        "abilities": {ability.value for ability in office.abilities},
        "add": AddSeries(by=office),
    }
    return render(request, "meetings/series.html", context)


@require_safe
def one_series(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a series with its meetings over the years."""
    office = _office(request)
    found = get_object_or_404(Series, pk=pk)
    page = Paginator(meetings_in(found, office.user), PAGE).get_page(request.GET.get("page"))
    outside = choices(office.user).filter(series=None).exclude(kind=Meeting.Kind.TEMPLATE)
    context = {
        "series": found,
        "page": page,
        "query": {},
        "outside": outside[:CHOICES],
        "abilities": {ability.value for ability in office.abilities},
        "rename": RenameSeries(by=office, initial={"series": found.pk, "title": found.title}),
    }
    return render(request, "meetings/one_series.html", context)


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """List the templates."""
    office, text = _office(request), _text(request)
    context = {
        "page": Paginator(templates(text), PAGE).get_page(request.GET.get("page")),
        "query": {"q": text},
        "abilities": {ability.value for ability in office.abilities},
    }
    return render(request, "meetings/templates.html", context)


def _exported(meeting: Meeting, title: object, pairs: list[Pair]) -> HttpResponse:
    """Return the lines of a comparison as a workbook."""
    columns = [str(title), _("State"), _("Old"), _("New")]
    rows = [(p.name, str(STATE_WORDS[p.state]), p.old or "", p.new or "") for p in pairs]
    answer = HttpResponse(write_xlsx(str(title), columns, rows), content_type=TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{meeting.slug}.xlsx"'
    return answer


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a meeting differs from the one it was made from, or from any other one prepares: old beside new."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    seen = comparable(queries.account(request)).exclude(pk=meeting.pk)
    asked = request.GET.get("with", "")
    old = _source(seen, asked) if asked else seen.filter(clones=meeting).first()
    part, state = request.GET.get("part", ""), request.GET.get("state", "")
    if state and state not in STATES:
        raise Http404
    context = desk_context(meeting, actor, "meetings:overview") | {
        "old": old,
        "others": list(seen.order_by("-pk").values("pk", "slug", "title")[:CHOICES]),
    }
    if old is not None:
        found = comparison(old, meeting)
        shown = next((one for one in found if one.name == part), found[0])
        pairs = [p for p in shown.pairs if not state or p.state == state]
        if "export" in request.GET:
            return _exported(meeting, shown.title, pairs)
        context |= {
            "parts": found,
            "shown": shown,
            "state": state,
            "page": Paginator(pairs, PAGE).get_page(request.GET.get("page")),
            "query": {"with": old.slug, "part": shown.name, "state": state},
        }
    return render(request, "meetings/compare.html", context)
