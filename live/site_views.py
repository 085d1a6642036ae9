"""What a bridge point's console fetches of its own, beside its hall: which site commands it has acknowledged, its equipment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live.halls import acks_of, equipment_of
from live.views import console_site
from meetings import queries
from voting.halls.queries import tally_of


@require_safe
@never_cache
def acks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The site commands that somebody at a bridge point has acknowledged: a fragment the console fetches when poked."""
    meeting, actor = queries.actor_or_404(request, slug)
    return render(request, "live/parts/console/acks.html", {"acks": acks_of(console_site(meeting, actor, pk))})


@require_safe
@never_cache
def equipment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is still to be checked at a bridge point, its open incidents, and the buttons that report one."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = console_site(meeting, actor, pk)
    abilities = {ability.value for ability in actor.abilities}
    context = equipment_of(actor, site) | {"meeting": meeting, "site": site, "abilities": abilities}
    return render(request, "live/parts/console/equipment.html", context)


@require_safe
@never_cache
def tally(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The count of a bridge point's hall in the vote under way: its form, and how it stands."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = console_site(meeting, actor, pk)
    abilities = {ability.value for ability in actor.abilities}
    context = tally_of(meeting, actor, site) | {"meeting": meeting, "site": site, "abilities": abilities}
    return render(request, "live/parts/console/tally.html", context)
