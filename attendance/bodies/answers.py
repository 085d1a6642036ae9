"""What bodies answer when a lower floor asks: what of them goes along when a meeting is cloned?"""

from __future__ import annotations

from attendance.bodies.actions import write_body
from attendance.bodies.queries import rule_of
from meetings.hooks import Maps
from meetings.models import Meeting

PART = "bodies"


def copy_bodies(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Copy the bodies with their rules, and of their members those that were taken over."""
    if PART not in maps.wanted:
        return
    for body in old.bodies.prefetch_related("members"):
        members = [maps.participants[one.pk] for one in body.members.all() if one.pk in maps.participants]
        write_body(maps.change, name=body.name, rule=rule_of(body), members=members)
