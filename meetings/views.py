"""The pages of meetings: my meetings, a new one, its data, the overview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meetings import hooks, queries
from meetings.desk import desk_context
from meetings.forms import MeetingForm, SetSeries
from meetings.home import home_as, home_of
from meetings.keeping import kept_with_journal
from meetings.models import Meeting
from meetings.overview import overview_of
from meetings.procedure import Ability
from meetings.rehearsal.showing import rehearsing


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the meetings of the account."""
    user = queries.account(request)
    office = queries.office_actor(user)
    roles, asked = queries.roles_of(user), queries.asked_of(user)
    held = queries.meetings_of(user).exclude(kind=Meeting.Kind.TEMPLATE)
    found = [{"meeting": m, "home": home_as(m, roles.get(m.pk), is_asked=m.pk in asked)} for m in held]
    waiting = [one for room in hooks.asked_to_read for one in room(user)]
    context = {"rows": found, "waiting": waiting, "may_create": office.may(Ability.CREATE_MEETING)}
    return render(request, "meetings/index.html", context)


@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the data of a meeting for change; the command door saves them."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    form = MeetingForm(initial=MeetingForm.initial_of(meeting))
    series = SetSeries(meeting=meeting, by=actor, initial={"series": meeting.series_id})
    context = desk_context(meeting, actor, "meetings:overview") | {"form": form, "series": series}
    return render(request, "meetings/edit.html", context)


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is ready and what to do next; who only takes part goes straight to the own screen."""
    meeting, actor = queries.actor_or_404(request, slug, named=True)
    if not actor.may(Ability.SEE_PEOPLE):
        return redirect(home_of(meeting, queries.account(request)))
    context = desk_context(meeting, actor, "meetings:overview")
    work = overview_of(meeting, context["sittings"], context["now"])
    context |= {"work": work, "counts": kept_with_journal(meeting, ("totals",), lambda: queries.totals(meeting))}
    context |= rehearsing(meeting)
    return render(request, "meetings/overview.html", context)
