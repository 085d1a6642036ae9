"""Whom and what one can pick: people who are not merged, organisations that are open; by words, without diacritics."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from meetings.models import Participant
from meetings.procedure import ABILITIES, Ability, Actor
from people.models import Organisation, Person, Position
from people.spelling import fold, words

SHOWN = 12  # of what is found; more words find less
_PREPARING = [role for role, abilities in ABILITIES.items() if Ability.PREPARE in abilities]


def may_pick(actor: Actor) -> bool:
    """Tell whether somebody may look people and organisations up: who manages the directory or prepares some meeting."""
    if actor.may(Ability.MANAGE_DIRECTORY) or actor.may(Ability.PREPARE):
        return True
    person = actor.user.person_id if actor.user.is_active else None
    return person is not None and Participant.objects.filter(person_id=person, role__in=_PREPARING).exists()


def pickable_people() -> QuerySet[Person]:
    """Return the people who can be picked, with their positions."""
    positions = Prefetch("positions", Position.objects.select_related("organisation"))
    return Person.objects.filter(merged_into=None).prefetch_related(positions)


def pickable_organisations() -> QuerySet[Organisation]:
    """Return the organisations that can be picked, with the one above."""
    return Organisation.objects.filter(is_closed=False).select_related("parent")


def find_people(sought: str, *, at_most: int = SHOWN) -> list[Person]:
    """Return people whose name has all the words; when there are few, also those found with title and unit."""
    asked = words(sought)
    if not asked:
        return list(pickable_people().exclude(positions=None).order_by("full_name", "pk").distinct()[:at_most])
    named = pickable_people()
    for word in asked:
        named = named.filter(folded__contains=word)
    found = list(named.order_by("full_name", "pk")[:at_most])
    if len(found) < at_most and len(asked) > 1:
        found += list(_with_office(asked).exclude(pk__in=[p.pk for p in found])[: at_most - len(found)])
    return found


def _with_office(asked: list[str]) -> QuerySet[Person]:
    """Return people found by name and unit together: `nghia lao cai`."""
    found = pickable_people()
    for word in asked:
        units = Position.objects.filter(organisation__folded__contains=word)
        found = found.filter(Q(folded__contains=word) | Q(pk__in=units.values("person_id")))
    return found.order_by("full_name", "pk")


def find_organisations(sought: str, *, at_most: int = SHOWN) -> list[Organisation]:
    """Return open organisations whose name, or the name of the one above, has all the words; the upper ones first."""
    found = pickable_organisations()
    for word in words(sought):
        found = found.filter(Q(folded__contains=word) | Q(parent__folded__contains=word))
    rows = list(found.order_by("parent_id", "code", "name")[: at_most * 4])
    wanted = fold(sought).strip()
    return sorted(rows, key=lambda o: (_far(o, wanted), o.parent_id or 0, o.code, o.name))[:at_most]


def _far(organisation: Organisation, wanted: str) -> int:
    """How far a name is from what was typed: it is the name, the name has it, only the one above has it."""
    names = [fold(organisation.short_name), fold(organisation.name), organisation.code]
    return 0 if wanted in names else 1 if any(wanted in name for name in names) else 2
