"""The pages of meetings: my meetings, a new one, the overview, bridge points."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings import actions, queries
from meetings.desk import desk_context
from meetings.forms import AddBridgePoints, MeetingForm
from meetings.home import home_as, home_of
from meetings.models import Meeting
from meetings.overview import steps_of
from meetings.procedure import Ability

SITES_ON_A_PAGE = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the meetings of the account."""
    user = queries.account(request)
    office = queries.office_actor(user)
    roles = queries.roles_of(user)
    found = [{"meeting": m, "home": home_as(m, roles.get(m.pk))} for m in queries.meetings_of(user)]
    context = {"rows": found, "may_create": office.may(Ability.CREATE_MEETING), "office": office}
    return render(request, "meetings/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the data of a new meeting and create it."""
    office = queries.office_actor(queries.account(request))
    office.require(Ability.CREATE_MEETING)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meeting = actions.create_meeting(by=office, **form.arguments())
        return redirect(meeting)
    return render(request, "meetings/new.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the data of a meeting for change; the command door saves them."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    form = MeetingForm(initial=MeetingForm.initial_of(meeting))
    context = desk_context(meeting, actor, "meetings:overview") | {"form": form}
    return render(request, "meetings/edit.html", context)


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is ready and what to do next; who only takes part goes straight to the own screen."""
    meeting, actor = queries.actor_or_404(request, slug)
    if not actor.may(Ability.SEE_PEOPLE):
        return redirect(home_of(meeting, queries.account(request)))
    context = desk_context(meeting, actor, "meetings:overview")
    context |= {"steps": steps_of(meeting), "counts": queries.totals(meeting)}
    return render(request, "meetings/overview.html", context)


@require_safe
def bridge_points(request: HttpRequest, slug: str) -> HttpResponse:
    """List the bridge points with a form to add more; where there are very many, in pages that the server searches."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    words = request.GET.get("q", "").replace("\0", "")
    page = Paginator(queries.bridge_points_with_counts(meeting, words), SITES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = desk_context(meeting, actor, "meetings:bridge_points") | {
        "page": page,
        "rows": page.object_list,
        "query": {"q": words},
        "form": AddBridgePoints(meeting=meeting, by=actor),
        "may_prepare": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }
    return render(request, "meetings/bridge_points.html", context)
