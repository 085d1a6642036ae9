"""The secretariat's pages of a review: rounds with their board and remarks, a new round, one remark, the table of all remarks."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import clock
from meetings import queries as people
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.models import Circulation, Minutes
from minutes.review import queries
from minutes.review.forms import AnswerRemark, ExtendCirculation, OpenCirculation, TakeRemark
from minutes.review.readers import accounts_of, reachable
from minutes.review.rules import is_late
from minutes.review.showing import desk_of
from sheets import TYPES, write_xlsx

PAGE = "minutes:circulations"
READERS = 100


@require_safe
@never_cache
def circulations(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a round: how far each reader is, and all remarks by block beside the words of now."""
    meeting, actor, context = _desk(request, slug, Ability.SEE_MINUTES)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        minutes.meeting = meeting  # whoever asks it for its meeting asks no database
    rounds = queries.rounds_of(minutes)
    number = people.number_in(request.GET.get("round", ""))
    row = next((one for one in rounds if number in (None, one.number)), None)
    if row is None and number is not None:
        raise Http404
    context |= {"minutes": minutes, "rounds": rounds, "obstacles": queries.obstacles(minutes) if rounds and minutes else []}
    if row is not None:
        context |= _round(request, meeting, actor, row)
    return render(request, "minutes/review/circulations.html", context)


def _round(request: HttpRequest, meeting: Meeting, actor: Actor, row: Circulation) -> dict[str, Any]:
    only = request.GET.get("only", "")
    readers = sorted(queries.board_of(row), key=lambda one: (queries.SAID.index(queries.said_by(one)), one.pk))
    page = Paginator(readers, READERS).get_page(request.GET.get("page"))
    accounts = accounts_of(page.object_list)
    board = [
        {"reader": one, "said": queries.said_by(one), "accounts": accounts[one.pk], "mailed": bool(reachable(accounts[one.pk]))}
        for one in page.object_list
    ]
    found = queries.remarked(meeting, row, only=only)
    return {
        "circulation": row,
        "is_over": is_late(row, clock.now(meeting)),
        "board": board,
        "page": page,
        "counts": queries.counted(readers),
        "total": len(readers),
        "blocks": [desk_of(one) for one in found],
        "written": sum(len(one.remarks) for one in found),
        "wanted": only if only in queries.State.values else "",
        "extend": ExtendCirculation(meeting=meeting, by=actor),
    }


@require_safe
@never_cache
def circulate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new round."""
    meeting, actor, context = _desk(request, slug, Ability.WRITE_MINUTES)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    rounds = queries.rounds_of(minutes)
    top = meeting.bridge_points.filter(parent=None)
    context |= {
        "form": OpenCirculation(meeting=meeting, by=actor),
        "minutes": minutes,
        "rounds": rounds,
        "is_open": any(one.closed_at is None for one in rounds),
        "sites": list(top.order_by("number")),
        "more_sites": meeting.bridge_points.filter(parent__isnull=False).exists(),
    }
    return render(request, "minutes/review/circulate.html", context)


@require_safe
@never_cache
def remark(request: HttpRequest, slug: str, number: int, remark: int) -> HttpResponse:
    """Show one remark beside the words it is about: to take it, with new words or as it is, or to answer it."""
    meeting, actor, context = _desk(request, slug, Ability.SEE_MINUTES)
    row = queries.remark_of(meeting, number, remark) if max(number, remark) < 2**31 else None
    if row is None or row.state == queries.State.WITHDRAWN:
        raise Http404
    part = desk_of(queries.block_of(meeting, row))
    context |= {
        "remark": row,
        "circulation": row.circulation,
        "minutes": row.circulation.minutes,
        "part": part,
        "take": TakeRemark(meeting=meeting, by=actor),
        "answer": AnswerRemark(meeting=meeting, by=actor),
    }
    return render(request, "minutes/review/remark.html", context)


@require_safe
@never_cache
def remarks_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give all remarks of a round as a sheet, with what became of each."""
    meeting, _actor = people.page_actor(request, slug, Ability.SEE_MINUTES)
    row = Circulation.objects.filter(minutes__meeting=meeting, number=min(number, 2**31 - 1)).select_related("minutes").first()
    if row is None:
        raise Http404
    columns = [
        _("No."), _("From whom"), _("Written by"), _("Part of the minutes"), _("Passage"), _("What is remarked"), _("Outcome"),
        _("Answer"), _("Dealt with by"), _("At"),
    ]  # fmt: skip
    response = HttpResponse(
        write_xlsx(_("Remarks"), columns, [list(map(str, line)) for line in queries.lines_of(row)]),
        content_type=TYPES["xlsx"],
    )
    name = f"gop-y-bien-ban-{meeting.slug}-lan-{row.number}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _desk(request: HttpRequest, slug: str, ability: Ability) -> tuple[Meeting, Actor, dict[str, Any]]:
    meeting, actor = people.page_actor(request, slug, ability)
    return meeting, actor, desk_context(meeting, actor, "minutes:minutes") | {"tabs": tabs_of("minutes", meeting, actor, PAGE)}
