"""The demonstration's programme is released twice: first with one speech less, then as it stands."""

from __future__ import annotations

from agenda.actions import release_programme, retime_items
from agenda.models import AgendaItem
from meetings.models import Meeting
from meetings.procedure import Actor

LESS = 8  # minutes of one speech


def load(meeting: Meeting, by: Actor) -> None:
    """Release the programme, give the speeches their last minutes, and release it again."""
    items = list(meeting.items.filter(kind=AgendaItem.Kind.SPEECHES)[:1])
    if items:
        minutes = items[0].minutes
        retime_items(meeting, by=by, items=items, minutes=minutes - LESS)
        release_programme(meeting, by=by, note="Bản gửi các điểm cầu")
        retime_items(meeting, by=by, items=items, minutes=minutes)
    release_programme(meeting, by=by, note="Thêm một tham luận")
