"""The packet: what is in it, its binding as long work, the reader with a copy of one's own, and the copy itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs.models import Job
from meetings import queries as meetings
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed
from meetings.procedure import Ability
from meetings.queries import number_in
from packets.binding.planning import Plan, plan_from
from packets.binding.queries import binding_job, binding_of, pages_with
from packets.binding.showing import begins, of_packet
from packets.binding.work import ask_to_bind
from packets.models import Binding, Opening
from packets.reader import searching
from packets.reader.showing import reader_context
from packets.reader.taking import taken
from packets.reader.views import allow_reader
from packets.releasing.seeing import Sight, sights
from packets.tracing.openings import open_copy
from people.models import User

PAGE = "packets:packet"


@require_safe
def packet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what stands in the packet of the reader's class, and whether it is bound."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE, named=True)
    seen = sights(meeting, actor)
    plan = plan_from(meeting, seen)
    context = desk_context(meeting, actor, "packets:papers") | {"tabs": tabs_of("papers", meeting, actor, PAGE)}
    return render(request, "packets/packet.html", context | {"plan": plan} | _state(plan, seen))


@require_safe
def packet_state(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of that page that moves while the packet is bound."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    seen = sights(meeting, actor)
    return render(request, "packets/packet_state.html", {"meeting": meeting} | _state(plan_from(meeting, seen), seen))


@require_POST
def bind_packet(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the packet of the reader's class bound, unless it is bound or being bound."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    assert isinstance(request.user, User)
    plan = plan_from(meeting, sights(meeting, actor))
    if plan.versions:
        ask_to_bind(plan, request.user)
    response = HttpResponseRedirect(reverse(PAGE, args=[slug]))
    response.status_code = 303
    return response


@require_safe
@allow_reader
def packet_reader(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the bound packet: a copy with its own mark and access record, in the reader."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE, named=True)
    seen = sights(meeting, actor)
    plan = plan_from(meeting, seen)
    binding = binding_of(plan)
    if binding is None:
        return HttpResponseRedirect(reverse(PAGE, args=[slug]))
    if request.method == "HEAD":
        return HttpResponse()
    opening = open_copy(meeting, actor, binding=binding, way=Opening.Way.SCREEN)
    asked = number_in(request.GET.get("page", "")) or 1
    shown = of_packet(plan, binding, seen, opening, page=asked, may_download=_may_download(seen))
    context = reader_context(meeting, actor, shown, _bound(seen)) | {"back": reverse(PAGE, args=[slug])}
    return render(request, "packets/reader.html", context)


@require_safe
def download_packet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the bound packet to be kept, flattened; only while every paper in it may be downloaded."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    seen = sights(meeting, actor)
    binding = binding_of(plan_from(meeting, seen))
    if binding is None:
        raise Http404
    if not _may_download(seen):
        raise NotAllowed(_("Not every paper in the packet may be downloaded. Read it here, or ask the secretariat."))
    way = Opening.Way.DOWNLOAD
    return taken(request, _("The packet of papers"), way, lambda: open_copy(meeting, actor, binding=binding, way=way))


@require_safe
def find_in_packet(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where words stand in the packet, with or without diacritics, by the pages of the whole."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    plan = plan_from(meeting, sights(meeting, actor))
    binding = binding_of(plan)
    if binding is None:
        raise Http404
    query = request.GET.get("q", "")[:200]
    found = searching.hits(pages_with(plan, begins(plan, binding), query), query)
    return JsonResponse({"hits": [asdict(hit) for hit in found], "more": len(found) >= searching.AT_MOST})


def _state(plan: Plan, seen: list[Sight]) -> dict[str, Any]:
    """Return how far the packet is: nothing to bind, not bound, at work, failed, or bound."""
    binding: Binding | None = binding_of(plan) if plan.versions else None
    job: Job | None = binding_job(plan) if plan.versions and binding is None else None
    if binding is not None:
        state = "done"
    elif job is not None and not job.is_over:
        state = "running"
    else:
        state = "failed" if job is not None and job.state == Job.State.FAILED else "none"
    pages = binding.pages if binding else sum(version.pages for version in plan.versions)
    return {"state": state, "binding": binding, "job": job, "count": len(plan.versions), "pages": pages,
            "may_download": _may_download(seen)}  # fmt: skip


def _may_download(seen: list[Sight]) -> bool:
    """Tell whether every paper in the packet may be downloaded."""
    bound = _bound(seen)
    return bool(bound) and all(sight.may_download for sight in bound)


def _bound(seen: list[Sight]) -> list[Sight]:
    """Return the papers that stand in the packet with their pages."""
    return [sight for sight in seen if sight.version is not None and sight.version.is_readable]
