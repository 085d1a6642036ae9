"""The programme of a meeting that is cloned: the tree with its sittings and offices; people only where they come along."""

from __future__ import annotations

from agenda import facts
from agenda.models import AgendaItem
from agenda.ordering import row_of
from meetings.hooks import Maps
from meetings.models import Meeting


def copy_programme(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Copy every item as it was planned; nothing of what happened to it. Recorded as one fact of the new meeting."""
    if "programme" not in maps.wanted:
        return
    made: dict[int, AgendaItem] = {}
    for row in old.items.order_by("position").prefetch_related("people"):
        sitting = maps.sittings.get(row.sitting_id or 0)
        item = AgendaItem.objects.create(
            meeting=new, parent=made.get(row.parent_id or 0), sitting=sitting, position=row.position, number=row.number,
            kind=row.kind, title=row.title, presenter=row.presenter, minutes=row.minutes, speech_minutes=row.speech_minutes,
            begins_at=row.begins_at, note=row.note, in_camera=row.in_camera, in_camera_reason=row.in_camera_reason,
            has_secret_title=row.has_secret_title,
        )  # fmt: skip
        item.people.set([maps.participants[one.pk] for one in row.people.all() if one.pk in maps.participants])
        if row.in_camera:
            _close_too(row, item, maps)
        made[row.pk] = item
    if made:
        maps.change.record(facts.ItemsAdded(items=[row_of(item) for item in made.values()]))


def _close_too(row: AgendaItem, item: AgendaItem, maps: Maps) -> None:
    """A closed item stays one; who is in comes along where they do."""
    item.admitted.set([maps.bridge_points[one.pk] for one in row.admitted.all() if one.pk in maps.bridge_points])
    item.admitted_people.set([maps.participants[one.pk] for one in row.admitted_people.all() if one.pk in maps.participants])
    item.meeting.has_closed_items = True
    item.meeting.save(update_fields=["has_closed_items"])
