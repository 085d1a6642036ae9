"""The page of traces: from what can be read on a page, a print or a photograph to who opened that copy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.procedure import Ability
from meetings.queries import page_actor
from packets.tracing.codes import SHORTEST, shown
from packets.tracing.queries import traces_of

PAGE = "packets:trace"


@require_safe
@never_cache
def trace(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the latest traces and take another one."""
    meeting, actor = page_actor(request, slug, Ability.TRACE_COPIES)
    context = desk_context(meeting, actor, "packets:papers") | {"tabs": tabs_of("papers", meeting, actor, PAGE)}
    context |= {"traces": traces_of(meeting), "shortest": SHORTEST, "example": shown("7KQ2M9XWT4HB")}
    return render(request, "packets/trace.html", context)
