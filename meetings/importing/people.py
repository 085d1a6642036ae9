"""Who a row is: somebody on the meeting's list, somebody of the directory, or nobody yet. Name and unit decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.importing.places import bare
from meetings.importing.rows import Values
from meetings.models import Meeting, Participant
from people.models import Person, Position
from people.spelling import alike, fold

_ADDRESS = re.compile(r"^(đ/c|đồng chí|đc)\s*[:.]?\s+", re.IGNORECASE)
NAMED = 5


def trimmed(name: str) -> str:
    """Return a name without "Đ/c" in front."""
    return _ADDRESS.sub("", name)


def same_unit(one: str, other: str) -> bool:
    """Whether two names of a unit are the same one: uỷ and ủy, "Tỉnh ủy Lào Cai" and "Lào Cai"."""
    return alike(one) == alike(other) or (bool(bare(one)) and bare(one) == bare(other))


@dataclass(frozen=True)
class Known:
    """The meeting's participants and the directory's people by the way their names sound; `units`: of a person, all known."""

    listed: dict[str, list[Participant]]
    nearly: dict[str, list[Participant]]
    people: dict[str, list[Person]]
    units: dict[int, set[str]]
    replaced_already: dict[int, str]

    def of_meeting(self, row: Values, name: str, unit: str) -> Participant | None:
        """Return the participant a row means. Several of that name and unit are an error that names them."""
        found = self.listed.get(alike(name), [])
        if not found:
            self._warn_of_spelling(row, name)
            return None
        if unit:
            own = [p for p in found if same_unit(unit, p.unit)]
            if not own:
                row.warn("unit", _("On the list there is %(names)s. This row adds another person.") % {"names": _names(found)})
        else:
            own = found
        if len(own) > 1 and row.get("position"):
            own = [p for p in own if alike(p.position) == alike(row.get("position"))] or own
        if len(own) > 1:
            sentence = _("It is not clear who this is: %(names)s. Write unit and position as they are on the list.")
            row.error("name", sentence % {"names": _names(own)})
        return own[0] if own else None

    def in_directory(self, row: Values, name: str, unit: str) -> int | None:
        """Return the person of the directory a new row means; of several with that name and unit nobody is taken."""
        found = self.people.get(alike(name), [])
        own = [p for p in found if unit and any(same_unit(unit, known) for known in self.units.get(p.pk, ()))]
        if len(own) > 1:
            sentence = _(
                "The directory has several people of this name and unit: %(names)s. Merge them there first, or add by hand."
            )
            row.error("name", sentence % {"names": self._described(own)})
        elif not own and found:
            sentence = _("The directory has %(names)s. This row makes a new person; if it is the same, write the unit as there.")
            row.warn("name", sentence % {"names": self._described(found)})
        return own[0].pk if len(own) == 1 else None

    def replaced(self, row: Values, wanted: str) -> int | None:
        """Return the participant whom a row stands in for."""
        found = self.listed.get(alike(trimmed(wanted)), [])
        if not found:
            row.error("substitute", _("%(name)s is not on the list of this meeting.") % {"name": wanted})
        elif len(found) > 1:
            row.error("substitute", _("It is not clear who this is: %(names)s.") % {"names": _names(found)})
        elif found[0].pk in self.replaced_already:
            words = {"name": found[0].name, "other": self.replaced_already[found[0].pk]}
            row.error("substitute", _("%(name)s has a substitute already: %(other)s.") % words)
        else:
            self.replaced_already[found[0].pk] = row.get("name")
            return found[0].pk
        return None

    def _warn_of_spelling(self, row: Values, name: str) -> None:
        near = self.nearly.get(fold(name), [])
        if near:
            row.warn("name", _("On the list there is %(names)s. Is it the same person?") % {"names": _names(near)})

    def _described(self, people: Iterable[Person]) -> str:
        said = [", ".join([p.full_name, *sorted(self.units.get(p.pk, set()))[:2]]) for p in people]
        return "; ".join(said[:NAMED])


def known_people(meeting: Meeting, rows: Sequence[Values]) -> Known:
    """Read, in five queries, who may be meant."""
    known = Known(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(set), {})
    listed = meeting.participants.select_related("person", "substitute_for").order_by("pk")
    for p in listed:
        known.listed[alike(p.name)].append(p)
        known.nearly[fold(p.name)].append(p)
        if p.substitute_for_id:
            known.replaced_already[p.substitute_for_id] = p.name
    names = {fold(trimmed(row.get("name"))) for row in rows if row.get("name")}
    present = Participant.objects.filter(meeting=meeting).values("person_id")
    people = list(Person.objects.filter(folded__in=names, merged_into=None).exclude(pk__in=present).order_by("pk"))
    for person in people:
        known.people[alike(person.full_name)].append(person)
    keys = [person.pk for person in people]
    held = Position.objects.filter(Q(until=None) | Q(until__gte=date.today()), person_id__in=keys)
    for pk, *units in held.values_list("person_id", "organisation__name", "organisation__short_name"):
        known.units[pk].update(units)
    for pk, unit in Participant.objects.filter(person_id__in=keys).exclude(unit="").values_list("person_id", "unit"):
        known.units[pk].add(unit)
    return known


def _names(people: Iterable[Participant]) -> str:
    return "; ".join([", ".join(filter(None, (p.name, p.office))) for p in people][:NAMED])
