"""What one can do with bodies, and what is noted of their quorum."""

from attendance.bodies.actions.crossings import lose_quorum, reach_quorum
from attendance.bodies.actions.keeping import (
    BODY_LIMIT,
    add_body,
    add_body_members,
    edit_body,
    remove_body,
    remove_body_members,
    write_body,
)

__all__ = [
    "BODY_LIMIT",
    "add_body",
    "add_body_members",
    "edit_body",
    "lose_quorum",
    "reach_quorum",
    "remove_body",
    "remove_body_members",
    "write_body",
]
