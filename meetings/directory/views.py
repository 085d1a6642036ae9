"""The pages of the directory: the tree of organisations, people, one of each, duplicates and their merging."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.directory import queries as directory
from meetings.directory.duplicates import find_doubles
from meetings.directory.forms import (
    AddOrganisation,
    AddPerson,
    AddPosition,
    EditOrganisation,
    EditPerson,
    EditPosition,
    MoveOrganisation,
    Which,
)
from meetings.directory.labels import holds_on
from meetings.directory.objections import objections_to_merging
from meetings.directory.personal import kept_of
from meetings.naming import slug_of
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person
from sheets import write_csv

ON_A_PAGE = 100
DOUBLES_ON_A_PAGE = 50
UNDER_AT_MOST = 400  # the largest province has 168 communes


def _manager(request: HttpRequest) -> Actor:
    actor = queries.office_actor(queries.account(request))
    actor.require(Ability.MANAGE_DIRECTORY)
    return actor


def _frame(actor: Actor, current: str) -> dict[str, Any]:
    pages = (
        ("meetings:directory", _("Organisations")),
        ("meetings:people", _("People")),
        ("meetings:duplicates", _("Entered twice?")),
    )
    tabs = [{"url": reverse(name), "label": label, "current": name == current} for name, label in pages]
    return {"tabs": tabs, "abilities": {ability.value for ability in actor.abilities}}


def _asked(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:120] for name in names}


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the tree from its top, or what was searched for, with a form to enter another organisation."""
    actor = _manager(request)
    query = _asked(request, "q", "kind", "closed")
    found = directory.organisations(query["q"], query["kind"], closed=query["closed"] == "1")
    context = _frame(actor, "meetings:directory") | {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "searched": any(query.values()),
        "kinds": Organisation.Kind.choices,
        "add": AddOrganisation(by=actor, auto_id="add-%s"),
    }
    return render(request, "directory/organisations.html", context)


@require_safe
def under(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows of the units directly under an organisation (a fragment of the tree)."""
    _manager(request)
    above = get_object_or_404(Organisation, pk=pk)
    level = min(9, len(directory.path_to(above)) + 1)
    rows = directory.under(above)[:UNDER_AT_MOST]
    return render(request, "directory/branch.html", {"rows": rows, "level": level})


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation: its data, its place, its units, who holds a position in it."""
    actor = _manager(request)
    row = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    query = _asked(request, "q")
    data = {name: getattr(row, name) for name in ("name", "short_name", "kind", "body", "code", "symbol")}
    context = _frame(actor, "meetings:directory") | {
        "row": row,
        "path": directory.path_to(row),
        "page": Paginator(directory.under(row, query["q"]), ON_A_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "held": row.positions.select_related("person")
        .filter(person__merged_into=None)
        .order_by("until", "person__full_name")[:ON_A_PAGE],
        "today": timezone.localdate(),
        "uses": directory.uses_of(row),
        "edit": EditOrganisation(by=actor, initial=data | {"organisation": row.pk}, auto_id="edit-%s"),
        "move": MoveOrganisation(by=actor, initial={"organisation": row.pk, "parent": row.parent}, auto_id="move-%s"),
        "add": AddOrganisation(by=actor, initial={"parent": row, "body": row.body, "kind": _below(row)}, auto_id="add-%s"),
    }
    return render(request, "directory/organisation.html", context)


def _below(row: Organisation) -> str:
    kinds = Organisation.Kind
    return kinds.COMMUNE if row.kind == kinds.PROVINCE else kinds.DEPARTMENT


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people with a form to enter one."""
    actor = _manager(request)
    query = _asked(request, "q", "unit", "contact")
    unit = queries.number_in(query["unit"])
    found = directory.people(query["q"], unit=unit, contact=query["contact"])
    context = _frame(actor, "meetings:people") | {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "searched": any(query.values()),
        "unit": Organisation.objects.filter(pk=unit).first() if unit is not None else None,
        "today": timezone.localdate(),
        "add": AddPerson(by=actor, auto_id="add-%s"),
    }
    return render(request, "directory/people.html", context)


@require_safe
@never_cache
def people_file(request: HttpRequest) -> HttpResponse:
    """Give out the people found as a file, a row for each position, under the headings that the import reads."""
    _manager(request)
    query = _asked(request, "q", "unit", "contact")
    found = directory.people(query["q"], unit=queries.number_in(query["unit"]), contact=query["contact"])
    columns = [_("Full name"), _("Position"), _("Unit"), _("Since"), _("Until"), _("Mail address"), _("Telephone")]
    answer = HttpResponse(write_csv(columns, directory.rows_of(found)), content_type="text/csv; charset=utf-8")
    name = _("people.csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that is kept of one person, with the forms to change it; a merged entry leads to the one that stays."""
    actor = _manager(request)
    row = get_object_or_404(Person, pk=pk)
    if row.merged_into_id is not None:
        return redirect("meetings:person", row.merged_into_id)
    today = timezone.localdate()
    positions = list(row.positions.select_related("organisation__parent"))
    context = _frame(actor, "meetings:people") | {
        "row": row,
        "positions": [{"it": p, "now": holds_on(p, today)} for p in positions],
        "participations": row.participations.select_related("meeting", "bridge_point").order_by("-meeting_id", "pk")[:ON_A_PAGE],
        "sites": row.headed_bridge_points.select_related("meeting").order_by("-meeting_id", "number")[:ON_A_PAGE],
        "account": directory.account_of(row),
        "merges": directory.merges_into(row),
        "edit": EditPerson(
            by=actor, initial={"person": row.pk, "full_name": row.full_name, "email": row.email, "phone": row.phone},
            auto_id="edit-%s",
        ),
        "add": AddPosition(by=actor, initial={"person": row.pk, "since": today}, auto_id="add-%s"),
        "change": EditPosition(by=actor, auto_id="change-%s"),
        "which": Which(by=actor, initial={"kept": row}, auto_id="which-%s"),
    }  # fmt: skip
    return render(request, "directory/person.html", context)


@require_safe
@never_cache
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out all that is kept of one person as a file."""
    _manager(request)
    row = get_object_or_404(Person, pk=pk, merged_into=None)
    answer = JsonResponse(kept_of(row), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{slug_of(row.full_name)}.json"'
    return answer


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the entries that are perhaps one person."""
    actor = _manager(request)
    page = Paginator(find_doubles(), DOUBLES_ON_A_PAGE).get_page(request.GET.get("page"))
    held = directory.holdings([p for double in page.object_list for p in double.people])
    rows = [{"double": d, "people": [{"it": p} | held[p.pk] for p in d.people]} for d in page.object_list]
    context = _frame(actor, "meetings:duplicates") | {"page": page, "rows": rows, "query": {}}
    return render(request, "directory/duplicates.html", context)


@require_safe
def merge(request: HttpRequest) -> HttpResponse:
    """Show two entries side by side, what would go over and what stands against it."""
    actor = _manager(request)
    form = Which(request.GET, by=actor)
    context = _frame(actor, "meetings:duplicates") | {"form": form}
    if form.is_valid():
        kept, merged = form.cleaned_data["kept"], form.cleaned_data["merged"]
        held = directory.holdings([kept, merged])
        context |= {
            "kept": {"it": kept} | held[kept.pk],
            "merged": {"it": merged} | held[merged.pk],
            "same": kept == merged,
            "objections": [] if kept == merged else objections_to_merging(kept, merged),
        }
    return render(request, "directory/merge.html", context)
