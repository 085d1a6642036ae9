"""What one can do to a meeting: its course (create … adjourn) and its roster (bridge points, participants)."""

from meetings.actions.course import (
    adjourn_meeting,
    create_meeting,
    edit_meeting,
    open_meeting,
    resume_meeting,
    set_clock,
    suspend_meeting,
)
from meetings.actions.roster import (
    NewBridgePoint,
    NewParticipant,
    add_bridge_points,
    add_participants,
    edit_bridge_point,
    edit_participant,
    missing_provinces,
    remove_bridge_point,
    remove_participant,
)

__all__ = [
    "NewBridgePoint",
    "NewParticipant",
    "add_bridge_points",
    "add_participants",
    "adjourn_meeting",
    "create_meeting",
    "edit_bridge_point",
    "edit_meeting",
    "edit_participant",
    "missing_provinces",
    "open_meeting",
    "remove_bridge_point",
    "remove_participant",
    "resume_meeting",
    "set_clock",
    "suspend_meeting",
]
