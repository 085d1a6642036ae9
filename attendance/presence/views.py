"""The pages of attendance: the list with its marks, one person's history, what contradicts, and who came unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance.counting import HeadCount, counts_by_bridge_point, summed
from attendance.presence import lists
from attendance.presence.conflicts import shown_conflicts
from attendance.presence.history import history_of
from attendance.presence.models import Presence
from attendance.presence.pages import frame, marking_actor, open_conflicts, own_site
from attendance.presence.showing import seen_of, shown_rows, states_to_mark
from attendance.walk_ins.forms import AddWalkIn
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from meetings.unchanged import PageMark
from meetings.widgets import options

PAGE_SIZE = 100
FILTERED_AT_MOST = 100


def _state_words() -> list[tuple[str, str, str]]:
    """Return the buttons of the filter: state, word, tone. The unclear first."""
    return [
        ("unmarked", _("Not marked"), ""), ("absent", _("Absent"), "bad"), ("excused", _("Excused"), "warn"),
        ("left", _("Left"), "warn"), ("present", _("Present"), "ok"), ("online", _("Present online"), "ok"),
        ("substitutes", _("Substitutes"), ""), ("walk_ins", _("Added on the spot"), ""),
    ]  # fmt: skip


@dataclass(frozen=True)
class Narrowing:
    """What the list can be narrowed to: bridge points, groups, units."""

    sites: list[tuple[int, str, int | None]]
    groups: list[tuple[int, str]]
    units: list[str]

    def options(self, query: dict[str, str]) -> dict[str, Any]:
        """Return the options of the filters; of very many bridge points those that stand under no other, and the chosen one."""
        many = len(self.sites) > FILTERED_AT_MOST
        sites = [(pk, name) for pk, name, parent in self.sites if not many or parent is None or str(pk) == query["site"]]
        groups = [*self.groups, ("none", _("Without a group"))] if self.groups else []
        return {
            "site_options": options(sites, query["site"]) if sites else "",
            "group_options": options(groups, query["group"]) if groups else "",
            "unit_options": options([(unit, unit) for unit in self.units], query["unit"]) if len(self.units) > 1 else "",
            "sort_options": options([("worst", _("The unclear first")), ("name", _("By name"))], query["sort"]),
        }


def _narrowing(meeting: Meeting, site: int | None, people: QuerySet[Participant]) -> Narrowing:
    units = people.exclude(unit="").order_by("unit").values_list("unit", flat=True).distinct()
    return Narrowing(
        sites=list(meeting.bridge_points.values_list("pk", "short_name", "parent_id")) if site is None else [],
        groups=list(meeting.groups.values_list("pk", "name")),
        units=list(units[:400]),
    )


@require_safe
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """List who is there and who is not, narrowed, in pages of a hundred; the chosen ones are marked together."""
    meeting, actor = marking_actor(request, slug)
    site = own_site(actor)
    mark = PageMark(request, meeting, actor)
    unchanged = mark.unchanged()
    if unchanged:
        return unchanged
    query = {key: request.GET.get(key, "") for key in lists.WORDS}
    people = lists.people_at(meeting, site)
    page = Paginator(lists.search(people, query), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    tally = lists.tally_of(lists.search(people, query | {"state": ""}))
    kept = {key: value for key, value in query.items() if value}
    context = frame(meeting, actor, "attendance:presence", to_settle=open_conflicts(meeting, site).count()) | {
        "query": query,
        "page": page,
        "rows": shown_rows(request, meeting, actor, page),
        "site": actor.participant.bridge_point if site and actor.participant else None,
        "counts": _counts(meeting, site),
        "tally": tally,
        "states": _filters(tally, kept),
        "is_narrowed": any(value for key, value in kept.items() if key != "sort"),
        "may_prepare": actor.may(Ability.PREPARE),
    }
    context |= _narrowing(meeting, site, people).options(query)
    return mark.on(render(request, "attendance/presence/presence.html", context))


def _counts(meeting: Meeting, site: int | None) -> HeadCount:
    counts = counts_by_bridge_point(meeting, at=site)
    return summed(counts.values())


def _filters(tally: lists.Tally, kept: dict[str, str]) -> list[dict[str, Any]]:
    """Return the buttons that narrow the list to a state, with how many stand so; what nobody is has none."""
    rest = {key: value for key, value in kept.items() if key != "state"}
    wanted = kept.get("state", "")
    whole = {
        "word": _("Everybody"),
        "count": tally.everybody,
        "url": f"?{urlencode(rest)}",
        "tone": "",
        "current": not wanted,
    }
    found = [
        {"word": word, "count": getattr(tally, state), "url": f"?{urlencode(rest | {'state': state})}", "tone": tone,
         "current": wanted == state}
        for state, word, tone in _state_words()
        if getattr(tally, state) or wanted == state
    ]  # fmt: skip
    return [whole, *found]


@require_safe
@never_cache
def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show how one person stands, when and where they were there, each scan and each mark; correct it with a time."""
    meeting, actor = marking_actor(request, slug)
    site = own_site(actor)
    people = lists.search(lists.people_at(meeting, site), {})
    one = get_object_or_404(people, pk=pk)
    may = states_to_mark(actor, one)
    context = frame(meeting, actor, "attendance:presence") | {
        "one": one,
        "state": lists.state_of(one),
        "history": history_of(meeting, one),
        "may_mark": bool(may),
        "seen": seen_of(one),
        "may_remove": actor.may(Ability.PREPARE) and hasattr(one, "walk_in"),
        "states": [(state, word) for state, word in Presence.State.choices if state in may],
        "back": reverse("attendance:presence", args=[slug]),
    }
    return render(request, "attendance/presence/person.html", context)


@require_safe
@never_cache
def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """List what contradicts, each with its two records side by side, and what has been settled lately."""
    meeting, actor = marking_actor(request, slug)
    site = own_site(actor)
    shown = shown_conflicts(meeting, actor, site)
    places = meeting.bridge_points.all() if site is None else meeting.bridge_points.filter(pk=site)
    context = frame(meeting, actor, "attendance:conflicts", to_settle=len(shown.open)) | {
        "open": shown.open,
        "more": shown.more,
        "settled": shown.settled,
        "states": Presence.State.choices,
        "all_sites": options(places.values_list("pk", "short_name"), "") if shown.open else "",
    }
    return render(request, "attendance/presence/conflicts.html", context)


@require_safe
@never_cache
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who has come without registration: at the own bridge point, or at the one the secretariat names (`site`)."""
    meeting, actor = marking_actor(request, slug)
    where = _where(request, meeting, actor)
    context = frame(meeting, actor, "attendance:presence") | {"where": where, "back": reverse("attendance:presence", args=[slug])}
    if where is None:
        context["all_sites"] = options(meeting.bridge_points.values_list("pk", "name"), "")
    else:
        replaced = number_in(request.GET.get("for", ""))
        form = AddWalkIn(meeting=meeting, by=actor, initial={"bridge_point": where.pk, "substitute_for": replaced})
        context["form"] = form.offer(where)
    return render(request, "attendance/presence/walk_in.html", context)


def _where(request: HttpRequest, meeting: Meeting, actor: Actor) -> BridgePoint | None:
    site = own_site(actor) or number_in(request.GET.get("site", ""))
    return get_object_or_404(meeting.bridge_points, pk=site) if site is not None else None
