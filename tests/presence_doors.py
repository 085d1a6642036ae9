"""Rows of the table of rights for marking presence, walk-ins and the report; good bodies of their commands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from attendance.ledger.actions import seal_scans
from attendance.models import PresenceConflict, Scan
from attendance.walk_ins.actions import Came, add_walk_in
from meetings import clock
from meetings.models import Participant
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import mark_present, the_secretariat
from tests.scans import make_scanner

Sent = dict[str, Any]

# The operator is Lào Cai's: of who belongs to another bridge point there is nothing for them.
PRESENCE_PAGES = """
attendance:presence                in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:walk_in                 in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:conflicts               in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:person                  in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:person(another)         in     403    403    403    403    404    403    200    404    404    200    200    403
attendance:report                  in     403    403    403    403    200    200    200    404    404    200    200    403
attendance:report_file             in     403    403    403    403    200    200    200    404    404    200    200    403
"""

PRESENCE_COMMANDS = """
conflict.settle          in     403    403    403    403    200    403    200    404    404    200    200    403
walk_in.add              in     403    403    403    403    200    403    200    404    404    200    200    403
walk_in.remove           in     403    403    403    403    403    403    200    404    404    200    200    403
"""


def make_conflict(room: Room) -> PresenceConflict:
    """Return a contradiction: somebody marked present at Lào Cai is read at a door of Hà Tĩnh."""
    one, scanner = room.people["delegate"], make_scanner(room.sites[2])
    mark_present(one)
    Scan.objects.create(
        meeting=room.meeting, scanner=scanner, bridge_point=scanner.door.bridge_point, key=uuid.UUID(int=10**12 + one.meeting_id),
        turn=1, direction="in", way="camera", participant=one, verdict="moved", reason="other_place",
        at=clock.now(room.meeting), received_at=timezone.now(),
    )  # fmt: skip
    seal_scans(room.meeting, by=the_system())
    return PresenceConflict.objects.get(meeting=room.meeting)


def make_walk_in(room: Room, name: str = "Lò Văn Đột") -> Participant:
    """Return somebody who came to Lào Cai without registration."""
    return add_walk_in(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, came=Came(name=name))


PRESENCE: dict[str, Callable[[Room, str], Sent]] = {
    "conflict.settle": lambda room, role: {"conflict": make_conflict(room)},
    "walk_in.add": lambda room, role: {"bridge_point": room.lao_cai, "name": "Lò Văn Đột"},
    "walk_in.remove": lambda room, role: {"participant": make_walk_in(room)},
}


def behind_presence(route: str, room: Room, *, another: bool) -> dict[str, Any]:
    """Return the person a route speaks of: of the operator's bridge point, or of another one; and a form of the report."""
    if route == "attendance:report_file":
        return {"form": "xlsx"}
    return {"pk": room.people["ha_tinh" if another else "delegate"].pk} if route == "attendance:person" else {}
