"""The programme of a meeting that is cloned: the tree with its sittings and offices; people only where they come along."""

from __future__ import annotations

from agenda import facts
from agenda.models import AgendaItem
from agenda.ordering import fact_of
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
            begins_at=row.begins_at, note=row.note,
        )  # fmt: skip
        item.people.set([maps.participants[one.pk] for one in row.people.all() if one.pk in maps.participants])
        made[row.pk] = item
    if made:
        maps.change.record(facts.ItemsAdded(items=[fact_of(item) for item in made.values()]))
