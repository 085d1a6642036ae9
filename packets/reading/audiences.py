"""For whom papers are meant: everybody whom a release reaches, so that it can be said who of them has read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from meetings.models import Meeting
from meetings.procedure import PREPARING
from packets.models import Document, Release
from packets.releasing.seeing import Grant, Reader, grant_of, is_open, reaches


@dataclass(frozen=True)
class Seat:
    """A participant as the board needs one: `site` is the own bridge point, `top` the one above all others over it."""

    pk: int
    person: int
    name: str
    office: str
    role: str
    group: int | None
    site: int | None
    top: int | None
    is_excused: bool


Alike = tuple[str, int | None, int | None, bool]  # role, group, bridge point, whether excused


@dataclass(frozen=True)
class Seats:
    """Everybody in a meeting; the bridge points above each bridge point, itself included; who is alike for a release."""

    rows: Sequence[Seat]
    above: Mapping[int, frozenset[int]]
    alike: Mapping[Alike, Sequence[int]]


def seats_of(meeting: Meeting) -> Seats:
    """Return all who take part. Two queries."""
    parents: dict[int, int | None] = dict(meeting.bridge_points.order_by().values_list("pk", "parent_id"))
    chains = {site: _chain(site, parents) for site in parents}
    found = meeting.participants.order_by("bridge_point__number", "pk").values_list(
        "pk", "person_id", "name", "position", "unit", "role", "group_id", "bridge_point_id", "is_excused"
    )
    rows = [
        Seat(
            pk=pk, person=person, name=name, office=", ".join(part for part in (position, unit) if part), role=role,
            group=group, site=site, top=chains[site][-1] if site is not None else None, is_excused=excused,
        )
        for pk, person, name, position, unit, role, group, site, excused in found
    ]  # fmt: skip
    alike: dict[Alike, list[int]] = {}
    for seat in rows:
        alike.setdefault((seat.role, seat.group, seat.site, seat.is_excused), []).append(seat.pk)
    return Seats(rows=rows, above={site: frozenset(chain) for site, chain in chains.items()}, alike=alike)


def _chain(site: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a bridge point and those above it, the highest last."""
    found = [site]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


def grants_of(documents: Collection[Document]) -> dict[int, list[Grant]]:
    """Return the releases of papers that have not been recalled, by the paper's id. Two queries."""
    found: dict[int, list[Grant]] = {}
    rows = Release.objects.filter(document__in=[row.pk for row in documents], recalled_at=None)
    for release in rows.prefetch_related("audiences"):
        found.setdefault(release.document_id, []).append(grant_of(release, release.audiences.all()))
    return found


def was_open(grant: Grant, has_begun: bool, now: datetime) -> bool:
    """Tell whether a release has been in force at all: it may be over by now, for who had the time to read."""
    return is_open(replace(grant, until_at=None), has_begun, now)


def audience_of(grants: Iterable[Grant]) -> frozenset[tuple[object, ...]]:
    """Return for whom releases are meant as a value: papers with the same one are meant for the same people."""
    return frozenset((one.to_everyone, one.to_readers, one.roles, one.groups, one.sites, one.participants) for one in grants)


def reached(grants: Iterable[Grant], seats: Seats, *, preparing: bool = False) -> frozenset[int]:
    """Return the participants whom any of some releases reaches. Who prepares the meeting sees all papers anyway.

    Those who are alike for a release are judged once: thousands cost what hundreds cost.
    """
    wanted = list(grants)
    named = frozenset().union(*(grant.participants for grant in wanted)) if wanted else frozenset()
    found: set[int] = set()
    for (role, group, site, excused), keys in seats.alike.items():
        if wanted and (preparing or role not in PREPARING):
            sites = seats.above[site] if site is not None else frozenset()
            reader = Reader(participant=0, role=role, group=group, sites=sites, is_excused=excused, site=site)
            reads = any(reaches(grant, reader) for grant in wanted)
            found.update(keys if reads else named.intersection(keys) if named else ())
    return frozenset(found)
