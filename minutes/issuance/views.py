"""The office's pages of issuing: all papers by what is to be done, and one with its recipients, its number, its receipts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing.codes import spelled
from meetings import clock
from meetings.desk import desk_context, tabs_of
from meetings.directory.finding import find_organisations
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from minutes.issuance import filing, queries, recipients
from minutes.issuance.answering import file_of, receipts_of
from minutes.issuance.forms import IssuePaper, RecallPaper, SetRecipients
from minutes.issuance.standing import standing_of
from minutes.models import OfficialPaper
from minutes.papers.data.bearing import paper_day
from printing.profiles import PROFILES

PAGE = "minutes:issuance"
State = OfficialPaper.State


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "minutes:official") | {"tabs": tabs_of("official", meeting, actor, PAGE)}


@require_safe
def issuance(request: HttpRequest, slug: str) -> HttpResponse:
    """List the meeting's official papers: to be issued, out with their receipts, in preparation, recalled."""
    meeting, actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    groups = queries.grouped(list(queries.papers_of(meeting)))
    context = _frame(meeting, actor) | groups | {"reaching": queries.reaching(meeting, groups["drafts"])}
    return render(request, "minutes/issuance/papers.html", context)


def _paper(meeting: Meeting, number: int) -> OfficialPaper:
    found = queries.papers_of(meeting).select_related("meeting__organiser", "issued", "replaced_by__issued")
    return get_object_or_404(found, number=min(number, 2**31 - 1))


@require_safe
@never_cache
def paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one paper at the step it has come to: its recipients are chosen, it is issued, its receipts come in."""
    meeting, actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    row = _paper(meeting, number)
    context = _frame(meeting, actor) | {"paper": row, "lines": recipients.printed(row.recipients), "title": filing.title_of(row)}
    context["separator"] = PROFILES[row.profile].recipients_separator
    if row.state == State.DRAFT:
        context |= _choosing(meeting, actor, row)
    elif row.state == State.APPROVED:
        context |= _issuing(meeting, actor, row)
    else:
        context |= _board(request, meeting, actor, row)
    return render(request, "minutes/issuance/paper.html", context)


def _choosing(meeting: Meeting, actor: Actor, row: OfficialPaper) -> dict[str, Any]:
    """Return what of the form is chosen already. What it offers: the top of the tree of bridge points, the rest by name."""
    chosen = queries.chosen_of(row)
    sites = list(meeting.bridge_points.filter(parent=None).order_by("number"))
    tops = {site.pk for site in sites}
    return {
        "form": SetRecipients(meeting=meeting, by=actor),
        "chosen": chosen | {name: "\n".join(chosen[name]) for name in ("above", "below")},
        "ticked": {name: {one["id"] for one in chosen[name]} for name in ("roles", "groups", "bridge_points")},
        "more_picked": [one for one in chosen["bridge_points"] if one["id"] not in tops],
        "sites": sites,
        "groups": list(meeting.groups.order_by("number")),
        "roles": recipients.ROLES.items(),
        "more_sites": meeting.bridge_points.exclude(parent=None).exists(),
        "expansion": queries.expansion_of(row),
        "is_named": bool(queries.KINDS[row.kind].register),
    }


def _issuing(meeting: Meeting, actor: Actor, row: OfficialPaper) -> dict[str, Any]:
    today = timezone.localtime(clock.now(meeting)).date()
    dated = min(today, paper_day(meeting)) if row.kind == OfficialPaper.Kind.MINUTES else today
    form = IssuePaper(meeting=meeting, by=actor, initial={"dated": dated, "version": row.version, "paper": row})
    form.fields["replaces"].queryset = queries.replaceable(row)  # type: ignore[attr-defined]
    expansion, former = queries.expansion_of(row), list(queries.replaceable(row))
    return {
        "form": form,
        "register": queries.register_for(row, dated),
        "is_numbered": bool(queries.KINDS[row.kind].register),
        "expansion": expansion,
        "may_replace": bool(former),
        "left_out": queries.left_out(former, expansion.all),
        "signers": queries.signers_of(row),
    }


def _board(request: HttpRequest, meeting: Meeting, actor: Actor, row: OfficialPaper) -> dict[str, Any]:
    query = _query(request)
    page = Paginator(queries.deliveries_like(row, query), queries.PAGE).get_page(request.GET.get("page"))
    return {
        "standing": standing_of(row),
        "signers": queries.signers_of(row),
        "board": queries.board_of(row),
        "page": page,
        "query": query,
        "kept": urlencode({name: value for name, value in query.items() if value}),
        "job": queries.job_of(row) if row.filed_at is None else None,
        "recall": RecallPaper(meeting=meeting, by=actor, initial={"paper": row}),
        "code": spelled(row.code),
    }


@require_safe
@never_cache
def paper_file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """Give the office the file of an issued paper as it was made, a recalled one's too: PDF, or DOCX for Word."""
    meeting, _actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    row = _paper(meeting, number)
    if row.filed_at is None:
        raise Http404
    return file_of(row, form)


@require_safe
@never_cache
def receipts(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """Give the receipts of a paper, narrowed as the page is, as `csv` or `xlsx`."""
    meeting, _actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    row = _paper(meeting, number)
    return receipts_of(row, queries.deliveries_like(row, _query(request)), form)


def _query(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:120] for name in ("q", "state")}


@require_safe
@never_cache
def units(request: HttpRequest, slug: str) -> HttpResponse:
    """Give units of the directory by name, to be chosen as recipients: a fragment."""
    page_actor(request, slug, Ability.ISSUE_PAPERS)
    found = find_organisations(request.GET.get("q", "").replace("\0", "")[:200])
    rows = [(one.pk, one.name, one.parent.name if one.parent else "", False) for one in found]
    return render(request, "packets/releasing/choices.html", {"rows": rows, "more": 0})
