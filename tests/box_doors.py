"""The box of a secret poll and opinion slips: their rows of the table of rights, what their addresses name, good bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cast import Room
from tests.polls import cast, close_poll, declare_poll
from tests.slips import address, slips
from voting.models import Poll

BOX_PAGES = """
voting:box                         in     403    200    200    403    200    200    200    404    404    200    200    403
voting:box_ballots                 in     403    200    200    403    200    200    200    404    404    200    200    403
voting:box_file                    in     403    200    200    403    200    200    200    404    404    200    200    403
voting:slips                       in     403    403    403    403    403    200    200    404    404    200    200    403
voting:slips_file                  in     403    403    403    403    403    200    200    404    404    200    200    403
"""

BOX_COMMANDS = """
slips.remind             in     403    403    403    403    403    200    200    404    404    200    200    403
"""


def behind_box(route: str, room: Room) -> dict[str, Any]:
    """Return the number of a secret poll that has been declared, or of slips that have been closed."""
    if route.startswith("voting:box"):
        return {"number": (room.meeting.polls.filter(state="declared", is_secret=True).first() or _declared(room)).number}
    if route.startswith("voting:slips"):
        return {"number": (room.meeting.polls.filter(state="closed").first() or close_poll(slips(room))).number, "ending": "xlsx"}
    return {}


def _declared(room: Room) -> Poll:
    poll = slips(room, is_secret=True)
    cast(poll, room.people["chair"], 1)
    return declare_poll(close_poll(poll))


def _out(room: Room, role: str) -> dict[str, Any]:
    address(room, "delegate")
    return {"poll": slips(room).pk}


ANSWERING: dict[str, Callable[[Room, str], dict[str, Any]]] = {"slips.remind": _out}
