"""Ways into the video conference and rehearsals: as tests make them, their rows of the table of rights, good bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from control.video.actions import add_video_address
from control.video.models import VideoAddress
from meetings.models import Meeting
from meetings.rehearsal.actions import rehearse_meeting
from tests.cast import Room
from tests.make import the_secretariat

Sent = dict[str, Any]

VIDEO_PAGES = """
control:video                      in     403    403    403    403    403    403    200    404    404    200    200    403
control:my_video                   in     200    200    200    200    200    200    200    404    404    200    200    200
control:site_video(own)            in     403    403    403    200    200    403    200    404    404    200    200    403
control:site_video(another)        in     403    403    403    403    403    403    200    404    404    200    200    403
control:joining(own)               in     403    403    403    200    200    403    200    404    404    200    200    403
control:joining(another)           in     403    403    403    403    403    403    200    404    404    200    200    403
"""

VIDEO_COMMANDS = """
meeting.rehearse         in     403    403    403    403    403    403    200    404    404    200    200    403
rehearsal.end            in     403    403    403    403    403    403    200    404    404    200    200    403
video_address.add        in     403    403    403    403    403    403    200    404    404    200    200    403
video_address.edit       in     403    403    403    403    403    403    200    404    404    200    200    403
video_address.remove     in     403    403    403    403    403    403    200    404    404    200    200    403
"""


def make_way(meeting: Meeting, address: str = "https://hop.example.vn/1", *, use: str = "main", **kw: Any) -> VideoAddress:
    """Return a way into the video conference, for all unless a bridge point is named."""
    return add_video_address(meeting, by=the_secretariat(), address=address, use=use, **kw)


def _way(room: Room, role: str) -> Sent:
    return {"video_address": make_way(room.meeting), "version": "1"}


def _changed(room: Room, role: str) -> Sent:
    return _way(room, role) | {"address": "sip:2@hop.example.vn", "use": "backup"}


def _under_way(room: Room, role: str) -> Sent:
    return {"rehearsal": rehearse_meeting(room.meeting, by=the_secretariat()).pk}


JOINING: dict[str, Callable[[Room, str], Sent]] = {
    "video_address.add": lambda room, role: {"address": "https://hop.example.vn/2", "use": "main"},
    "video_address.edit": _changed,
    "video_address.remove": _way,
    "meeting.rehearse": lambda room, role: {},
    "rehearsal.end": _under_way,
}
