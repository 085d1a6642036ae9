"""The data of the programme of the conference: the newest release; what stands now as long as none was released."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from agenda.models import ProgrammeRelease
from agenda.queries import draft_snapshot
from agenda.showing import shown_snapshot
from agenda.snapshots import Snapshot, digest
from meetings.models import Meeting
from minutes.papers.data.frame import Said
from minutes.papers.data.parts import Written


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what the programme of a meeting says as it was released."""
    release = ProgrammeRelease.objects.filter(meeting=meeting).first()
    found = release.snapshot if release else draft_snapshot(meeting)
    return said_of(found, words, release.number if release else 0)


def said_of(found: Snapshot, words: Mapping[str, Any], release: int) -> Said:
    """Return what a programme says, from a snapshot; `release` 0: it was not released."""
    written = Written(words)
    with translation.override("vi"):
        shown = shown_snapshot(found)
    parts = [
        {
            "heading": part.heading,
            "rows": [
                {
                    "number": one.number, "time": one.time, "title": one.title, "presenter": one.presenter, "note": one.note,
                    "is_heading": one.is_heading, "depth": one.depth,
                }
                for one in part.lines
            ],
        }
        for part in shown
    ]  # fmt: skip
    return Said(
        text={
            "where": _where(found),
            "opening": written.doc("opening"),
            "parts": parts,
            "closing": written.doc("closing"),
            "release": release,
        },
        fields=written.used,
        sources={"programme": f"{release} {digest(found)[:16]}" if not release else str(release)},
    )


def _where(found: Snapshot) -> str:
    days = [datetime.fromisoformat(one["starts_at"]).date() for one in found["sittings"] if one["starts_at"]]
    if not days:
        return str(found["place"])
    first, last = min(days), max(days)
    when = f"ngày {first:%d/%m/%Y}" if first == last else f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    return f"Tại {found['place']}, {when}"
