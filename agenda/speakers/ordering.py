"""Who speaks next, and why: the order of those who wait for the floor under one item. Pure.

docs/agenda/speaking-order.md tells the rule to people; its worked cases are run by tests/agenda/speakers/test_ordering.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

REGISTERED, DISCUSSION, POINT_OF_ORDER, REPLY = "registered", "discussion", "point_of_order", "reply"


class Why(StrEnum):
    """Why a line stands where it does."""

    PINNED = "pinned"
    POINT_OF_ORDER = "point_of_order"
    REPLY = "reply"
    REGISTERED = "registered"
    FIRST_TURN = "first_turn"  # the delegation has not spoken under this item
    NEXT_TURN = "next_turn"  # it has, and so comes behind those that have spoken less often
    MORE = "more"  # one of its own stands before


@dataclass(frozen=True)
class Wish:
    """A line that waits. `rank`: among the registered; `answers`: the speech replied to; `pin`: the place the chair has set.

    `delegation`: whom the turns go round; `person`: who speaks, nothing while nobody is named.
    """

    id: int
    kind: str
    asked: datetime
    delegation: Hashable
    person: Hashable = None
    rank: int | None = None
    answers: int | None = None
    pin: int | None = None


@dataclass(frozen=True)
class Held:
    """A speech that was held, or is being held, under the item."""

    id: int
    kind: str
    given: datetime
    delegation: Hashable
    person: Hashable = None


@dataclass(frozen=True)
class Place:
    """A line at its place, from 1. `turns`: speeches its delegation has held, or that stand before it in the list."""

    wish: Wish
    place: int
    why: Why
    turns: int = 0


# What takes a delegation's turn: a word on the procedure or a reply does not.
_TURNS = (REGISTERED, DISCUSSION)


def delegation_of(bridge_point: int | None, unit: str, person: int | None, *, is_central: bool) -> Hashable:
    """Return whom the turns go round: a bridge point; of those in the central hall, or at none, the unit, else the person."""
    if bridge_point is not None and not is_central:
        return "site", bridge_point
    if unit:
        return "unit", unit
    return ("person", person) if person is not None else ("site", bridge_point)


def speaking_order(waiting: Collection[Wish], held: Collection[Held]) -> list[Place]:
    """Return all who wait in the order in which they speak; those the chair has given a place hold it."""
    natural = natural_order(waiting, held)
    pinned = {place.wish.id: place for place in natural if place.wish.pin is not None}
    rest = iter([place for place in natural if place.wish.id not in pinned])
    by_pin = sorted(pinned.values(), key=lambda place: (place.wish.pin or 0, place.wish.id))
    found: list[Place] = []
    for number in range(1, len(natural) + 1):
        if by_pin and (by_pin[0].wish.pin or 0) <= number:
            found.append(Place(by_pin[0].wish, number, Why.PINNED, by_pin.pop(0).turns))
            continue
        following = next(rest, None)
        if following is None:  # a place beyond the end is the last one
            found.append(Place(by_pin[0].wish, number, Why.PINNED, by_pin.pop(0).turns))
        else:
            found.append(Place(following.wish, number, following.why, following.turns))
    return found


def natural_order(waiting: Collection[Wish], held: Collection[Held]) -> list[Place]:
    """Return the order by the rule alone, as if no place had been set."""
    by_kind: dict[str, list[Wish]] = defaultdict(list)
    for wish in waiting:
        by_kind[wish.kind].append(wish)
    given = {one.id: one.given for one in held}
    order = [(wish, Why.POINT_OF_ORDER, 0) for wish in sorted(by_kind[POINT_OF_ORDER], key=_asked)]
    order += [(wish, Why.REPLY, 0) for wish in _replies(by_kind[REPLY], given)]
    registered = sorted(by_kind[REGISTERED], key=lambda wish: (wish.rank or 0, *_asked(wish)))
    order += [(wish, Why.REGISTERED, 0) for wish in registered]
    order += _in_turns(by_kind[DISCUSSION], registered, held)
    return [Place(wish, number, why, turns) for number, (wish, why, turns) in enumerate(order, start=1)]


def pins_after(order: Sequence[Place], wish: int, place: int) -> dict[int, int]:
    """Return which line holds which place once one of them has gone to another place; the others close up."""
    keys = [one.wish.id for one in order if one.wish.id != wish]
    keys.insert(place - 1, wish)
    held = {one.wish.id for one in order if one.wish.pin is not None} | {wish}
    return {key: number for number, key in enumerate(keys, start=1) if key in held}


def pins_without(order: Sequence[Place], wish: int) -> dict[int, int]:
    """Return which line holds which place once one of them has left the list."""
    rest = [one.wish for one in order if one.wish.id != wish]
    return {one.id: number for number, one in enumerate(rest, start=1) if one.pin is not None}


def _asked(wish: Wish) -> tuple[datetime, int]:
    return wish.asked, wish.id


def _replies(replies: Iterable[Wish], given: dict[int, datetime]) -> list[Wish]:
    """Return the replies to the newest speech first; those to one speech as they were asked for."""
    first = sorted(replies, key=_asked)
    return sorted(first, key=lambda wish: -given[wish.answers].timestamp() if wish.answers in given else 0.0)


def _in_turns(wishes: Collection[Wish], registered: Iterable[Wish], held: Iterable[Held]) -> list[tuple[Wish, Why, int]]:
    """Return the discussion: who has spoken less often before who has more often, then who has waited longest."""
    spoken: dict[Hashable, int] = defaultdict(int)
    last: dict[Hashable, datetime] = {}
    heard = {one.person for one in held if one.person is not None and one.kind in _TURNS}
    for one in held:
        if one.kind in _TURNS:
            spoken[one.delegation] += 1
            last[one.delegation] = max(one.given, last.get(one.delegation, one.given))
    before: dict[Hashable, int] = defaultdict(int)  # of its own, in the list
    for wish in registered:
        before[wish.delegation] += 1
    rows = []
    for wish in sorted(wishes, key=lambda wish: (wish.person in heard, *_asked(wish))):
        turns = spoken[wish.delegation] + before[wish.delegation]
        since = last[wish.delegation].timestamp() if wish.delegation in last else 0.0
        why = Why.MORE if before[wish.delegation] else Why.NEXT_TURN if turns else Why.FIRST_TURN
        key = (turns, before[wish.delegation] > 0, since, wish.person in heard, *_asked(wish))
        rows.append((key, (wish, why, turns)))
        before[wish.delegation] += 1
    return [row for _key, row in sorted(rows, key=lambda pair: pair[0])]
