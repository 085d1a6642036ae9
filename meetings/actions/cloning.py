"""A new meeting that takes over parts of an old one, or of a template."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from datetime import timedelta
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

from meetings import facts, hooks
from meetings.actions.course import NewSitting, create_meeting
from meetings.hooks import Maps
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Series, Sitting
from meetings.procedure import Ability, Actor
from meetings.series.facts import MeetingCloned
from meetings.series.parts import BRIDGE_POINTS, GROUPS
from meetings.series.queries import Goer, goers
from meetings.telling import bridge_point_row, participant_row
from people.models import Organisation

ROWS_OF_A_FACT = 2000
Row = TypeVar("Row", bound=models.Model)


def clone_meeting(
    *,
    by: Actor,
    source: Meeting,
    title: str,
    organiser: Organisation,
    mode: str,
    place: str,
    sittings: Sequence[NewSitting],
    parts: Collection[str],
    kind: str = Meeting.Kind.REAL,
    series: Series | None = None,
    new_series: str = "",
) -> Meeting:
    """Create a meeting (or a template) that takes over the ticked parts of another one; each becomes an ordinary fact.

    A sitting whose `sitting` is the key of one of the old meeting's stands for it. Raises NotAllowed.
    """
    with transaction.atomic():
        new = create_meeting(
            by=by, title=title, organiser=organiser, mode=mode, place=place, sittings=sittings, kind=kind, series=series,
            new_series=new_series, cloned_from=source,
        )  # fmt: skip
        with transition(new, by=by, ability=Ability.PREPARE) as change:
            change.record(MeetingCloned(source=source.pk, title=source.title, parts=sorted(parts)))
            maps = _copy(change, source, new, sittings, frozenset(parts))
            for copy_part in hooks.at_cloning:
                copy_part(source, new, maps)
    return new


def _copy(change: Transition, old: Meeting, new: Meeting, sittings: Sequence[NewSitting], wanted: frozenset[str]) -> Maps:
    held, shift = _sittings(old, new, sittings)
    sites = _bridge_points(change, old, new) if BRIDGE_POINTS in wanted else {}
    groups = _groups(change, old, new) if GROUPS in wanted else {}
    going = goers(old, wanted, timezone.localdate())
    people = _participants(change, new, going, sites, groups)
    return Maps(
        change=change, wanted=wanted, shift=shift, sittings=held, bridge_points=sites, groups=groups, participants=people
    )  # fmt: skip


def _sittings(old: Meeting, new: Meeting, wanted: Sequence[NewSitting]) -> tuple[dict[int, Sitting], timedelta]:
    before, made = {s.pk: s for s in old.sittings.all()}, list(new.sittings.order_by("number"))
    held = {one.sitting: row for one, row in zip(wanted, made, strict=True) if one.sitting in before}
    days = [timezone.localtime(rows[0].starts_at).date() for rows in (list(before.values()), made) if rows]
    shift = days[1] - days[0] if len(days) > 1 else timedelta()
    return {key: row for key, row in held.items() if key is not None}, shift


def _bridge_points(change: Transition, old: Meeting, new: Meeting) -> dict[int, BridgePoint]:
    """Copy the bridge points level by level, so that each finds its parent; numbers stay."""
    made: dict[int, BridgePoint] = {}
    waiting = list(old.bridge_points.order_by("number"))
    while waiting:
        level = [b for b in waiting if b.parent_id is None or b.parent_id in made]
        copies = [_copied(b, new, parent=made[b.parent_id] if b.parent_id else None) for b in level]
        made |= zip((b.pk for b in level), BridgePoint.objects.bulk_create(copies), strict=True)
        waiting = [b for b in waiting if b.pk not in made]
    rows = [bridge_point_row(b) for b in sorted(made.values(), key=lambda b: b.number)]
    for chunk in _chunks(rows):
        change.record(facts.BridgePointsAdded(bridge_points=chunk))
    return made


def _groups(change: Transition, old: Meeting, new: Meeting) -> dict[int, ParticipantGroup]:
    rows = list(old.groups.order_by("number"))
    made = ParticipantGroup.objects.bulk_create(_copied(g, new) for g in rows)
    for group in made:
        change.record(facts.GroupAdded(group=group.pk, number=group.number, name=group.name))
    return dict(zip((g.pk for g in rows), made, strict=True))


def _participants(
    change: Transition,
    new: Meeting,
    going: Sequence[Goer],
    sites: Mapping[int, BridgePoint],
    groups: Mapping[int, ParticipantGroup],
) -> dict[int, Participant]:
    copies = [
        _copied(
            goer.row, new, person=goer.person, name=goer.person.full_name, position=goer.office.position, unit=goer.office.unit,
            organisation_id=goer.office.organisation, bridge_point=sites.get(goer.row.bridge_point_id or 0),
            group=groups.get(goer.row.group_id or 0), substitute_for=None, is_excused=False,
        )
        for goer in going
    ]  # fmt: skip
    made = Participant.objects.bulk_create(copies)
    for chunk in _chunks([participant_row(p) for p in made]):
        change.record(facts.ParticipantsAdded(participants=chunk))
    return dict(zip((goer.row.pk for goer in going), made, strict=True))


def _copied(row: Row, meeting: Meeting, **changes: object) -> Row:
    """Return a new row of another meeting like this one, with some values changed."""
    new = copy(row)
    new._state = copy(row._state)
    new._state.adding, new._state.fields_cache = True, {}
    new.pk = None
    for name, value in {"meeting": meeting, **changes}.items():
        setattr(new, name, value)
    return new


def _chunks(rows: Sequence[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    for first in range(0, len(rows), ROWS_OF_A_FACT):
        yield list(rows[first : first + ROWS_OF_A_FACT])
