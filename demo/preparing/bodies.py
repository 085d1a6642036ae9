"""The body of the demonstration whose quorum is watched: the offices of the provinces, of whom two in three must be there."""

from __future__ import annotations

from attendance.bodies.actions import add_body
from attendance.bodies.quorum import AT_LEAST, Rule
from meetings.models import COUNTED_ROLES, Meeting
from meetings.procedure import Actor

NAME, GROUP = "Đại biểu các địa phương", "Khối địa phương"


def load(meeting: Meeting, by: Actor) -> None:
    """Add the body of all delegates of the provinces."""
    members = meeting.participants.filter(group__name=GROUP, role__in=COUNTED_ROLES).order_by("bridge_point__number", "pk")
    add_body(meeting, by=by, name=NAME, rule=Rule(AT_LEAST, 2, 3), members=list(members))
