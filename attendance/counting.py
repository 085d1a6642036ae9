"""How people are counted: one rule for screens, minutes and lists (decision 21). The tables are read in two queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import add, attrgetter
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import Count, Q

from attendance.models import HallCount, Presence
from meetings.models import COUNTED_ROLES, Meeting, Participant

_PRESENT, _ONLINE = str(Presence.State.PRESENT), str(Presence.State.ONLINE)
_LEFT, _ABSENT = str(Presence.State.LEFT), str(Presence.State.ABSENT)
_THERE, CAME = frozenset({_PRESENT, _ONLINE}), frozenset({_PRESENT, _ONLINE, _LEFT})


@dataclass(frozen=True)
class HeadCount:
    """How many are expected; of them present (in person or `online`), gone before the end, absent, or not marked.

    `excused`: who will not come, not among the expected; `substitutes`: those present who stand in for somebody; `unnamed`:
    those present who were counted by head alone.
    """

    expected: int = 0
    present: int = 0
    online: int = 0
    left: int = 0
    absent: int = 0
    excused: int = 0
    substitutes: int = 0
    unnamed: int = 0

    @property
    def unmarked(self) -> int:
        """Of how many nothing is known yet."""
        return self.expected - self.present - self.left - self.absent

    @property
    def named(self) -> int:
        """How many of those present are known by name."""
        return self.present - self.unnamed

    @property
    def named_in_hall(self) -> int:
        """How many of those known by name are there in person."""
        return self.named - self.online

    def __add__(self, other: HeadCount) -> HeadCount:
        """Return the sum of two counts."""
        return HeadCount(*map(add, _values(self), _values(other)))


_FIELDS = tuple(HeadCount.__dataclass_fields__)
_values = attrgetter(*_FIELDS)


class Alike(NamedTuple):
    """People of whom the same is known. `own`: where they belong; `where`: through which they were marked or scanned last."""

    own: int | None
    where: int | None
    state: str | None
    is_excused: bool
    stands_in: bool
    people: int = 1


class Hall(NamedTuple):
    """What somebody has counted in a hall; `expected` empty: as many as stand on the list."""

    present: int
    expected: int | None = None


NO_HALLS: Mapping[int, Hall] = MappingProxyType({})


def tally(rows: Iterable[Alike], halls: Mapping[int, Hall] = NO_HALLS) -> dict[int | None, HeadCount]:
    """Return the counts of each place (None: people without one), each person in one place alone.

    Who is there is counted, and expected, where they are; everybody else where they belong. Who is excused is not expected,
    but who comes all the same is.
    """
    sums: dict[int | None, list[int]] = {}
    for own, where, state, is_excused, stands_in, people in rows:
        there = state in _THERE
        place = where if there and where is not None else own
        count = sums.get(place)
        if count is None:
            count = sums[place] = [0] * len(_FIELDS)
        if is_excused and state not in CAME:
            count[5] += people
            continue
        count[0] += people
        if there:
            count[1] += people
            count[2] += people if state == _ONLINE else 0
            count[6] += people if stands_in else 0
        elif state == _LEFT:
            count[3] += people
        elif state == _ABSENT:
            count[4] += people
    found = {place: HeadCount(*count) for place, count in sums.items()}
    return found | {place: in_hall(found.get(place, HeadCount()), hall) for place, hall in halls.items()}


def in_hall(named: HeadCount, hall: Hall) -> HeadCount:
    """Return the count of a bridge point whose hall was counted by head: those in the hall, and those online beside them.

    In the hall there are never less than its people who are there by name. Who was counted is expected, like everybody who
    comes; of who is expected and was not counted nothing is known but what was marked.
    """
    present = max(hall.present, named.present - named.online) + named.online
    expected = max(named.expected if hall.expected is None else hall.expected, present)
    left = min(named.left, expected - present)
    return HeadCount(
        expected=expected, present=present, online=named.online, left=left, absent=min(named.absent, expected - present - left),
        excused=named.excused, substitutes=named.substitutes, unnamed=present - named.present,
    )  # fmt: skip


def summed(counts: Iterable[HeadCount]) -> HeadCount:
    """Return the sum of counts."""
    rows = [_values(count) for count in counts]
    return HeadCount(*map(sum, zip(*rows, strict=True))) if rows else HeadCount()


def rolled_up(
    counts: Mapping[int | None, HeadCount] | Mapping[int, HeadCount], parents: Mapping[int, int | None]
) -> dict[int, HeadCount]:
    """Return the counts of those bridge points that have others under them: their own and all below, however deep.

    `parents`: each bridge point with the one it stands under.
    """
    sums: dict[int, list[int]] = {parent: [0] * len(_FIELDS) for parent in parents.values() if parent is not None}
    if not sums:
        return {}
    for place in parents:
        count = counts.get(place)
        if count is None:
            continue
        values = _values(count)
        for above in _way_up(place, parents):
            if above in sums:
                sums[above] = list(map(add, sums[above], values))
    return {place: HeadCount(*values) for place, values in sums.items()}


def _way_up(place: int | None, parents: Mapping[int, int | None]) -> Iterable[int]:
    """Return a bridge point and all it stands under; a circle, which cannot be, ends where it began."""
    met: set[int] = set()
    while place is not None and place not in met:
        met.add(place)
        yield place
        place = parents.get(place)


# --- read from the tables


def counts_by_bridge_point(meeting: Meeting, *, at: int | None = None, using: str = "default") -> dict[int | None, HeadCount]:
    """Return the counts of each bridge point, without staff of the sites. `at`: of this one alone."""
    halls = HallCount.objects.using(using).filter(meeting=meeting)
    near = Q()
    if at is not None:
        halls, near = halls.filter(bridge_point=at), Q(bridge_point=at) | Q(presence__bridge_point=at)
    rows = _rows(meeting, "bridge_point_id", "presence__bridge_point_id", near, using)
    counted = halls.values_list("bridge_point_id", "present", "expected")
    counts = tally(rows, {pk: Hall(present, expected) for pk, present, expected in counted})
    return counts if at is None else {at: counts.get(at, HeadCount())}


def counts_by_group(meeting: Meeting, *, using: str = "default") -> dict[int | None, HeadCount]:
    """Return the counts of each group (None: people of none), of people by name: who was counted by head is of no group."""
    return tally(_rows(meeting, "group_id", "group_id", Q(), using))


def totals(meeting: Meeting, *, using: str = "default") -> HeadCount:
    """Return the counts of the whole meeting."""
    return summed(counts_by_bridge_point(meeting, using=using).values())


def _rows(meeting: Meeting, own: str, where: str, near: Q, using: str) -> Iterable[Alike]:
    rows = (
        Participant.objects.using(using)
        .filter(near, meeting=meeting, role__in=COUNTED_ROLES)
        .order_by()
        .annotate(stands_in=Q(substitute_for__isnull=False))
        .values_list(own, where, "presence__state", "is_excused", "stands_in")
        .annotate(people=Count("pk"))
    )
    return (Alike(*row) for row in rows)
