"""The doors of a meeting in its rehearsal: the same places, without any device; badges are given anew."""

from __future__ import annotations

from attendance.scanning import facts
from attendance.scanning.models import Door
from meetings.hooks import Maps
from meetings.models import Meeting
from meetings.series.parts import REHEARSAL


def copy_doors(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Open the doors that are open anew; whoever scans at them opens a device there."""
    if REHEARSAL not in maps.wanted:
        return
    for row in old.doors.filter(closed_at=None).order_by("pk"):
        site = maps.bridge_points[row.bridge_point_id]
        door = Door.objects.create(meeting=new, bridge_point=site, name=row.name)
        maps.change.record(
            facts.DoorOpened(door=door.pk, name=door.name, bridge_point=site.pk, bridge_point_name=site.short_name)
        )
