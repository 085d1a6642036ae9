"""The pages around releases: what a reader may read, the search, one's own papers on a live page, standing, the release form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries as people
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.reader.forms import asked_version
from packets.releasing import queries
from packets.releasing.forms import ReleaseDocument
from packets.releasing.seeing import is_replaced, sight_of, sights

PAGE = "packets:papers"


def listed(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """Show who only reads the papers they may see now, by item of the programme."""
    context = desk_context(meeting, actor, PAGE) | {"tabs": tabs_of("papers", meeting, actor, PAGE)}
    return never_cache(render)(request, "packets/list.html", context | queries.by_item(meeting, actor, sights(meeting, actor)))


@require_safe
@never_cache
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the papers one may read as a fragment of a live page, by item: the page shows those of the open one."""
    meeting, actor = people.actor_or_404(request, slug)
    return render(request, "packets/pieces/mine.html", {"meeting": meeting} | queries.mine_of(meeting, actor))


@require_safe
@never_cache
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Search titles and pages of the papers one may read."""
    meeting, actor = people.page_actor(request, slug, Ability.SEE, named=True)
    sought = request.GET.get("q", "").replace("\0", "")[:200]
    context = desk_context(meeting, actor, PAGE) | {"tabs": tabs_of("papers", meeting, actor, PAGE), "sought": sought}
    return render(request, "packets/found.html", context | {"found": queries.search(meeting, actor, sought)})


@require_safe
@never_cache
def standing(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """Tell a page that shows a paper whether it still may, in which version, under which releases; 404: it may not.

    `?version=2`: of a page that shows this one. Once a newer one has been released to its reader, that one is told.
    """
    meeting, actor = people.actor_or_404(request, slug)
    return JsonResponse(_standing(meeting, actor, number, asked_version(request)))


@require_safe
@never_cache
def standings(request: HttpRequest, slug: str) -> JsonResponse:
    """The same for several papers shown as one (`of`: their numbers); 404 when one of them may not be shown any more."""
    meeting, actor = people.actor_or_404(request, slug)
    numbers = [people.number_in(text) for text in request.GET.getlist("of")]
    wanted = {number for number in numbers if number is not None}
    found = {sight.document.number: sight for sight in sights(meeting, actor)} if wanted else {}
    if None in numbers or not all(number in found and found[number].version for number in wanted):
        raise Http404
    return JsonResponse({"papers": [queries.standing_of(found[number]) for number in sorted(wanted)]})


def _standing(meeting: Meeting, actor: Actor, number: int, version: int | None) -> dict[str, Any]:
    sight = sight_of(meeting, actor, number, version=version)
    if sight is None and version is not None:
        seen = sight_of(meeting, actor, number)
        sight = seen if seen is not None and is_replaced(seen, version) else None
    if sight is None:
        raise Http404
    return queries.standing_of(sight)


@require_safe
@never_cache
def release_paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the form that releases a paper, and what is open of it."""
    meeting, actor = people.page_actor(request, slug, Ability.PREPARE)
    return _releasing(request, meeting, actor, [number])


@require_safe
@never_cache
def release_papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for several papers at once (`paper`: their numbers)."""
    meeting, actor = people.page_actor(request, slug, Ability.PREPARE)
    numbers = [people.number_in(text) for text in request.GET.getlist("paper")]
    return _releasing(request, meeting, actor, [number for number in numbers if number is not None])


def _releasing(request: HttpRequest, meeting: Meeting, actor: Actor, numbers: list[int]) -> HttpResponse:
    rows = queries.to_release(meeting, numbers)
    if not rows:
        raise Http404
    form = ReleaseDocument(meeting=meeting, by=actor)
    context = desk_context(meeting, actor, PAGE) | {"tabs": tabs_of("papers", meeting, actor, PAGE)}
    return render(request, "packets/release.html", context | {"form": form, **queries.releasing(meeting, rows)})


CHOICES = {"people": queries.people_called, "sites": queries.sites_called}


@require_safe
@never_cache
def choices(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Give people or bridge points by name, to be chosen for a release: a fragment."""
    meeting, _actor = people.page_actor(request, slug, Ability.PREPARE)
    if what not in CHOICES:
        raise Http404
    found = CHOICES[what](meeting, request.GET.get("q", "").replace("\0", "")[:200])
    return render(request, "packets/releasing/choices.html", {"rows": found.rows, "more": found.more})
