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

from meetings import queries
from meetings.desk import desk_context
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability
from minutes import checking, proofs
from minutes.layout import laid_out
from minutes.models import Minutes, MinutesBlock, Print
from minutes.writing import MINUTED
from printing.errors import NoProfile
from printing.papers import day_in_words
from printing.profiles import last_known, profile_for

#: Browsers show a PDF with an object element of their own; ours is the only one they may show here.
PDF_POLICY = {"object-src": ["'self'"]}


@require_safe
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as the paper it will be, each block to be changed in its place, and the papers printed so far."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    context = desk_context(meeting, actor, "minutes:minutes")
    draft = Minutes.objects.filter(meeting=meeting).first()
    if draft is not None:
        context |= _draft_context(meeting, draft)
    return render(request, "minutes/minutes.html", context | {"minutes": draft})


def _draft_context(meeting: Meeting, draft: Minutes) -> dict[str, Any]:
    blocks = list(draft.blocks.all())
    is_open, day = draft.state == Minutes.State.DRAFT, day_in_words(proofs.paper_day(meeting))
    return {
        "sheet": laid_out(blocks, day),
        "paper_day": day,
        "kept": [block for block in blocks if block.edited],
        "behind": meeting.journal.entries.filter(number__gt=draft.drafted_up_to, kind__in=MINUTED).count() if is_open else 0,
        "prints": [{"paper": paper, **_told(paper, draft, meeting)} for paper in draft.prints.all()],
        "is_open": is_open,
        "old_rules": _old_rules(meeting),
    }


def _old_rules(meeting: Meeting) -> str:
    """Return the name of the layout rules when they no longer hold on the paper's date, else nothing."""
    day = proofs.paper_day(meeting)
    try:
        profile_for("party", day)
    except NoProfile:
        return last_known("party", day).name
    return ""


def _told(paper: Print, draft: Minutes, meeting: Meeting) -> dict[str, Any]:
    return {
        "standing": checking.standing(paper, draft, demonstration=meeting.is_demonstration),
        "code": proofs.spelled(paper.code),
        "digest": checking.grouped(paper.sha256),
    }


@require_safe
def block(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one block as it stands now: to put it in its place again, or beside what somebody else is typing."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    row = get_object_or_404(MinutesBlock.objects.select_related("minutes"), pk=pk, minutes__meeting=meeting)
    day = day_in_words(proofs.paper_day(meeting))
    whole = laid_out(list(row.minutes.blocks.all()), day)
    part = next((part for part in (*whole.body, *whole.annexes) if part.block.key == row.key), None)
    context = desk_context(meeting, actor, "minutes:minutes") | {
        "minutes": row.minutes,
        "is_open": row.minutes.state == Minutes.State.DRAFT,
        "block": row,
        "part": part,
        "paper_day": day,
    }
    return render(request, "minutes/block.html", context)


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
    return _pdf(meeting, get_object_or_404(Print, minutes__meeting=meeting, code=checking.read_code(code)))


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
    found = Print.objects.select_related("minutes__meeting").filter(code=checking.read_code(code)[:26]).first()
    if found is None:
        return render(request, "minutes/unknown_paper.html", {"typed": code[:60]}, status=404)
    meeting = found.minutes.meeting
    context = {"meeting": meeting, "paper": found, "minutes": found.minutes, **_told(found, found.minutes, meeting)}
    return render(request, "minutes/check.html", context)
