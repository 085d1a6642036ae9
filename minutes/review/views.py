"""The page of a reader: the text that was sent out, a remark on any passage of it, and what became of one's remarks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries as people
from meetings.desk import desk_context
from meetings.procedure import Ability
from minutes.models import Circulated
from minutes.proofs import paper_day
from minutes.review import queries
from minutes.review.queries import Reading
from minutes.review.showing import Sheet, sheet_of
from printing.papers import day_in_words

PAGE = "minutes:review"


@require_safe
@never_cache
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the minutes to who was asked to read them; to everybody else there is nothing here."""
    meeting, actor = people.actor_or_404(request, slug, named=True, wanted=Ability.REMARK_ON_MINUTES)
    if not actor.may(Ability.REMARK_ON_MINUTES):
        raise Http404
    context = desk_context(meeting, actor, PAGE)
    number, reader = (people.number_in(request.GET.get(name, "")) for name in ("round", "as"))
    reading = queries.reading_of(meeting, actor.user, context["now"], round_number=number, as_reader=reader)
    if reading is None:
        raise Http404
    is_looked_at = request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
    if is_looked_at and reading.reader.opened_at is None:
        Circulated.objects.filter(pk=reading.reader.pk, opened_at=None).update(opened_at=context["now"])
    day = day_in_words(paper_day(meeting))
    context |= _shown(reading, whole="all" in request.GET, dated=day) | {"contacts": queries.contacts(meeting)}
    return render(request, "minutes/review/review.html", context)


def _shown(reading: Reading, *, whole: bool, dated: str) -> dict[str, Any]:
    """Return what the page shows: after the first round only what has changed, unless the whole is asked for."""
    is_whole = whole or reading.former is None or not reading.changed
    sheet: Sheet = sheet_of(reading, is_whole=is_whole, dated=dated)
    return {"reading": reading, "circulation": reading.circulation, "sheet": sheet, "is_whole": is_whole, "paper_day": dated}
