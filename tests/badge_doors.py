"""Behind the doors of badges: the rows of their table of rights, what addresses are made from, and good bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from attendance.badges import keys
from attendance.badges.actions import issue_badges
from tests.cast import Room
from tests.make import the_secretariat

Body = dict[str, Any]

BADGE_PAGES = """
attendance:badges                  in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:badges_chosen           in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:badge                   in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:print_badges            in     405    405    405    405    405    405    405    405    405    405    405    405
attendance:badge_keys              in     403    403    403    403    403    403    403    403    403    403    200    403
"""

BADGE_COMMANDS = """
badges.issue             in     403    403    403    403    403    403    200    404    404    200    200    403
badges.reissue           in     403    403    403    403    403    403    200    404    404    200    200    403
badges.revoke            in     403    403    403    403    403    403    200    404    404    200    200    403
"""

BADGE_KEY_COMMANDS = """
badge_key.rotate     in     403    403    403    403    403    403    403    403    403    403    200    403
badge_key.retire     in     403    403    403    403    403    403    403    403    403    403    200    403
"""


def behind_badges(route: str, room: Room) -> dict[str, int]:
    """Return whose badge is meant, where a route speaks of one; it is issued when it is not there."""
    return {"pk": _held(room)} if route == "attendance:badge" else {}


def _held(room: Room) -> int:
    person = room.people["delegate"]
    if not person.credentials.filter(revoked_at=None).exists():
        issue_badges(room.meeting, by=the_secretariat(), participants=[person])
    return person.pk


BADGES: dict[str, Callable[[Room, str], Body]] = {
    "badges.issue": lambda room, role: {"participants": [room.people["delegate"]]},
    "badges.reissue": lambda room, role: {"participants": [_held(room)]},
    "badges.revoke": lambda room, role: {"participants": [_held(room)]},
}

KEYS: dict[str, Callable[[], Body]] = {
    "badge_key.rotate": dict,
    "badge_key.retire": lambda: {"key": (keys.newest() or keys.make(timezone.now())).pk},
}
