"""The page of proxies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.desk import desk_context
from meetings.procedure import Ability
from meetings.queries import page_actor


@require_safe
def proxy_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List who votes for whom."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    return render(
        request, "voting/proxies.html", desk_context(meeting, actor, "voting:proxies") | {"proxies": meeting.proxies.all()}
    )
