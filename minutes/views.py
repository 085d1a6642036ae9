"""The pages of the minutes: the draft with its blocks, the prints, and the page that checks a printed paper."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing.codes import read_code, spelled
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability
from minutes import checking, proofs
from minutes.blocks.pages import page_of
from minutes.blocks.telling import newest_told
from minutes.models import Minutes, Print

#: Browsers show a PDF with an object element of their own; ours is the only one they may show here.
PDF_POLICY = {"object-src": ["'self'"]}


@require_safe
@never_cache
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the minutes as the paper they will be, following the journal; each block is written in its place."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    draft = Minutes.objects.filter(meeting=meeting).first()
    context = desk_context(meeting, actor, "minutes:minutes") | page_of(meeting, actor, draft)
    context |= {"tabs": tabs_of("minutes", meeting, actor, "minutes:minutes")}
    return render(request, "minutes/minutes.html", context | {"prints": _prints(meeting, draft)})


def _prints(meeting: Meeting, draft: Minutes | None) -> list[dict[str, Any]]:
    papers = list(draft.prints.all()) if draft else []
    moved = newest_told(meeting) if papers else 0
    return [{"paper": paper, **_told(paper, draft, meeting, moved)} for paper in papers if draft]


def _told(paper: Print, draft: Minutes, meeting: Meeting, newest: int) -> dict[str, Any]:
    return {
        "standing": checking.standing(paper, draft, demonstration=meeting.is_demonstration, newest=newest),
        "code": spelled(paper.code),
        "digest": checking.grouped(paper.sha256),
    }


@require_safe
@never_cache
@csp_update(PDF_POLICY)  # type: ignore[arg-type]
def newest_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the newest paper."""
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    paper = Print.objects.filter(minutes__meeting=meeting).first()
    if paper is None:
        return render(request, "minutes/no_print.html", {"meeting": meeting}, status=404)
    return _pdf(meeting, paper)


@require_safe
@never_cache
@csp_update(PDF_POLICY)  # type: ignore[arg-type]
def print_of(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give one paper."""
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    return _pdf(meeting, get_object_or_404(Print, minutes__meeting=meeting, code=read_code(code)))


def _pdf(meeting: Meeting, paper: Print) -> HttpResponse:
    """Answer with the file exactly as it was printed, or say that it no longer is."""
    pdf = proofs.bytes_of(paper)
    if pdf is None:
        raise OutOfOrder(_("The file of this paper is missing or was altered in the store. Print the minutes again."))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-ban-{meeting.slug}-{paper.code[:8]}.pdf"'
    return response


@login_not_required
@require_safe
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a printed paper is worth: where its QR code leads, open to whoever holds the paper."""
    found = Print.objects.select_related("minutes__meeting").filter(code=read_code(code)).first()
    if found is None:
        return render(request, "minutes/unknown_paper.html", {"typed": code[:60]}, status=404)
    meeting = found.minutes.meeting
    context = {
        "meeting": meeting,
        "paper": found,
        "minutes": found.minutes,
        **_told(found, found.minutes, meeting, newest_told(meeting)),
    }
    return render(request, "minutes/check.html", context)
