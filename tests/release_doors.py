"""Good bodies of the commands on releases of papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from packets.models import Document
from tests.cast import Room
from tests.papers import make_document, make_release, make_version

Body = dict[str, Any]


def seen(*documents: Document) -> str:
    """Return what the page of a release says of papers as they stand."""
    told = []
    for document in documents:
        document.refresh_from_db()
        newest = document.versions.filter(state__in=["approved", "released"]).order_by("number").last()
        told.append(f"{document.pk}:{document.edition}:{newest.number if newest else 0}")
    return " ".join(told)


def _approved(room: Room, role: str) -> Body:
    document = make_document(room.meeting, item=room.items[1])
    make_version(document, pages=1)
    return {"documents": [document], "editions": seen(document), "everyone": "on"}


def _released(room: Room, role: str) -> Body:
    document = make_document(room.meeting)
    make_version(document, pages=1, state="released")
    make_release(document)
    return {"documents": [document]}


def _stamped(room: Room, role: str) -> Body:
    document = make_document(room.meeting)
    make_version(document, pages=1, stamps=[["MẬT", 1]])
    return {"document": document, "version": 1}


RELEASING: dict[str, Callable[[Room, str], Body]] = {
    "document.release": _approved,
    "document.recall": _released,
    "version.judge": _stamped,
}
