"""The page of the programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.forms import AddItem
from agenda.models import ITEM_LIMIT, AgendaItem
from agenda.timetable import timetable
from meetings import queries
from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.procedure import Ability


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the items with their planned times; who prepares the meeting also builds it here."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    context = desk_context(meeting, actor, "agenda:programme")
    table = timetable(list(meeting.items.all()), context["sittings"])
    context |= {
        "table": table,
        "form": AddItem(meeting=meeting, by=actor),
        "kinds": AgendaItem.Kind.choices,
        "limit": ITEM_LIMIT,
        "may_prepare": actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED,
    }
    return render(request, "agenda/programme.html", context)
