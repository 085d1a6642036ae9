"""The page of proxies: who votes for whom, giving one and ending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.queries import page_actor
from voting.proxies.forms import GiveProxy


@require_safe
def proxy_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List who votes for whom: those that hold first, then those that have ended."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    rows = meeting.proxies.select_related("giver", "holder")
    context = desk_context(meeting, actor, "voting:polls") | {
        "tabs": tabs_of("polls", meeting, actor, "voting:proxies"),
        "holding": [one for one in rows if one.ended_at is None],
        "ended": [one for one in rows if one.ended_at is not None],
    }
    if meeting.state != Meeting.State.ADJOURNED:
        context["form"] = GiveProxy(meeting=meeting, by=actor)
    return render(request, "voting/proxies.html", context)
