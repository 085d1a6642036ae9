"""The addresses of the video conference of a meeting that is cloned, where they are ticked: the same rooms serve again."""

from __future__ import annotations

from control.video import facts
from control.video.telling import told_of
from meetings.hooks import Maps
from meetings.models import Meeting
from meetings.series.copying import copied

PART = "video"


def copy_addresses(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Copy those for all, and those of the bridge points that are taken over."""
    if PART not in maps.wanted:
        return
    rows = old.video_addresses.order_by("number")
    taken = [row for row in rows if row.bridge_point_id is None or row.bridge_point_id in maps.bridge_points]
    for number, row in enumerate(taken, start=1):
        site = maps.bridge_points.get(row.bridge_point_id or 0)
        made = copied(row, new, bridge_point=site, number=number, version=1)
        made.save()
        maps.change.record(facts.VideoAddressAdded(**told_of(made)))
