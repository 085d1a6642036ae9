"""What is recorded about one's own reading: in one meeting, and in all."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.queries import account, page_actor
from packets.reading import own
from packets.releasing.seeing import sights
from people.models import User

PAGE_SIZE = 50


@require_safe
@never_cache
def own_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a reader what is recorded about the own reading in a meeting. Papers that may not be seen now have no title here."""
    meeting, actor = page_actor(request, slug, Ability.SEE, named=True)
    titles = {sight.document.pk: sight.document.title for sight in sights(meeting, actor)}
    context = desk_context(meeting, actor, "packets:papers") | {"tabs": tabs_of("papers", meeting, actor, "packets:own_record")}
    return render(request, "packets/reading/own.html", context | _recorded(request, actor.user, meeting, titles))


@require_safe
@never_cache
def own_reading(request: HttpRequest) -> HttpResponse:
    """Show the same of all meetings, also of those one takes no part in any more; papers by their numbers alone."""
    return render(request, "packets/reading/own.html", _recorded(request, account(request), None, {}))


def _recorded(request: HttpRequest, user: User, meeting: Meeting | None, titles: dict[int, str]) -> dict[str, Any]:
    page = Paginator(own.openings_of(user, meeting), PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "records": own.records_of(user, meeting, titles),
        "copies": own.copies_in_hand(user, meeting),
        "page": page,
        "openings": page.object_list,
        "query": {},
    }
