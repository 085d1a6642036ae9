"""Pages about speakers: whom a bridge point can name for a line, and who never speaks over the meetings of a series."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.speakers.history import UnitRow, rows_of
from meetings import queries
from meetings.models import COUNTED_ROLES, Meeting, Series
from meetings.procedure import Ability, Actor
from meetings.series.queries import meetings_in
from people.spelling import fold
from sheets import TYPES, Value, write_xlsx

PAGE = 100
COLUMNS = 6  # meetings side by side: the newest ones; the file has all
PEOPLE_OFFERED = 400


@require_safe
@never_cache
def line_people(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """Who can be named for a line: the people of its bridge point."""
    meeting, _actor = queries.page_actor(request, slug, Ability.GIVE_FLOOR)
    line = get_object_or_404(meeting.floor_requests, pk=pk)
    people = meeting.participants.filter(bridge_point=line.bridge_point_id, role__in=COUNTED_ROLES).exclude(
        pk=line.participant_id or 0
    )
    found = people.order_by("name", "pk")[:PEOPLE_OFFERED]
    names = [{"id": one.pk, "name": " – ".join(word for word in (one.name, one.office) if word)} for one in found]
    return JsonResponse({"people": names})


@require_safe
def speaking(request: HttpRequest, pk: int) -> HttpResponse:
    """Units by meetings of a series: who has spoken how often and how long, who has never."""
    office, series = _asked(request, pk)
    meetings = _held(series, office)
    words = fold(request.GET.get("q", "").replace("\0", "")[:120]).split()
    rows = [row for row in rows_of(meetings) if all(word in fold(row.name) for word in words)]
    shown = meetings[:COLUMNS]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "series": series,
        "page": page,
        "query": {"q": request.GET.get("q", "").replace("\0", "")[:120]},
        "meetings": shown,
        "more": len(meetings) - len(shown),
        "never": sum(1 for row in rows if not row.whole.spoken),
        "rows": [(row, row.in_order(shown)) for row in page.object_list],
        "abilities": {ability.value for ability in office.abilities},
    }
    return render(request, "agenda/speakers/speaking.html", context)


@require_safe
def speaking_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a table, with all meetings."""
    office, series = _asked(request, pk)
    meetings = _held(series, office)
    counts = [pgettext("how many", "Speeches"), _("Not reached"), pgettext("time", "Minutes")]
    columns = [_("Unit"), *counts, *(f"{meeting.title} – {word}" for meeting in meetings for word in counts)]
    response = HttpResponse(
        write_xlsx(_("Who speaks"), columns, [_line(row, meetings) for row in rows_of(meetings)]), content_type=TYPES["xlsx"]
    )
    response["Content-Disposition"] = f'attachment; filename="phat-bieu-{series.pk}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _line(row: UnitRow, meetings: list[Meeting]) -> list[Value]:
    whole = row.whole
    found: list[Value] = [row.name, whole.spoken, whole.not_reached, whole.minutes]
    for cell in row.in_order(meetings):
        found += [cell.spoken, cell.not_reached, cell.minutes] if cell else [None, None, None]
    return found


def _asked(request: HttpRequest, pk: int) -> tuple[Actor, Series]:
    office = queries.office_actor(queries.account(request))
    office.require(Ability.CREATE_MEETING)
    return office, get_object_or_404(Series, pk=pk)


def _held(series: Series, office: Actor) -> list[Meeting]:
    """Return the meetings that have begun: the others have no speeches to tell of."""
    return list(meetings_in(series, office.user).exclude(state=Meeting.State.PLANNED))
