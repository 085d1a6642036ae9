"""The displays of a meeting that is cloned: names and places, with new addresses."""

from __future__ import annotations

from control import facts
from control.models import Display
from meetings.hooks import Maps
from meetings.models import Meeting

PART = "displays"


def copy_displays(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Open the displays that are not revoked anew; one whose bridge point is not taken over stays behind."""
    if PART not in maps.wanted:
        return
    for row in old.displays.filter(revoked_at=None).order_by("pk"):
        site = maps.bridge_points.get(row.bridge_point_id or 0)
        if row.bridge_point_id is not None and site is None:
            continue
        display = Display.objects.create(meeting=new, name=row.name, bridge_point=site)
        maps.change.record(facts.DisplayOpened(display=display.pk, name=row.name, bridge_point=site.name if site else ""))
