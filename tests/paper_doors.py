"""Behind the doors of papers: what addresses are made from, and good bodies of the commands on reading and paper copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.queries import actor_for
from packets.handouts.actions import issue_copy
from packets.models import Document, Opening
from packets.tracing.openings import open_copy
from tests.cast import Room
from tests.desk_doors import DESK_ADDRESSES
from tests.folder_doors import FOLDER_ADDRESSES, FOLDERS
from tests.make import the_secretariat
from tests.papers import make_document, make_packet, make_paper

Body = dict[str, Any]


def the_paper(room: Room) -> Document:
    """Return the first paper of a meeting that is read on screen, made and released to everybody when there is none."""
    return room.meeting.documents.filter(secrecy="normal").first() or make_paper(room.meeting)


def the_placeholder(room: Room) -> Document:
    """Return the placeholder of a secret paper, made when there is none."""
    found = room.meeting.documents.filter(secrecy="secret").first()
    return found or make_document(room.meeting, "Tài liệu phát bản giấy", secrecy="secret")


def opened_by_the_delegate(room: Room) -> Opening:
    """Return the record of a copy that the delegate has opened: it is no other account's."""
    actor = actor_for(room.people["delegate"].person.user, room.meeting)
    return open_copy(room.meeting, actor, version=the_paper(room).versions.order_by("number").last())


def the_packet(room: Room) -> Body:
    """Let the packet be there that everybody may read who takes part; its address says nothing of it."""
    make_packet(the_paper(room))
    return {}


# What the address of a route speaks of, where it is not simply a paper everybody may read.
BEHIND: dict[str, Callable[[Room], Body]] = {
    "packets:issue_copy": lambda room: {"number": the_placeholder(room).number},
    "packets:file": lambda room: {"number": the_paper(room).number, "code": opened_by_the_delegate(room).code},
    "packets:packet_reader": the_packet,
    "packets:find_in_packet": the_packet,
    "packets:download_packet": the_packet,
    "packets:packet_file": lambda room: {"code": "0" * 12},
    "packets:progress": lambda room: {"code": "0" * 12},
    "packets:choices": lambda room: {"what": "people"},
    "packets:original": lambda room: {"number": the_paper(room).number, "version": 1},
    **DESK_ADDRESSES,
    **FOLDER_ADDRESSES,
}


def behind_packets(route: str, room: Room) -> Body:
    """Return what the address of a route of papers is made from."""
    if not route.startswith("packets:"):
        return {}
    return BEHIND[route](room) if route in BEHIND else {"number": the_paper(room).number}


def _issued(room: Room, role: str) -> Body:
    people = [room.people["ca_mau"]]
    return {"copies": issue_copy(room.meeting, by=the_secretariat(), document=the_placeholder(room), participants=people)}


def _unread(room: Room, role: str) -> Body:
    the_paper(room)
    person = room.people["delegate"].person
    person.email = "dai.bieu@example.vn"
    person.save(update_fields=["email"])
    return {"participants": [room.people["delegate"]]}


HANDING_OUT: dict[str, Callable[[Room, str], Body]] = {
    **FOLDERS,
    "papers.remind": _unread,
    "copy.issue": lambda room, role: {"document": the_placeholder(room), "participants": [room.people["ca_mau"]]},
    "copy.collect": _issued,
    "copy.lose": lambda room, role: _issued(room, role) | {"why": "Để quên trên xe"},
    "copy.trace": lambda room, role: {"letters": "7KQ2-M9XW"},
}
