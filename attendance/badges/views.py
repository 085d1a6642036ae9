"""The pages of badges: who has one, what is done with those chosen, the badges themselves as PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from attendance.badges import lists, paper
from attendance.badges.validity import span_of
from attendance.badges.work import ask_to_print
from meetings.desk import desk_context, tabs_of
from meetings.errors import OutOfOrder
from meetings.keeping import kept_with_journal
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from meetings.queries import account, number_in, page_actor
from meetings.widgets import options
from printing.badges import A4, PAGES
from printing.errors import PrintingError

PAGE_SIZE = 100
FILTERED_AT_MOST = 100
#: People whose names one form can carry.
AT_MOST = 5000


def _wanted(said: Any) -> dict[str, str]:
    return {name: said.get(name, "").replace("\0", "")[:200] for name in lists.WORDS}


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "attendance:participants") | {
        "tabs": tabs_of("delegates", meeting, actor, "attendance:badges"),
        "may_prepare": meeting.state != Meeting.State.ADJOURNED and not meeting.is_template,
    }


@require_safe
@never_cache
def badges(request: HttpRequest, slug: str) -> HttpResponse:
    """List who has a badge and how it stands with it, in pages of a hundred; issue and print for all, or choose some."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE, named=True)
    query, frame = _wanted(request.GET), _frame(meeting, actor)
    page = Paginator(lists.search(meeting, query), PAGE_SIZE).get_page(request.GET.get("page"))
    context = frame | {
        "page": page,
        "rows": lists.shown_rows(meeting, page, may_prepare=frame["may_prepare"]),
        "query": query,
        "kept": urlencode({key: value for key, value in query.items() if value}),
        "is_narrowed": any(query.values()),
        "totals": lists.totals(meeting),
        "span": span_of(meeting),
        "at_once": paper.AT_ONCE,
    }
    return render(request, "attendance/badges/list.html", context | _filters(meeting, query))


def _filters(meeting: Meeting, query: dict[str, str]) -> dict[str, Any]:
    """Return the options of the filters; of very many bridge points those that stand under no other."""

    def read() -> tuple[list[Any], list[Any]]:
        sites = list(meeting.bridge_points.values_list("pk", "short_name", "parent_id"))
        return sites, list(meeting.groups.values_list("pk", "name"))

    sites, groups = kept_with_journal(meeting, ("badges", "filters"), read)
    many = len(sites) > FILTERED_AT_MOST
    shown = [(pk, name) for pk, name, parent in sites if not many or parent is None or str(pk) == query["site"]]
    return {
        "role_options": options(Role.choices, query["role"]),
        "group_options": options(groups, query["group"]) if groups else "",
        "site_options": options(shown, query["site"]),
        "badge_options": options(list(lists.STATES.items()), query["badge"]),
    }


@require_safe
@never_cache
def chosen(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what can be done with the people who were ticked in the list, or with all it found."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    people, query = list(_chosen(meeting, request.GET)), _wanted(request.GET)
    newest, span = lists.newest_of(meeting, people), span_of(meeting)
    states = [lists.state_of(one, newest.get(one.pk), span) for one in people]
    context = _frame(meeting, actor) | {
        "people": people,
        "shown": people[:PAGE_SIZE],
        "too_many": len(people) > AT_MOST,
        "lacking": sum(state in ("none", "revoked", "retired") for state in states),
        "held": sum(state in ("retired", "narrow", "printed", "ready") for state in states),
        "printable": sum(state in ("printed", "ready") for state in states),
        "back": f"{reverse('attendance:badges', args=[slug])}?{urlencode({k: v for k, v in query.items() if v})}",
        "at_once": paper.AT_ONCE,
    }
    return render(request, "attendance/badges/chosen.html", context)


def _chosen(meeting: Meeting, said: Any) -> Any:
    """Return the people an address or a form means: those ticked, or all that the list found."""
    if said.get("found") == "on":
        return lists.search(meeting, _wanted(said))
    keys = [pk for pk in map(number_in, said.getlist("participants")) if pk is not None]
    return meeting.participants.filter(pk__in=keys).order_by("bridge_point__number", "pk")


@require_safe
@never_cache
def badge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give one badge as a PDF of A6."""
    meeting, _actor = page_actor(request, slug, Ability.PREPARE)
    participant = get_object_or_404(Participant, meeting=meeting, pk=pk)
    found = paper.to_print(meeting, [participant.pk])
    if not found:
        words = {"name": participant.name}
        raise OutOfOrder(_("%(name)s has no valid badge. Issue it first, on the page of badges.") % words)
    return _file(meeting, found, "a6", f"the-dai-bieu-{participant.pk}.pdf")


@require_POST
@never_cache
def print_badges(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the badges of those chosen, or of all, as a PDF; many of them by a job."""
    meeting, _actor = page_actor(request, slug, Ability.PREPARE)
    form = request.POST.get("form", A4)
    if form not in PAGES:
        form = A4
    everyone = request.POST.get("everyone") == "on"
    wanted = None if everyone else list(_chosen(meeting, request.POST).values_list("pk", flat=True))
    found = paper.to_print(meeting, wanted)
    if len(found) > paper.AT_ONCE:
        with transaction.atomic():
            job = ask_to_print(meeting, account(request), wanted, form)
        return redirect("jobs:job", job)
    try:
        if not found:
            raise OutOfOrder(_("Nobody of those chosen has a valid badge. Issue the badges first."))
        return _file(meeting, found, form, f"the-dai-bieu-{meeting.slug}-{form}.pdf")
    except OutOfOrder as refused:
        messages.error(request, refused.reason)
        return redirect("attendance:badges", slug)


def _file(meeting: Meeting, found: list[Any], form: str, name: str) -> HttpResponse:
    try:
        pdf = paper.print_some(meeting, found, form)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
