"""What the directory's pages read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from meetings.models import Journal, JournalEntry
from people.models import Organisation, Person, Position, User
from people.spelling import words


def _counted(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add how many units stand under each organisation, and how many positions are held in it."""
    under = Organisation.objects.filter(parent=OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
    held = Position.objects.filter(organisation=OuterRef("pk"), until=None).order_by()
    people = held.values("organisation").annotate(n=Count("person", distinct=True)).values("n")
    return rows.annotate(units=Coalesce(Subquery(under), 0), people=Coalesce(Subquery(people), 0))


def organisations(sought: str = "", kind: str = "", *, closed: bool = False) -> QuerySet[Organisation]:
    """Return the organisations that have all the words; without words, filter or wish for closed ones those on top."""
    rows = Organisation.objects.select_related("parent")
    if not (sought.strip() or kind in Organisation.Kind.values or closed):
        return _counted(rows.filter(parent=None)).order_by("code", "name")
    for word in words(sought):
        rows = rows.filter(Q(folded__contains=word) | Q(symbol__icontains=word))
    if kind in Organisation.Kind.values:
        rows = rows.filter(kind=kind)
    if closed:
        rows = rows.filter(is_closed=True)
    return _counted(rows).order_by("parent_id", "code", "name")


def under(organisation: Organisation, sought: str = "") -> QuerySet[Organisation]:
    """Return the units directly under an organisation."""
    rows = organisation.children.select_related("parent")
    for word in words(sought):
        rows = rows.filter(folded__contains=word)
    return _counted(rows).order_by("code", "name")


def path_to(organisation: Organisation) -> list[Organisation]:
    """Return the organisations above one, the highest first."""
    path: list[Organisation] = []
    step = organisation.parent
    while step is not None and len(path) < 12:
        path.insert(0, step)
        step = step.parent
    return path


def uses_of(organisation: Organisation) -> dict[str, int]:
    """Return how much refers to an organisation."""
    return {
        "meetings": organisation.meetings.count(),
        "participations": organisation.participations.count(),
        "bridge_points": organisation.bridge_points.count(),
        "accounts": organisation.accounts.count(),
    }


def people(sought: str = "", *, unit: int | None = None, contact: str = "") -> QuerySet[Person]:
    """Return the people whose name, or a unit of theirs, has all the words; perhaps of one unit, or without contact data."""
    rows = Person.objects.filter(merged_into=None)
    for word in words(sought):
        units = Position.objects.filter(Q(organisation__folded__contains=word)).values("person_id")
        rows = rows.filter(Q(folded__contains=word) | Q(pk__in=units))
    if unit is not None:
        rows = rows.filter(pk__in=Position.objects.filter(organisation_id=unit).values("person_id"))
    if contact == "missing":
        rows = rows.filter(email="", phone="")
    elif contact == "known":
        rows = rows.exclude(email="", phone="")
    held = Prefetch("positions", Position.objects.select_related("organisation"))
    return rows.select_related("user").prefetch_related(held).order_by("full_name", "pk")


def rows_of(people: Iterable[Person]) -> Iterator[list[str | date | None]]:
    """Yield the rows of the list of people: one for each position, one for who has none."""
    for person in people:
        held = list(person.positions.all())
        for position in held:
            office = [position.title, position.organisation.name, position.since, position.until]
            yield [person.full_name, *office, person.email, person.phone]
        if not held:
            yield [person.full_name, "", "", None, None, person.email, person.phone]


def account_of(person: Person) -> User | None:
    """Return the account of a person, if any."""
    return User.objects.filter(person=person).first()


def merges_into(person: Person) -> list[JournalEntry]:
    """Return the facts that tell what was merged into a person, the newest first."""
    entries = JournalEntry.objects.filter(journal__scope=Journal.Scope.OFFICE, kind="people.merged", payload__kept=person.pk)
    return list(entries.order_by("-number"))


def holdings(people: Iterable[Person]) -> dict[int, dict[str, Any]]:
    """Return for each of some people what would go over in a merge."""
    rows = {p.pk: p for p in people}
    found: dict[int, dict[str, Any]] = {pk: {"positions": [], "participations": [], "sites": [], "account": None} for pk in rows}
    for position in Position.objects.filter(person__in=rows).select_related("organisation"):
        found[position.person_id]["positions"].append(position)
    for person in Person.objects.filter(pk__in=rows).prefetch_related("participations__meeting", "headed_bridge_points__meeting"):
        found[person.pk]["participations"] = list(person.participations.all())
        found[person.pk]["sites"] = list(person.headed_bridge_points.all())
    for user in User.objects.filter(person__in=rows):
        if user.person_id is not None:
            found[user.person_id]["account"] = user
    return found
