"""The conclusions desk: the list in which one proposes and adopts, and the page on which one conclusion is worded."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.conclusions import showing
from minutes.conclusions.queries import rows_of
from minutes.models import Conclusion

PAGE = "minutes:conclusions"


@require_safe
@never_cache
def conclusions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is proposed, adopted and withdrawn; propose. `item`, `block` and `again` say where the words come from."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES, named=True)
    context = _page(meeting, actor) | showing.listed(meeting) | showing.offers(meeting)
    return render(request, "minutes/conclusions/desk.html", context | {"draft": showing.begun(meeting, request.GET)})


@require_safe
@never_cache
def conclusions_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list alone: a fragment that the page fetches when a conclusion has changed."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    context = _fragment(meeting, actor) | showing.listed(meeting)
    return render(request, "minutes/conclusions/list.html", context)


@require_safe
@never_cache
def conclusion(request: HttpRequest, slug: str, conclusion: int) -> HttpResponse:
    """Word one conclusion; see every wording it has had, any two side by side (`old`, `new`)."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES, named=True)
    row = _row(meeting, conclusion)
    context = _page(meeting, actor) | showing.offers(meeting) | showing.one(meeting, row, request.GET)
    return render(request, "minutes/conclusions/one.html", context)


@require_safe
@never_cache
def conclusion_state(request: HttpRequest, slug: str, conclusion: int) -> HttpResponse:
    """How one conclusion stands: a fragment beside the form; with `version`, what was changed since that one."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    row = _row(meeting, conclusion)
    context = _fragment(meeting, actor) | showing.one(meeting, row, request.GET)
    return render(request, "minutes/conclusions/state.html", context)


@require_safe
@never_cache
def conclusions_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The adopted conclusions as JSON, for papers and for what follows them up."""
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    told = {
        "schema": "diemcau/conclusions/1",
        "meeting": {"slug": meeting.slug, "title": meeting.title, "organiser": meeting.organiser.name},
        "conclusions": rows_of(meeting),
    }
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="ket-luan-{meeting.slug}.json"'
    return response


def _row(meeting: Meeting, pk: int) -> Conclusion:
    """Return one conclusion of this meeting; a number no row could have is no row."""
    found: Conclusion = get_object_or_404(meeting.conclusions, pk=queries.number_in(str(pk)) or 0)
    return found


def _fragment(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return {"meeting": meeting, "actor": actor, "abilities": {ability.value for ability in actor.abilities}}


def _page(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """Return the frame of the page, with the line that tells it of every change (its ticket is fetched by the page)."""
    addresses = {
        "twin": f"{reverse('live:twin', args=[meeting.slug])}?screen=conclusions",
        "renew": f"{reverse('live:ticket', args=[meeting.slug])}?screen=conclusions",
        "live": {"socket": f"/ws/m/{meeting.slug}/", "ticket": "", "epoch": "", "after": 0},
    }
    return desk_context(meeting, actor, "minutes:minutes") | addresses | {"tabs": tabs_of("minutes", meeting, actor, PAGE)}
