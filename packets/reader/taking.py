"""Copies that are taken away, where the release allows it: downloaded or printed, flattened, each under a code of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from copies.flattening import PLACES, Limits, flattened
from meetings import queries as meetings
from meetings.errors import NotAllowed
from meetings.procedure import Ability
from meetings.queries import account
from packets.models import Opening
from packets.reader.files import dressed, judged, streamed
from packets.reader.forms import asked_version
from packets.reader.queries import readable_or_404
from packets.reader.serving import copy_of
from packets.tracing import judging
from packets.tracing.openings import open_copy

#: What is printed is finer than what is read on screen.
FINENESS = {Opening.Way.DOWNLOAD: Limits(dots=150), Opening.Way.PRINT: Limits(dots=200, most_dots=16_000_000)}


@require_safe
def download(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Send a paper to be kept."""
    return _taken(request, slug, number, Opening.Way.DOWNLOAD)


@require_safe
def print_copy(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Send a paper to be printed."""
    return _taken(request, slug, number, Opening.Way.PRINT)


def _taken(request: HttpRequest, slug: str, number: int, way: Opening.Way) -> HttpResponseBase:
    meeting, actor = meetings.page_actor(request, slug, Ability.SEE)
    sight, version = readable_or_404(meeting, actor, number, asked_version(request))
    if not (sight.may_download if way == Opening.Way.DOWNLOAD else sight.may_print):
        raise NotAllowed(_("This paper may only be read here. Ask the secretariat if you need a copy."))
    name = f"{sight.document.number}. {sight.document.title}"
    return taken(request, name, way, lambda: open_copy(meeting, actor, version=version, way=way))


def taken(request: HttpRequest, name: str, way: str, opened: Callable[[], Opening]) -> HttpResponseBase:
    """Answer with a flattened copy under the code of a record that `opened` writes; who calls has judged that it may be taken.

    The rights are asked for again each second; when they end, the answer breaks off.
    """
    about = {"Content-Disposition": str(content_disposition_header(way == Opening.Way.DOWNLOAD, file_name(name)))}
    if request.method == "HEAD":
        return dressed(HttpResponse(content_type="application/pdf"), "", about | {"Accept-Ranges": "none"})
    if PLACES.are_full_for(account(request).pk):
        return render(request, "packets/busy.html", status=503)
    opening = opened()
    try:
        copy = copy_of(opening)
    except OSError:
        raise Http404 from None
    pictures = flattened(copy.path, copy.tail, FINENESS[Opening.Way(way)], whose=opening.account)
    response = streamed(request, judged(pictures, lambda: judging.is_still_open(opening, opening.account)))
    return dressed(response, "", about | {"Accept-Ranges": "none"})


def file_name(title: str) -> str:
    """Return a title as the name of a PDF that any system can keep: no signs that steer, turn around or lead elsewhere."""
    plain = "".join(" " if sign in '/\\:*?"<>|' else sign for sign in title if unicodedata.category(sign)[0] != "C")
    return f"{' '.join(plain.split()).strip('. ')[:120].strip() or 'tai-lieu'}.pdf"
