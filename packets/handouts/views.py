"""The pages of paper copies: the register, whom to give a copy, the register as a file and as a printed list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting, Role
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from meetings.widgets import options
from packets.handouts import exporting, queries
from packets.handouts.forms import IssueCopy, LoseCopy
from packets.reading.audiences import grants_of, reached, seats_of
from printing.errors import PrintingError
from sheets import TYPES

PAGE = "packets:hand_outs"
PAGE_SIZE = 100
SITES_AT_MOST = 200
#: Copies of one printed list; of more, one paper or one bridge point is printed at a time.
PRINTED_AT_MOST = 500


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "packets:papers") | {"tabs": tabs_of("papers", meeting, actor, PAGE)}


def _wanted(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:200] for name in names}


def _sites(meeting: Meeting, chosen: str) -> Any:
    """Return the options of a filter by bridge point: all, or of very many those on top."""
    found = list(meeting.bridge_points.values_list("pk", "short_name", "parent_id"))
    many = len(found) > SITES_AT_MOST
    return options([(pk, name) for pk, name, parent in found if not many or parent is None or str(pk) == chosen], chosen)


@require_safe
@never_cache
def hand_outs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which numbered copy is with whom; those that have come back are ticked off together."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    query = _wanted(request, queries.WORDS)
    papers = queries.papers_of(meeting)
    page = Paginator(queries.register_of(meeting, query), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = urlencode({name: value for name, value in query.items() if value})
    context = _frame(meeting, actor) | {
        "papers": papers,
        "issued": sum(paper.issued for paper in papers),  # type: ignore[attr-defined]
        "out": sum(paper.out for paper in papers),  # type: ignore[attr-defined]
        "lost": sum(paper.lost for paper in papers),  # type: ignore[attr-defined]
        "query": query,
        "kept": kept,
        "page": page,
        "rows": page.object_list,
        "is_over": meeting.state == Meeting.State.ADJOURNED,
        "paper_options": options([(paper.number, f"{paper.number}. {paper.title}") for paper in papers], query["paper"]),
        "site_options": _sites(meeting, query["site"]),
        "state_options": options(
            [("out", _("Not yet collected")), ("lost", _("Reported lost")), ("collected", _("Collected"))], query["state"]
        ),
        "lose_form": LoseCopy(meeting=meeting, by=actor, auto_id="lose-%s"),
    }
    return render(request, "packets/handouts/register.html", context)


@require_safe
@never_cache
def issue_copy(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show to whom copies of a secret paper can be given: first of all those to whom it is released."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    paper = next((one for one in queries.papers_of(meeting) if one.number == number), None)
    if paper is None or paper.is_removed or not paper.is_placeholder:
        raise Http404
    query = _wanted(request, queries.CHOOSING)
    meant = reached(grants_of([paper]).get(paper.pk, []), seats_of(meeting), preparing=True)
    found = queries.people_for(meeting, paper, query, meant)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(meeting, actor) | {
        "paper": paper,
        "form": IssueCopy(meeting=meeting, by=actor, initial={"document": paper}),
        "next_number": (paper.highest or 0) + 1,  # type: ignore[attr-defined]
        "is_meant": bool(meant),
        "query": query,
        "page": page,
        "rows": page.object_list,
        "role_options": options(Role.choices, query["role"]),
        "group_options": options(meeting.groups.values_list("pk", "name"), query["group"]),
        "site_options": _sites(meeting, query["site"]),
        "who_options": options([("", _("Those it is released to")), ("all", _("Everybody in the meeting"))], query["who"]),
        "back": reverse(PAGE, args=[slug]),
    }
    return render(request, "packets/handouts/issue.html", context)


@require_safe
@never_cache
def hand_outs_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the register, narrowed as the page is, as `xlsx`, `csv`, or `pdf`: a list to be signed."""
    meeting, _actor = page_actor(request, slug, Ability.PREPARE)
    rows = queries.register_of(meeting, _wanted(request, queries.WORDS))
    if form == "pdf":
        return _printed(request, meeting, rows)
    if form not in TYPES:
        raise Http404
    return _file(exporting.write_register(rows, form), TYPES[form], meeting, form)


def _printed(request: HttpRequest, meeting: Meeting, rows: list[Any]) -> HttpResponse:
    here = reverse(PAGE, args=[meeting.slug])
    if not rows:
        messages.error(request, _("There are no copies to print. Choose others."))
        return redirect(here)
    if len(rows) > PRINTED_AT_MOST:
        words = _("One list takes %(count)d copies. Choose one paper or one bridge point, then print again.")
        messages.error(request, words % {"count": PRINTED_AT_MOST})
        return redirect(here)
    try:
        data = exporting.print_list(meeting, rows)
    except PrintingError as error:
        messages.error(request, str(error))
        return redirect(here)
    return _file(data, "application/pdf", meeting, "pdf")


def _file(data: bytes, of_type: str, meeting: Meeting, form: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=of_type)
    answer["Content-Disposition"] = f'attachment; filename="so-giao-thu-hoi-{meeting.slug}.{form}"'
    return answer
