"""Copies of the rows of a meeting in another one, level by level, recorded as ordinary facts of the new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.utils import timezone

from meetings import facts
from meetings.models import BridgePoint, Meeting, ParticipantGroup, Sitting
from meetings.telling import bridge_point_row

if TYPE_CHECKING:
    from meetings.actions import NewSitting
    from meetings.journal import Transition

ROWS_OF_A_FACT = 2000
Row = TypeVar("Row", bound=models.Model)


def copied_sittings(old: Meeting, new: Meeting, wanted: Sequence[NewSitting]) -> tuple[dict[int, Sitting], timedelta]:
    """Return which new sitting stands for which old one, and how far the first day moved."""
    before, made = {s.pk: s for s in old.sittings.all()}, list(new.sittings.order_by("number"))
    held = {one.sitting: row for one, row in zip(wanted, made, strict=True) if one.sitting in before}
    days = [timezone.localtime(rows[0].starts_at).date() for rows in (list(before.values()), made) if rows]
    shift = days[1] - days[0] if len(days) > 1 else timedelta()
    return {key: row for key, row in held.items() if key is not None}, shift


def copied_bridge_points(change: Transition, old: Meeting, new: Meeting) -> dict[int, BridgePoint]:
    """Copy the bridge points level by level, so that each finds its parent; numbers stay."""
    made: dict[int, BridgePoint] = {}
    waiting = list(old.bridge_points.order_by("number"))
    while waiting:
        level = [b for b in waiting if b.parent_id is None or b.parent_id in made]
        copies = [copied(b, new, parent=made[b.parent_id] if b.parent_id else None) for b in level]
        made |= zip((b.pk for b in level), BridgePoint.objects.bulk_create(copies), strict=True)
        waiting = [b for b in waiting if b.pk not in made]
    rows = [bridge_point_row(b) for b in sorted(made.values(), key=lambda b: b.number)]
    for chunk in chunks(rows):
        change.record(facts.BridgePointsAdded(bridge_points=chunk))
    return made


def copied_groups(change: Transition, old: Meeting, new: Meeting) -> dict[int, ParticipantGroup]:
    """Copy the groups of participants."""
    rows = list(old.groups.order_by("number"))
    made = ParticipantGroup.objects.bulk_create(copied(g, new) for g in rows)
    for group in made:
        change.record(facts.GroupAdded(group=group.pk, number=group.number, name=group.name))
    return dict(zip((g.pk for g in rows), made, strict=True))


def copied(row: Row, meeting: Meeting, **changes: object) -> Row:
    """Return a new row of another meeting like this one, with some values changed."""
    return twin(row, meeting=meeting, **changes)


def twin(row: Row, **changes: object) -> Row:
    """Return a new row like this one, with some values changed; it is not saved."""
    new = copy(row)
    new._state = copy(row._state)
    new._state.adding, new._state.fields_cache = True, {}
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def chunks(rows: Sequence[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    """Yield rows in parts that one fact may hold."""
    for first in range(0, len(rows), ROWS_OF_A_FACT):
        yield list(rows[first : first + ROWS_OF_A_FACT])
