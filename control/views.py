"""The page of public displays."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from control.forms import OpenDisplay
from control.models import Display
from control.tokens import token_of
from meetings import queries
from meetings.desk import desk_context
from meetings.procedure import Ability


@require_safe
def displays(request: HttpRequest, slug: str) -> HttpResponse:
    """List the displays with their addresses, and a form to open another."""
    meeting, actor = queries.page_actor(request, slug, Ability.STEER_DISPLAYS)
    found = meeting.displays.select_related("bridge_point").filter(revoked_at=None)
    context = desk_context(meeting, actor, "control:displays") | {
        "rows": [_row(display) for display in found],
        "form": OpenDisplay(meeting=meeting, by=actor),
    }
    return render(request, "control/displays.html", context)


def _row(display: Display) -> dict[str, object]:
    token = token_of(display)
    return {"display": display, "token": token, "address": settings.PUBLIC_URL + reverse("live:display", args=[token])}
