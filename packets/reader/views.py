"""The reader: its page opens a copy of one's own; search inside a paper, and one's own marks, beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from copies.marking import shown as shown_code
from copies.refusals import sentence_of
from meetings import queries as meetings
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from packets.models import Opening
from packets.reader import queries, quick, searching
from packets.reader.forms import BookmarkForm, asked_version
from packets.reader.queries import Place
from packets.reader.showing import Shown, of_paper, reader_context
from packets.releasing.seeing import Sight, is_replaced
from packets.tracing.openings import open_copy

# pdf.js decodes some pictures by WebAssembly, and works in a worker: on this page alone.
READER_POLICY: dict[str, Any] = {"script-src": ["'wasm-unsafe-eval'"], "worker-src": [SELF]}
allow_reader: Any = csp_update(READER_POLICY)


@require_safe
@allow_reader
def reader(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Open a paper: a copy with its own mark and access record, in the reader."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE, named=True)
    version = asked_version(request)
    try:
        sight, place = queries.placed_or_404(meeting, actor, number)
    except Http404:
        lost = queries.recalled_of(meeting, actor.user, number)
        if lost is None:
            raise
        context = reader_context(meeting, actor, Shown(title=lost.title, number=lost.number, why="recalled"))
        return render(request, "packets/reader.html", context, status=404)
    if version is not None:
        if is_replaced(sight, version):
            return redirect("packets:reader", slug, number)
        sight = queries.sight_or_404(meeting, actor, number, version)
    session = request.session.session_key or "" if request.method == "GET" else ""
    shown = _opened(meeting, actor, sight, place, page=number_in(request.GET.get("page", "")), session=session, only=version)
    context = reader_context(meeting, actor, shown, [sight], version=version)
    if shown.why == "refused" and sight.version is not None:
        context["reason"] = sentence_of(sight.version.refusal)
    return render(request, "packets/reader.html", context)


def _opened(
    meeting: Meeting, actor: Actor, sight: Sight, place: Place, *, page: int | None, session: str, only: int | None
) -> Shown:
    """Open a copy, unless there is none or the page is only looked for (HEAD: without a session)."""
    version = sight.version
    if version is None or not version.is_readable or not session:
        return of_paper(meeting, actor, sight, place, file="", code="", page=page, only=only)
    opening = open_copy(meeting, actor, version=version, way=Opening.Way.SCREEN)
    file = reverse("packets:file", args=[meeting.slug, sight.document.number, opening.code])
    quick.grant(session, file, opening)
    return of_paper(meeting, actor, sight, place, file=file, code=shown_code(opening.code), page=page, only=only)


@require_safe
def find_in_paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say where words stand in a paper, with or without diacritics."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    _, version = queries.readable_or_404(meeting, actor, number, asked_version(request))
    query = request.GET.get("q", "")[:200]
    found = searching.hits(queries.texts_with(version, query), query)
    return JsonResponse({"hits": [asdict(hit) for hit in found], "more": len(found) >= searching.AT_MOST})


@require_http_methods(["GET", "HEAD", "POST"])
def bookmarks(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep or take away one's own mark at a page; answer with all of them in this paper."""
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    sight, version = queries.readable_or_404(meeting, actor, number, asked_version(request))
    account, status = actor.user, 200
    if request.method == "POST":
        form = BookmarkForm(request.POST)
        if not form.is_valid() or form.cleaned_data["page"] > version.pages:
            return JsonResponse({"state": "invalid", "errors": form.errors}, status=400)
        page = form.cleaned_data["page"]
        if form.cleaned_data["remove"]:
            queries.remove_bookmark(sight.document, account, page)
        elif not queries.keep_bookmark(sight.document, account, page, form.cleaned_data["words"]):
            status = 409
    return JsonResponse({"bookmarks": queries.bookmarks_of(sight.document, account)}, status=status)
