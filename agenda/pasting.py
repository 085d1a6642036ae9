"""A list of lines, pasted from a letter or a table, read as items: "8:30 Khai mạc – Chánh Văn phòng (10 phút)". Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import time

DEFAULT_MINUTES = 10
LONGEST = 1440
_TIME = r"(\d{1,2})\s*(?:[:.hH]|giờ)\s*(\d{2})?(?:\s*phút)?"
_SPAN = re.compile(rf"^\s*(?:từ\s+|lúc\s+)?{_TIME}(?:\s*(?:-|–|—|đến|tới)\s*{_TIME})?\s*[:.,–—-]*\s+", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:[-–—•*+]\s+|(\d{1,2}(?:\.\d{1,2}){0,2})[.)/]\s+|(\d{1,2}(?:\.\d{1,2}){1,2})\s+)")
_MINUTES = re.compile(r"[\s,;–—-]*[(\[]?\s*(\d{1,4})\s*(?:phút|phut|ph|p|min|minutes|['’′])\s*[)\]]?\s*[.;,]?\s*$", re.IGNORECASE)
_HOURS = re.compile(
    r"[\s,;–—-]*[(\[]\s*(\d{1,2})\s*(?:giờ|tiếng|h)\s*(?:(\d{1,2})\s*(?:phút)?)?\s*[)\]]\s*[.;,]?\s*$", re.IGNORECASE
)
_DASH = re.compile(r"\s+[–—-]\s+|\t+|\s*\|\s*")
_BREAK = re.compile(r"^(nghỉ|giải lao|ăn trưa|tea\s*break|coffee|break|lunch)", re.IGNORECASE)
# How the title of an item begins, and what kind it then is.
_KINDS = (
    (re.compile(r"^(ổn định|chào cờ|văn nghệ|đón tiếp|tuyên bố lý do)", re.IGNORECASE), "ceremony"),
    (re.compile(r"^(phát biểu |diễn văn )?khai mạc|^opening", re.IGNORECASE), "opening"),
    (re.compile(r"^(trình bày )?báo cáo|^report", re.IGNORECASE), "report"),
    (re.compile(r"^tham luận|^phát biểu tham luận", re.IGNORECASE), "speeches"),
    (re.compile(r"^thảo luận|^discussion", re.IGNORECASE), "discussion"),
    (re.compile(r"^phát biểu chỉ đạo|^ý kiến chỉ đạo", re.IGNORECASE), "directive"),
    (re.compile(r"^trao |^khen thưởng", re.IGNORECASE), "awards"),
    (re.compile(r"^phát động", re.IGNORECASE), "launch"),
    (re.compile(r"^biểu quyết", re.IGNORECASE), "vote"),
    (re.compile(r"^(phát biểu )?(kết luận|bế mạc)|^closing", re.IGNORECASE), "conclusion"),
)


@dataclass(frozen=True)
class Line:
    """One line as an item. `depth`: how far it was indented or how long its number was; `problem`: why it cannot be taken."""

    title: str
    presenter: str = ""
    minutes: int = DEFAULT_MINUTES
    begins_at: time | None = None
    kind: str = "other"
    depth: int = 0
    problem: str = ""


def read_lines(text: str) -> list[Line]:
    """Return the items of a pasted text, one a line; empty lines are passed over. Times become lengths and fixed starts.

    A first time alone is the start; a span "8:30–8:45" gives the minutes; else the next line's time does.
    """
    found: list[tuple[Line, time | None, bool]] = []
    for raw in unicodedata.normalize("NFC", text).replace("\u00a0", " ").splitlines():
        if raw.strip():
            found.append(_read(raw))
    lines = [_with_minutes(one, found[at + 1][1] if at + 1 < len(found) else None) for at, one in enumerate(found)]
    return _only_fixed_where_needed(lines)


def _with_minutes(one: tuple[Line, time | None, bool], following: time | None) -> Line:
    """An item whose minutes are not said lasts until the next line's time."""
    line, begins, has_minutes = one
    if has_minutes or begins is None or following is None or following <= begins:
        return line
    return replace(line, minutes=_between(begins, following))


def _between(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _only_fixed_where_needed(lines: list[Line]) -> list[Line]:
    """A time that follows from the minutes before it is no fixed start; the first of the list is never one."""
    kept: list[Line] = []
    at: int | None = None
    for line in lines:
        own = line.begins_at.hour * 60 + line.begins_at.minute if line.begins_at else None
        follows = own is not None and at in (None, own)
        kept.append(replace(line, begins_at=None) if follows else line)
        at = own if own is not None else at
        at = at + line.minutes if at is not None else None
    return kept


def _read(raw: str) -> tuple[Line, time | None, bool]:
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    rest, depth = raw.strip(), min(2, indent // 2)
    number = _NUMBER.match(rest)
    if number and not _SPAN.match(rest):
        depth = max(depth, (number[1] or number[2] or "").count("."))
        rest = rest[number.end() :]
    begins, minutes = None, None
    span = _SPAN.match(rest + " ")
    if span:
        begins, end = _time(span[1], span[2]), _time(span[3], span[4])
        if begins is not None:
            rest = rest[span.end() :].strip() if span.end() <= len(rest) else ""
            if end is not None and end > begins:
                minutes = _between(begins, end)
    hours, said = _HOURS.search(rest), _MINUTES.search(rest)
    if hours:
        minutes, rest = int(hours[1]) * 60 + int(hours[2] or 0), rest[: hours.start()]
    elif said:
        minutes, rest = int(said[1]), rest[: said.start()]
    title, presenter = _parted(rest)
    kind = "break" if _BREAK.match(title) else next((kind for words, kind in _KINDS if words.match(title)), "other")
    line = Line(
        title=title, presenter=presenter, minutes=DEFAULT_MINUTES if minutes is None else minutes, begins_at=begins,
        kind=kind, depth=depth, problem=_problem(title, presenter, minutes),
    )  # fmt: skip
    return line, begins, minutes is not None


def _time(hour: str | None, minute: str | None) -> time | None:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


def _parted(text: str) -> tuple[str, str]:
    """Return title and presenter: what stands after the last dash between spaces, or in the last column."""
    parts = [part.strip(" .;,") for part in _DASH.split(text.strip(" –—-")) if part.strip(" .;,")]
    if len(parts) < 2:
        return (parts[0] if parts else ""), ""
    return " – ".join(parts[:-1]), parts[-1]


def _problem(title: str, presenter: str, minutes: int | None) -> str:
    if not title:
        return "no_title"
    if len(title) > 400 or len(presenter) > 200:
        return "too_long"
    if minutes is not None and not 1 <= minutes <= LONGEST:
        return "minutes"
    return ""
