"""The pages of who takes part: the list, the same as a file, a new participant, the groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attendance import queries as attendance
from attendance.counting import HeadCount, totals
from attendance.exporting import write_list
from attendance.showing import shown_rows
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.forms import AddGroup, AddParticipants
from meetings.keeping import kept_with_journal
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from meetings.unchanged import PageMark
from meetings.widgets import options
from sheets import TYPES

PAGE_SIZE = 100
FILTERED_AT_MOST = 100


def _states() -> list[tuple[str, str]]:
    return [
        ("present", _("Present")), ("online", _("Present online")), ("left", _("Left")), ("absent", _("Absent")),
        ("unmarked", _("Not marked")), ("excused", _("Excused")), ("substitutes", _("Substitutes")),
        ("walk_ins", _("Added on the spot")), ("standing", _("Come every time")),
    ]  # fmt: skip


def _heads() -> list[tuple[str, str]]:
    """Return the columns one may sort by."""
    return [("name", _("Name")), ("role", _("Role")), ("group", _("Group")), ("site", _("Bridge point"))]


def _may_prepare(meeting: Meeting, actor: Actor) -> bool:
    return actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED


def _frame(meeting: Meeting, actor: Actor, current: str) -> dict[str, Any]:
    tabs = {"tabs": tabs_of("delegates", meeting, actor, current), "may_prepare": _may_prepare(meeting, actor)}
    return desk_context(meeting, actor, "attendance:participants") | tabs


@dataclass(frozen=True)
class Lists:
    """What the whole list has: bridge points (key, name, those above), groups, bodies (key, name), units, how many there are."""

    sites: list[tuple[int, str, int | None]]
    groups: list[tuple[int, str]]
    bodies: list[tuple[int, str]]
    units: list[str]
    counts: HeadCount

    def sites_to_filter(self, chosen: str) -> list[tuple[int, str]]:
        """Return all bridge points, or of very many those that stand under no other, and the chosen one."""
        many = len(self.sites) > FILTERED_AT_MOST
        return [(pk, name) for pk, name, parent in self.sites if not many or parent is None or str(pk) == chosen]


def _lists(meeting: Meeting) -> Lists:
    return Lists(
        sites=list(meeting.bridge_points.values_list("pk", "short_name", "parent_id")),
        groups=list(meeting.groups.values_list("pk", "name")),
        bodies=list(meeting.bodies.values_list("pk", "name")),
        units=attendance.units_of(meeting),
        counts=totals(meeting),
    )


@require_safe
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """List participants with search, filters, an order, and pages of a hundred; the chosen ones are changed together."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE, named=True)
    mark = PageMark(request, meeting, actor)
    unchanged = mark.unchanged()
    if unchanged:
        return unchanged
    query = {key: request.GET.get(key, "") for key in attendance.WORDS}
    frame = _frame(meeting, actor, "attendance:participants")
    lists = kept_with_journal(meeting, ("participants", "lists"), lambda: _lists(meeting))
    number, may_prepare = request.GET.get("page", "1"), frame["may_prepare"]

    def found() -> dict[str, Any]:
        return _found(meeting, query, number, may_prepare=may_prepare)

    # What is typed letter by letter is not kept: it would drive out what others look at.
    what = ("participants", *query.values(), number, may_prepare)
    rows = found() if query["q"] else kept_with_journal(meeting, what, found)
    kept = {key: value for key, value in query.items() if value}
    unsorted = urlencode({key: value for key, value in kept.items() if key != "sort"})
    context = {
        "query": query,
        "kept": urlencode(kept),
        "is_narrowed": bool(unsorted),
        "heads": [(word, label, f"?{unsorted}&sort={word}", query["sort"] == word) for word, label in _heads()],
        "counts": lists.counts,
    }
    context |= rows | _filters(lists, query) | (_choices(lists) if may_prepare else {})
    return mark.on(render(request, "attendance/participants.html", frame | context))


def _found(meeting: Meeting, query: dict[str, str], number: str, *, may_prepare: bool) -> dict[str, Any]:
    """Return a page of those who are found, and its rows."""
    page = Paginator(attendance.search(meeting, query), PAGE_SIZE).get_page(number)
    return {"page": page, "rows": shown_rows(page, may_prepare=may_prepare)}


def _filters(lists: Lists, query: dict[str, str]) -> dict[str, Any]:
    """Return the options of the filters."""
    groups = [*lists.groups, ("none", _("Without a group"))] if lists.groups else []
    return {
        "role_options": options(Role.choices, query["role"]),
        "site_options": options(lists.sites_to_filter(query["site"]), query["site"]),
        "group_options": options(groups, query["group"]),
        "unit_options": options([(unit, unit) for unit in lists.units], query["unit"]),
        "mode_options": options(Participant.Mode.choices, query["mode"]),
        "state_options": options(_states(), query["state"]),
    }


def _choices(lists: Lists) -> dict[str, Any]:
    """Return the options of the forms that change participants."""
    return {
        "all_sites": options([(pk, name) for pk, name, _parent in lists.sites], ""),
        "all_groups": options(lists.groups, ""),
        "all_bodies": options(lists.bodies, ""),
        "all_roles": options(Role.choices, ""),
        "all_modes": options(Participant.Mode.choices, ""),
    }


@require_safe
def participants_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand out the whole list, narrowed as the page is, as CSV or XLSX."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    if form not in TYPES:
        raise Http404
    data = write_list(attendance.search(meeting, request.GET), form, with_contacts=actor.may(Ability.PREPARE))
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="dai-bieu-{meeting.slug}.{form}"'
    return answer


@require_safe
def new_participant(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the data of one more participant; `for` in the address names whom they stand in for."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    asked = number_in(request.GET.get("for", ""))
    replaced = meeting.participants.filter(pk=asked).first() if asked is not None else None
    initial: dict[str, Any] = {"substitute_for": replaced}
    if replaced:
        initial |= {name: getattr(replaced, name) for name in ("unit", "role", "bridge_point", "mode", "group")}
    context = _frame(meeting, actor, "attendance:participants") | {
        "form": AddParticipants(meeting=meeting, by=actor, initial=initial),
        "replaced": replaced,
        "back": reverse("attendance:participants", args=[slug]),
    }
    return render(request, "attendance/new_participant.html", context)


@require_safe
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """List the groups with how many belong to each."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_PEOPLE)
    context = _frame(meeting, actor, "attendance:groups") | {
        "groups": attendance.groups_with_counts(meeting),
        "form": AddGroup(meeting=meeting, by=actor),
    }
    return render(request, "attendance/groups.html", context)
