"""The whole programme as plain values: what a release keeps, and what the page, the paper and the file show. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from agenda.timetable import Part, Planned, Row, Span, timetable
from meetings.hashing import canonical

Snapshot = dict[str, Any]


def snapshot(items: Sequence[Planned], sittings: Sequence[Span], *, title: str, place: str) -> Snapshot:
    """Return a programme with its planned times as JSON can hold it."""
    table = timetable(items, sittings)
    return {
        "title": title,
        "place": place,
        "sittings": [_sitting(part) for part in table.parts],
        "items": [_item(row, number) for number, part in enumerate(table.parts) for row in part.rows],
    }


def _sitting(part: Part) -> dict[str, Any]:
    return {
        "id": part.sitting.pk if part.sitting else 0,
        "number": part.sitting.number if part.sitting else 1,
        "title": part.sitting.title if part.sitting else "",
        "starts_at": _iso(part.starts_at),
        "limit": _iso(part.limit),
    }


def _item(row: Row, part: int) -> dict[str, Any]:
    item = row.item
    return {
        "id": item.pk,
        "number": item.number,
        "depth": row.depth,
        "is_heading": row.is_heading,
        "part": part,
        "kind": item.kind,
        "title": item.title,
        "presenter": item.presenter,
        "note": item.note,
        "minutes": row.minutes,
        "starts_at": _iso(row.starts_at),
        "ends_at": _iso(row.ends_at),
    } | _closed(item)


def _closed(item: Planned) -> dict[str, bool]:
    """Return what a release keeps of a closed item; of an ordinary one nothing."""
    if not getattr(item, "in_camera", False):
        return {}
    return {"in_camera": True} | ({"secret": True} if getattr(item, "has_secret_title", False) else {})


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""


def digest(found: Snapshot) -> str:
    """Return the SHA-256 of a programme."""
    return hashlib.sha256(canonical(found).encode()).hexdigest()


def hour(moment: str) -> str:
    """Return the time of day of a moment as it stands in a snapshot: 08:30."""
    return moment[11:16]


def times(item: dict[str, Any]) -> str:
    """Return from when until when an item is planned: 08:30–08:45."""
    return f"{hour(item['starts_at'])}–{hour(item['ends_at'])}" if item["starts_at"] else ""
