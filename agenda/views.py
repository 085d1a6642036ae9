"""The page of the programme: built by who prepares the meeting, read by everybody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda import queries as programmes
from agenda.diffing import Difference, difference
from agenda.models import ITEM_LIMIT, AgendaItem
from agenda.running.closed import hidden_for
from agenda.running.hiding import NOTHING, hidden_in_releases, hide_in, hide_rows
from agenda.showing import shown_snapshot, shown_table
from agenda.timetable import timetable
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.keeping import kept_with_journal
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.unchanged import PageMark

PAGE = "agenda:programme"


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the programme: to who prepares the meeting as it stands, to others as it was released, or as it runs."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE, named=True)
    prepares = actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED
    seen = 0 if prepares else programmes.seen_number(meeting, actor)
    mark = PageMark(request, meeting, actor, seen)
    unchanged = mark.unchanged()
    if unchanged:
        return unchanged
    context = desk_context(meeting, actor, PAGE) | {"tabs": tabs_of("programme", meeting, actor, PAGE)}
    if prepares:
        built = kept_with_journal(meeting, ("builder",), lambda: _built(meeting, context["sittings"]))
        return mark.on(render(request, "agenda/builder.html", context | built))
    if meeting.state == Meeting.State.PLANNED:
        context |= _released(meeting, actor, seen)
        if not seen and "release" in context:
            programmes.note_seen(meeting, actor, context["release"].number)
    else:
        out = hidden_for(meeting, actor)
        context |= kept_with_journal(meeting, ("running", *sorted(out)), lambda: _running(meeting, context["sittings"], out))
    return mark.on(render(request, "agenda/programme.html", context))


def _built(meeting: Meeting, sittings: list[Any]) -> dict[str, Any]:
    """Return what stands now, and how it differs from the last release."""
    items, step = programmes.items_with_step(meeting)
    release = meeting.releases.first()
    changed = Difference()
    if release and meeting.state == Meeting.State.PLANNED:
        changed = difference(release.snapshot, programmes.draft_snapshot(meeting, items, sittings))
    table = timetable(items, sittings)
    return {
        "parts": shown_table(table, changed.by_item),
        "total": len(items),
        "minutes": table.minutes,
        "over_minutes": table.over_minutes,
        "kinds": AgendaItem.Kind.choices,
        "limit": ITEM_LIMIT,
        "step": step,
        "release": release,
        "changed": changed,
    }


def _running(meeting: Meeting, sittings: list[Any], out: frozenset[int]) -> dict[str, Any]:
    """Return the programme as it runs, without what is hidden: once the meeting has begun this is the truth."""
    return {"parts": shown_table(timetable(hide_rows(meeting.items.order_by("position"), out), sittings))}


def _released(meeting: Meeting, actor: Actor, seen: int) -> dict[str, Any]:
    """Return the newest release, and what is different from the one seen last, as the reader may see it."""
    out = NOTHING
    if meeting.has_closed_items:
        out = hidden_in_releases(meeting, actor, meeting.releases.values_list("snapshot", flat=True)[:1])
    return kept_with_journal(meeting, ("released", seen, *sorted(out)), lambda: _shown(meeting, seen, out))


def _shown(meeting: Meeting, seen: int, out: frozenset[int]) -> dict[str, Any]:
    """Return the newest release and what is different from the one seen last; the first one seen is nothing new."""
    release = meeting.releases.first()
    if release is None:
        return {"parts": []}
    changed, newest = Difference(), hide_in(release.snapshot, out)
    if 0 < seen < release.number:
        changed = difference(hide_in(meeting.releases.get(number=seen).snapshot, out), newest)
    return {
        "parts": shown_snapshot(newest, changed.by_item),
        "release": release,
        "seen": seen,
        "changed": changed,
    }


@require_safe
def presenters(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the participants whose name or office has the words typed: who may be meant as presenter."""
    meeting, _actor = queries.page_actor(request, slug, Ability.PREPARE)
    found = programmes.possible_presenters(meeting, request.GET.get("q", ""))
    return JsonResponse({"people": [{"id": one.pk, "name": one.name, "office": one.office} for one in found]})
