"""Dates and times as offices write them: "26/11/2025 8:30", "26-11-2025 8h30", "8 giờ 30". Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_TIME = r"(\d{1,2})\s*(?:[:.h]|giờ|g)\s*(\d{1,2})?(?:\s*(?:phút|ph|p))?"
_DATE = r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})"
ONLY_TIME = re.compile(_TIME, re.IGNORECASE)
ONLY_DATE = re.compile(_DATE)
DATE_TIME = re.compile(rf"{_DATE}(?:\s*,|\s+lúc)?\s+{_TIME}", re.IGNORECASE)
TIME_DATE = re.compile(rf"{_TIME}(?:\s*,|\s+ngày)?\s+{_DATE}", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """Return a time of day, such as 8:30, 8h30, 8h or 8 giờ 30; nothing when the text is none."""
    found = ONLY_TIME.fullmatch(text.strip())
    return _time(*found.groups()) if found else None


def read_date(text: str) -> date | None:
    """Return a day, such as 26/11/2025, 26-11-2025 or 2025-11-26; nothing when the text is none."""
    found = ONLY_DATE.fullmatch(text.strip())
    if found:
        return _date(*found.groups())
    try:
        return date.fromisoformat(text.strip()) if "-" in text else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Return a moment without a zone, day and time in either order; nothing when the text is none."""
    text = text.strip()
    if found := DATE_TIME.fullmatch(text):
        d, m, y, hours, minutes = found.groups()
    elif found := TIME_DATE.fullmatch(text):
        hours, minutes, d, m, y = found.groups()
    else:
        return None
    day, at = _date(d, m, y), _time(hours, minutes)
    return datetime.combine(day, at) if day is not None and at is not None else None


def _time(hours: str, minutes: str | None) -> time | None:
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
