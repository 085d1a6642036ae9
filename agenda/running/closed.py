"""Closed items (họp kín): who is out, and what is hidden from them. One rule for pages, sockets and displays.

In are the chair, the secretaries and the office's secretariat; delegates of the central hall, of no bridge point, and of the
bridge points named; operators and technicians of these; whoever is named in person. All others are out: observers and guests,
the people of other bridge points with their consoles, focal points of units, and every public display (decision 26).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agenda.models import AgendaItem
from meetings.models import BridgePoint, Meeting, Role
from meetings.procedure import Ability, Actor

AT_SITES = (Role.DELEGATE, Role.OPERATOR, Role.TECHNICIAN)


@dataclass(frozen=True)
class Shut:
    """A closed item that hides something now: it is open, or its title is secret. Who is named to be in, by keys."""

    item: int
    is_open: bool
    has_secret_title: bool
    sites: frozenset[int]
    people: frozenset[int]


@dataclass(frozen=True)
class Standing:
    """What of a reader decides. `leads`: chair, secretary or the office's secretariat; `role` is empty for who has no seat."""

    leads: bool = False
    role: str = ""
    site: int | None = None
    person: int | None = None


NOBODY = Standing()


def standing_of(actor: Actor) -> Standing:
    """Return what of an actor decides who is in."""
    own = actor.participant
    leads = actor.may(Ability.RUN_PROGRAMME)
    if own is None:
        return Standing(leads=leads)
    return Standing(leads=leads, role=own.role, site=own.bridge_point_id, person=own.pk)


def is_in(who: Standing, item: Shut) -> bool:
    """Tell whether a reader takes part in a closed item."""
    if who.leads or (who.person is not None and who.person in item.people):
        return True
    if who.role == Role.DELEGATE and who.site is None:
        return True
    return who.role in AT_SITES and who.site in item.sites


def hidden_from(who: Standing, shut: Iterable[Shut]) -> tuple[int, ...]:
    """Return the keys of the closed items a reader is out of, smallest first."""
    return tuple(sorted(item.item for item in shut if not is_in(who, item)))


class Closable(Protocol):
    """An item as far as this rule is concerned: a row, or an item of a screen."""

    @property
    def id(self) -> int:
        """Its key."""

    @property
    def state(self) -> str:
        """Planned, open, closed, deferred, skipped or merged."""

    @property
    def closed_at(self) -> datetime | None:
        """When it ended."""

    @property
    def in_camera(self) -> bool:
        """Whether it is a closed one."""

    @property
    def has_secret_title(self) -> bool:
        """Whether its title is secret too."""


def is_on(item: Closable) -> bool:
    """Tell whether an item is being dealt with: it is open, or together with one that is."""
    return item.state == AgendaItem.State.OPEN or (item.state == AgendaItem.State.MERGED and item.closed_at is None)


def shut_items(meeting: int, items: Iterable[Closable], using: str = "default") -> tuple[Shut, ...]:
    """Return which items of a meeting hide something now; where none does no database is asked."""
    rows = [row for row in items if row.in_camera and (is_on(row) or row.has_secret_title)]
    if not rows:
        return ()
    keys = [row.id for row in rows]
    sites = _named(AgendaItem.admitted.through, "bridgepoint_id", keys, using)
    people = _named(AgendaItem.admitted_people.through, "participant_id", keys, using)
    central = BridgePoint.objects.using(using).filter(meeting=meeting, is_central=True)
    halls = frozenset(central.values_list("pk", flat=True))
    return tuple(
        Shut(
            item=row.id, is_open=is_on(row), has_secret_title=row.has_secret_title,
            sites=frozenset(sites.get(row.id, ())) | halls, people=frozenset(people.get(row.id, ())),
        )
        for row in rows
    )  # fmt: skip


def nobody_in(item: int) -> Shut:
    """Return an item whose title is secret to all but who leads."""
    return Shut(item=item, is_open=False, has_secret_title=True, sites=frozenset(), people=frozenset())


def _named(through: type, key: str, items: Sequence[int], using: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = through.objects.using(using).filter(agendaitem__in=items)  # type: ignore[attr-defined]
    for item, named in rows.values_list("agendaitem_id", key):
        found.setdefault(item, []).append(named)
    return found


def hidden_for(meeting: Meeting, actor: Actor) -> frozenset[int]:
    """Return the keys of the items that are hidden from an actor now; nothing is asked where no item was ever closed."""
    if not meeting.has_closed_items or actor.may(Ability.RUN_PROGRAMME):
        return frozenset()
    return frozenset(hidden_from(standing_of(actor), shut_items(meeting.pk, meeting.items.filter(in_camera=True))))


def is_out_now(meeting: Meeting, actor: Actor) -> bool:
    """Tell whether a closed item is being dealt with that an actor is out of."""
    if not meeting.has_closed_items or actor.may(Ability.RUN_PROGRAMME):
        return False
    shut = shut_items(meeting.pk, meeting.items.filter(in_camera=True))
    return any(item.is_open and not is_in(standing_of(actor), item) for item in shut)
