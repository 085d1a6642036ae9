"""Behind the doors of the desk of papers: what addresses are made from, and good bodies of its commands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from packets.models import Document, Upload, Version
from packets.uploading import store
from tests.cast import Room
from tests.papers import make_document, make_version

Body = dict[str, Any]


def the_upload(room: Room) -> Upload:
    """Return half a file of the secretary's: it is no other account's."""
    account = room.people["secretary"].person.user
    found = Upload.objects.filter(meeting=room.meeting, account=account).first()
    if found is None:
        found = Upload.objects.create(key=uuid.uuid4(), meeting=room.meeting, account=account, name="a.pdf", size=10)
        store.begin(found.key)
    return found


def _paper(room: Room) -> Document:
    return room.meeting.documents.filter(secrecy="normal").first() or make_document(room.meeting)


def _version(room: Room, state: str) -> Version:
    return make_version(make_document(room.meeting, f"Báo cáo {room.meeting.documents.count() + 1}"), pages=1, state=state)


DESK_ADDRESSES: dict[str, Callable[[Room], Body]] = {
    "packets:new_paper": lambda room: {},
    "packets:uploads": lambda room: {},
    "packets:upload": lambda room: {"key": the_upload(room).key},
    "packets:speech_paper": lambda room: {},
    "packets:speech_uploads": lambda room: {},
}

AT_THE_DESK: dict[str, Callable[[Room, str], Body]] = {
    "document.add": lambda room, role: {"title": "Báo cáo mới", "item": room.items[1]},
    "document.edit": lambda room, role: {"document": _paper(room), "edition": "1", "title": "Báo cáo sửa"},
    "document.move": lambda room, role: {"document": _paper(room), "item": room.items[2]},
    "document.remove": lambda room, role: {"document": _paper(room), "edition": "1"},
    "version.check": lambda room, role: {"versions": [_version(room, "draft"), _version(room, "draft")]},
    "version.approve": lambda room, role: {"versions": [_version(room, "checked")]},
    "version.return": lambda room, role: {"versions": [_version(room, "approved")], "why": "Thiếu phụ lục."},
}
