"""Which entries of the directory are perhaps one person: the same folded name, and a unit in common. Pure but for one reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from meetings.models import Participant
from people.models import Person, Position
from people.spelling import fold

READ_AT_MOST = 2000  # names at once


@dataclass(frozen=True)
class Double:
    """Entries of one name; `sure` when they have a unit in common, else at least one has none."""

    name: str
    people: tuple[Person, ...]
    units: tuple[str, ...]
    sure: bool


def find_doubles() -> list[Double]:
    """Return the entries that are perhaps one person, those with a unit in common first."""
    names = _names_of_several()
    people = list(Person.objects.filter(merged_into=None, folded__in=names).order_by("folded", "pk"))
    units = _units_of([p.pk for p in people])
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[person.folded].append(person)
    found = [double for several in by_name.values() for double in doubles_among(several, units)]
    return sorted(found, key=lambda d: (not d.sure, fold(d.name)))


def _names_of_several() -> QuerySet[Person, str]:
    entries = Person.objects.filter(merged_into=None).order_by().values("folded")
    return (
        entries.annotate(times=Count("pk")).filter(times__gt=1).order_by("folded").values_list("folded", flat=True)[:READ_AT_MOST]
    )


def _units_of(people: Iterable[int]) -> Mapping[int, dict[str, str]]:
    """Return folded unit → unit for each person: of positions held at any time, and spoken for in meetings."""
    units: dict[int, dict[str, str]] = defaultdict(dict)
    wanted = Person.objects.filter(pk__in=list(people))
    for person, name in Position.objects.filter(person__in=wanted).values_list("person_id", "organisation__name"):
        units[person][fold(name)] = name
    spoken = Participant.objects.filter(person__in=wanted).exclude(unit="").order_by()
    for person, name in spoken.values_list("person_id", "unit").distinct():
        units[person].setdefault(fold(name), name)
    return units


def doubles_among(people: list[Person], units: Mapping[int, Mapping[str, str]]) -> list[Double]:
    """Return groups of entries of one name: joined by units in common; else all together when one has no unit at all."""
    groups: list[tuple[list[Person], dict[str, str]]] = []
    for person in people:
        own = dict(units.get(person.pk, {}))
        joined = [group for group in groups if own.keys() & group[1].keys()]
        members = [one for group in joined for one in group[0]] + [person]
        for group in joined:
            own |= group[1]
            groups.remove(group)
        groups.append((members, own))
    found = [
        Double(name=members[0].full_name, people=tuple(members), units=tuple(sorted(own.values())), sure=True)
        for members, own in groups
        if len(members) > 1
    ]
    if len(groups) > 1 and any(not own for _members, own in groups):
        shared = tuple(sorted({unit for _members, own in groups for unit in own.values()}))
        found.append(Double(name=people[0].full_name, people=tuple(people), units=shared, sure=False))
    return found
