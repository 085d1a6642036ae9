"""Series with their meetings, templates, and who goes along to a new meeting under which office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from meetings.models import Meeting, Participant, Series
from meetings.procedure import PREPARING, Ability
from meetings.queries import meetings_of, office_actor
from meetings.series.parts import wanted_people
from meetings.series.standing import Held, Office, holds_none, office_now
from people.models import Person, Position, User
from people.spelling import words


@dataclass(frozen=True)
class Goer:
    """A participant who goes along: the row of the old meeting, the person now, and the office now."""

    row: Participant
    person: Person
    office: Office
    holds_none: bool

    @property
    def is_changed(self) -> bool:
        """Whether name or office differ from those of the old meeting."""
        now = (self.person.full_name, self.office.position, self.office.unit)
        return now != (self.row.name, self.row.position, self.row.unit)


def goers(source: Meeting, wanted: Collection[str], day: date) -> list[Goer]:
    """Return who goes along from a meeting, in its order, each person once, with the office held on `day`."""
    rows = source.participants.filter(wanted_people(wanted)).select_related("person__merged_into").order_by("pk")
    held = _held(source)
    found: dict[int, Goer] = {}
    for row in rows:
        person = row.person.merged_into or row.person
        own = held.get(person.pk, [])
        old = Office(row.position, row.unit, row.organisation_id)
        goer = Goer(row, person, office_now(old, own, day), holds_none(own, day))
        found.setdefault(person.pk, goer)
    return list(found.values())


def _held(source: Meeting) -> dict[int, list[Held]]:
    people = Person.objects.filter(participations__meeting=source)
    rows = Position.objects.filter(Q(person__in=people) | Q(person__merged__in=people)).distinct().order_by("pk")
    held = defaultdict(list)
    for person, title, unit, organisation, since, until in rows.values_list(
        "person_id", "title", "organisation__name", "organisation_id", "since", "until"
    ):
        held[person].append(Held(Office(title, unit, organisation), since, until))
    return held


def series_list(text: str) -> QuerySet[Series]:
    """Return the series whose title has all the words, with the number of their meetings and the newest day, newest first."""
    found = Series.objects.annotate(
        total=Count("meetings", filter=~Q(meetings__kind=Meeting.Kind.TEMPLATE), distinct=True),
        newest=Max("meetings__sittings__starts_at", filter=~Q(meetings__kind=Meeting.Kind.TEMPLATE)),
    )
    keys = [s.pk for s in found if _has(s.title, text)] if text else None
    return (found if keys is None else found.filter(pk__in=keys)).order_by("-newest", "title")


def meetings_in(series: Series, user: User) -> QuerySet[Meeting]:
    """Return the meetings of a series an account may see, the newest first."""
    found = meetings_of(user).filter(series=series).exclude(kind=Meeting.Kind.TEMPLATE)
    return found.annotate(starts_at=Min("sittings__starts_at")).order_by("-starts_at", "-pk")


def templates(text: str = "") -> list[Meeting]:
    """Return the templates whose title has all the words, with how much is in each."""
    found = Meeting.objects.filter(kind=Meeting.Kind.TEMPLATE).select_related("organiser", "series", "cloned_from")
    found = found.annotate(
        bridge_point_total=Count("bridge_points", distinct=True),
        clone_total=Count("clones", filter=~Q(clones__kind=Meeting.Kind.TEMPLATE), distinct=True),
    ).order_by("title", "pk")
    return [m for m in found if _has(m.title, text)]


@dataclass(frozen=True)
class Basis:
    """A meeting one can begin from, as it stands in the choice."""

    slug: str
    title: str
    day: date | None


def comparable(user: User) -> QuerySet[Meeting]:
    """Return the meetings an account prepares: a comparison shows all of both, not only what delegates and observers may see."""
    found = meetings_of(user)
    if Ability.PREPARE in office_actor(user).abilities:
        return found
    return found.filter(pk__in=Participant.objects.filter(person__user=user, role__in=PREPARING).values("meeting_id"))


def choices(user: User) -> QuerySet[Meeting, Any]:
    """Return address and title of the meetings an account may see, the newest first."""
    return Meeting.objects.filter(pk__in=meetings_of(user).values("pk")).order_by("-pk").values("pk", "slug", "title")


def bases(user: User) -> dict[str, list[Basis]]:
    """Return what a new meeting can begin from: templates, the last of each series, other meetings; newest first."""
    rows = Meeting.objects.filter(pk__in=meetings_of(user).values("pk")).annotate(starts_at=Min("sittings__starts_at"))
    found: dict[str, list[Basis]] = {"templates": [], "series": [], "others": []}
    seen: set[int] = set()
    for m in rows.select_related("series").order_by("-starts_at", "-pk"):
        basis = Basis(m.slug, m.title, m.starts_at)
        if m.is_template:
            found["templates"].append(basis)
        elif m.series is not None and m.series_id not in seen:
            seen.add(m.series.pk)
            found["series"].append(Basis(m.slug, m.series.title, m.starts_at))
        else:
            found["others"].append(basis)
    return found


def _has(title: str, text: str) -> bool:
    folded = " ".join(words(title, at_most=100))
    return all(word in folded for word in words(text))
