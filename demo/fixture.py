"""The conference as data: what data/vptw-2025.json says, read into plain values. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "vptw-2025.json"
SLUG = "vptw-2025"


@dataclass(frozen=True)
class Item:
    """One item of the programme; minutes are planning values."""

    kind: str
    minutes: int
    title: str
    presenter: str
    speech_minutes: int | None = None


@dataclass(frozen=True)
class Conference:
    """The whole conference. `clock`: where the demonstration's clock starts; `sitting`: planned start and end."""

    slug: str
    title: str
    series: str
    organiser: dict[str, str]
    departments: list[str]
    mode: str
    place: str
    clock: datetime
    sitting: tuple[datetime, datetime]
    central: dict[str, str]
    displays: list[dict[str, str]]
    programme: list[Item]


@cache
def conference() -> Conference:
    """Return the conference of the fixture."""
    raw: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    start, end = map(datetime.fromisoformat, raw.pop("sitting"))
    raw.pop("note")
    return Conference(
        **raw
        | {
            "clock": datetime.fromisoformat(raw["clock"]),
            "sitting": (start, end),
            "programme": [Item(**item) for item in raw["programme"]],
        }
    )
