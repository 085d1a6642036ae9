"""The page on which the chair, or the minutes, is handed over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.desk import desk_context
from meetings.models import Role
from meetings.presiding.queries import SHOWN, presiding, successors
from meetings.procedure import Ability


@require_safe
@never_cache
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who presides and who keeps the minutes, and to whom that can be handed over; `q` looks for somebody."""
    meeting, actor = queries.page_actor(request, slug, Ability.RUN_MEETING)
    role = Role.SECRETARY if request.GET.get("role") == Role.SECRETARY and actor.may(Ability.WRITE_MINUTES) else Role.CHAIR
    typed = request.GET.get("q", "")[:100]
    now = presiding(meeting, role)
    is_own = now is not None and actor.participant is not None and now.participant_id == actor.participant.pk
    found = list(successors(meeting, role, typed)[: SHOWN + 1])
    context = (
        desk_context(meeting, actor, "live:control")
        | {
            "role": role.value,
            "typed": typed,
            "now": now,
            "onward": reverse("meetings:overview", args=[slug]) if is_own else "",  # this page may be closed to who hands over
            "people": found[:SHOWN],
            "more": len(found) > SHOWN,
            "history": list(meeting.presiding.filter(role=role)),
        }
    )
    return render(request, "meetings/hand_over.html", context)
