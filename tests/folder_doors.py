"""The doors of emergency folders: who gets what, what their addresses are made from, and good bodies of their commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.importing.models import ImportRun
from packets.folder.checking import check
from packets.folder.entering import keep_typed
from tests.cast import Room
from tests.make import START, the_secretariat

Body = dict[str, Any]

FOLDER_PAGES = """
packets:folders                    in     403    403    403    200    200    403    200    404    404    200    200    403
packets:folder_file(own)           in     403    403    403    200    200    403    200    404    404    200    200    403
packets:folder_file(another)       in     403    403    403    403    403    403    200    404    404    200    200    403
packets:folder_entry(own)          in     403    403    403    200    200    403    200    404    404    200    200    403
packets:folder_entry(another)      in     403    403    403    403    403    403    200    404    404    200    200    403
packets:folder_check               in     403    403    403    403    200    403    200    404    404    200    200    403
"""

FOLDER_COMMANDS = """
folder.make              in     403    403    403    200    200    403    200    404    404    200    200    403
folder.enter             in     403    403    403    403    200    403    200    404    404    200    200    403
"""

FOLDER_POSTED = {
    "packets:folder_entry": "a roll typed or uploaded, kept until it is entered: tests/packets/folder/test_entering.py"
}


def the_roll(room: Room, arrived: str = "08:05") -> ImportRun:
    """Return what the secretariat has typed for Lào Cai and not entered: one person came."""
    line = {"arrived": arrived, "departed": "", "absent": False}
    return keep_typed(
        room.meeting, room.lao_cai, by=the_secretariat().user, day=START.date(), lines={room.people["delegate"].pk: line}
    )  # fmt: skip


FOLDER_ADDRESSES: dict[str, Callable[[Room], Body]] = {
    "packets:folders": lambda room: {},
    "packets:folder_file": lambda room: {"form": "xlsx"},
    "packets:folder_entry": lambda room: {},
    "packets:folder_check": lambda room: {"run": the_roll(room).pk},
}


def _typed(room: Room, role: str) -> Body:
    run = the_roll(room)
    room.lao_cai.meeting = room.meeting
    return {"run": run.pk, "seen": check(run, room.lao_cai).digest}


FOLDERS: dict[str, Callable[[Room, str], Body]] = {
    "folder.make": lambda room, role: {"bridge_points": [room.lao_cai], "form": "xlsx"},
    "folder.enter": _typed,
}
