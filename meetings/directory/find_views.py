"""The fragments behind every picker: who or what has these words in its name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.directory.finding import find_organisations, find_people, may_pick
from meetings.directory.labels import holds_on, label_of_organisation, label_of_person, office_of
from meetings.errors import NotAllowed
from people.models import Organisation, Person

LONGEST = 120


def _sought(request: HttpRequest) -> str:
    if not may_pick(queries.office_actor(queries.account(request))):
        raise NotAllowed(_("Your role does not allow this."))
    return request.GET.get("q", "").replace("\0", "")[:LONGEST]


@require_safe
@never_cache
def find_person(request: HttpRequest) -> HttpResponse:
    """Show people to pick: names with title and unit, no contact data."""
    return render(request, "directory/found.html", {"rows": [_person(one) for one in find_people(_sought(request))]})


@require_safe
@never_cache
def find_organisation(request: HttpRequest) -> HttpResponse:
    """Show organisations to pick, with the one above."""
    return render(request, "directory/found.html", {"rows": [_organisation(one) for one in find_organisations(_sought(request))]})


def _person(one: Person) -> dict[str, object]:
    today = timezone.localdate()
    held = [position for position in one.positions.all() if holds_on(position, today)]
    first = held[0] if held else None
    return {
        "pk": one.pk,
        "name": one.full_name,
        "what": "; ".join(map(office_of, held)),
        "label": label_of_person(one.full_name, held, today),
        "title": first.title if first else "",
        "unit": first.organisation.name if first else "",
    }


def _organisation(one: Organisation) -> dict[str, object]:
    above = one.parent.name if one.parent else ""
    label = label_of_organisation(one)
    return {"pk": one.pk, "name": one.name, "what": above, "label": label, "title": "", "unit": one.name, "short": one.short_name}
