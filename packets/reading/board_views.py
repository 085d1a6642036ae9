"""The pages of the board: papers and units in numbers, the people behind them, the same as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.models import JournalEntry, Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in, page_actor
from meetings.widgets import options
from packets.reading import people
from packets.reading.board import Board, Paper, board_for
from packets.reading.exporting import write_board
from sheets import TYPES

PAGE = "packets:board"
PAGE_SIZE = 100


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "packets:papers") | {
        "tabs": tabs_of("papers", meeting, actor, PAGE),
        "may_remind": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:200] for name in people.WORDS}


def _paper(board: Board, wanted: dict[str, str]) -> Paper | None:
    """Return the paper an address names; 404 for one that is not on the board."""
    if not wanted["paper"]:
        return None
    found = board.paper(number_in(wanted["paper"]))
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who has read what: each paper, and each unit with each paper, the worst first where one is chosen."""
    meeting, actor = page_actor(request, slug, Ability.SEE_READING)
    found = board_for(meeting, actor)
    paper = _paper(found, _wanted(request))
    units = [unit for unit in found.units if paper is None or paper.number in unit.cells]
    if paper is not None:
        units.sort(key=lambda unit: unit.cells[paper.number].share)
    columns = [one for one in found.papers if one.meant and paper is None]
    rows = [
        (unit, unit.cells[paper.number] if paper else unit.total, [(one.number, unit.cells.get(one.number)) for one in columns])
        for unit in units
    ]
    context = _frame(meeting, actor) | {
        "board": found,
        "paper": paper,
        "rows": rows,
        "columns": columns,
        "total": paper.count if paper else found.total,
        "readers": len({pk for one in found.papers for pk in one.meant}),
        "reminded": _last_reminder(meeting),
        "nowhere": people.NOWHERE,
    }
    return render(request, "packets/reading/board.html", context)


def _last_reminder(meeting: Meeting) -> dict[str, Any] | None:
    """Return what the journal says of the last reminder."""
    entries = JournalEntry.objects.filter(journal=meeting.journal_id, kind="papers.reminded")
    last = entries.order_by("-number").first()
    if last is None:
        return None
    return {"at": last.at, "mailed": last.payload["mailed"], "left": last.payload["people"] - last.payload["mailed"]}


@require_safe
@never_cache
def board_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the people behind the numbers: of a paper, of a unit, of those who have not opened it."""
    meeting, actor = page_actor(request, slug, Ability.SEE_READING)
    found, wanted = board_for(meeting, actor), _wanted(request)
    paper = _paper(found, wanted)
    page = Paginator(people.seats_found(found, wanted, paper), PAGE_SIZE).get_page(request.GET.get("page"))
    seats = list(page.object_list)
    papers = [(one.number, f"{one.number}. {one.document.title}") for one in found.papers]
    units = [(unit.site or people.NOWHERE, unit.name or _("Without a bridge point")) for unit in found.units]
    context = _frame(meeting, actor) | {
        "board": found,
        "paper": paper,
        "unit": people.unit_meant(found, wanted),
        "query": wanted,
        "kept": urlencode({name: value for name, value in wanted.items() if value}),
        "page": page,
        "rows": people.lines_of(found, seats, paper) if paper else people.sums_of(found, seats),
        "sites": _sites(meeting, [seat.site for seat in seats]),
        "paper_options": options(papers, wanted["paper"]),
        "unit_options": options(units, wanted["unit"]),
        "state_options": options(_states(), wanted["state"]),
    }
    return render(request, "packets/reading/people.html", context)


def _states() -> list[tuple[str, str]]:
    return [("left", _("Not opened yet")), ("opened", _("Opened")), ("unreachable", _("Without an account"))]


def _sites(meeting: Meeting, keys: list[int | None] | None = None) -> dict[int, str]:
    found = meeting.bridge_points.all()
    if keys is not None:
        found = found.filter(pk__in={key for key in keys if key is not None})
    return dict(found.values_list("pk", "short_name"))


@require_safe
@never_cache
def board_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the people behind the numbers, narrowed as the page is, as `xlsx` or `csv`."""
    meeting, actor = page_actor(request, slug, Ability.SEE_READING)
    if form not in TYPES:
        raise Http404
    found, wanted = board_for(meeting, actor), _wanted(request)
    paper = _paper(found, wanted)
    data = write_board(found, people.seats_found(found, wanted, paper), paper, _sites(meeting), form)
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="doc-tai-lieu-{meeting.slug}.{form}"'
    return answer
