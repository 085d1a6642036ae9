"""What is kept within another change: the plan as the meeting is opened, and the doors of items dealt with together."""

from __future__ import annotations

from collections.abc import Iterable

from agenda.models import AgendaItem
from agenda.timetable import timetable
from meetings.journal import Transition


def keep_plan(change: Transition) -> None:
    """Keep when each item was planned, as the meeting is opened: what is planned anew later changes nothing of it."""
    rows = list(change.meeting.items.order_by("position"))
    for row in timetable(rows, list(change.meeting.sittings.all())).rows:
        row.item.planned_at, row.item.planned_until = row.starts_at, row.ends_at
    AgendaItem.objects.bulk_update(rows, ["planned_at", "planned_until"], batch_size=100)


def share_closure(host: AgendaItem, rows: Iterable[AgendaItem]) -> None:
    """What is dealt with together with a closed item is as closed as that."""
    if not host.in_camera:
        return
    for row in rows:
        row.in_camera, row.in_camera_reason = True, host.in_camera_reason
        row.has_secret_title |= host.has_secret_title
        row.save(update_fields=["in_camera", "in_camera_reason", "has_secret_title"])
        row.admitted.set(host.admitted.all())
        row.admitted_people.set(host.admitted_people.all())


def named_in(row: AgendaItem) -> list[str]:
    """Return who is in at a closed item beside the hall, by name."""
    if not row.in_camera:
        return []
    sites = row.admitted.order_by("number").values_list("name", flat=True)
    return [*sites, *row.admitted_people.order_by("pk").values_list("name", flat=True)]
