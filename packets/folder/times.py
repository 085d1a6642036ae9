"""Times of day as they stand on a sheet of paper and in the cells of a workbook. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from meetings.clockwork import read_time

_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?")
_POINT = re.compile(r"(\d{1,2})[.,](\d{2})")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_MINUTES_OF_A_DAY = 1440


def plain_time(value: Any) -> str:
    """Return what a cell says as text: a share of a day and a moment become a time of day."""
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if isinstance(value, float) and 0 < value < 1:
        minutes = min(round(value * _MINUTES_OF_A_DAY), _MINUTES_OF_A_DAY - 1)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def clock_time(text: str) -> time | None:
    """Return the time of day that is written: 08:05, 8h05, 8.05, 805, 0805, 8h; nothing when it is none."""
    text = text.strip()
    if found := _SECONDS.fullmatch(text):
        text = found[1]
    elif found := _POINT.fullmatch(text) or _DIGITS.fullmatch(text):
        text = f"{found[1]}:{found[2]}"
    elif text.endswith(":"):
        return None
    return read_time(text)


def on_day(day: date, at: time, like: datetime) -> datetime:
    """Return a time of day on a day, in the zone of a moment."""
    return datetime.combine(day, at, like.tzinfo)
