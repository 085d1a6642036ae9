"""What the minutes say when the course changes: items skipped, merged, brought forward or closed, the chair handed over. Pure."""

from __future__ import annotations

from minutes.writing import Entry, Frame, Writer, addressed, line, moment


def item_skipped(entry: Entry, frame: Frame) -> str:
    """An item that was not held, and why."""
    p = entry.payload
    return f"“{line(p['title'])}” (lý do: {line(p['why'])}, quyết định lúc {moment(entry.at, frame.day)})"


def item_merged(entry: Entry, frame: Frame) -> str:
    """An item dealt with together with the open one."""
    p = entry.payload
    who = f" ({line(p['presenter'])})" if p["presenter"] else ""
    return f"Từ {moment(entry.at, frame.day)}, tiến hành chung nội dung “{line(p['title'])}”{who}"


def item_advanced(entry: Entry, frame: Frame) -> str:
    """An item brought forward."""
    p = entry.payload
    before = f" trước nội dung “{line(p['before_title'])}”" if p["before_title"] else ""
    return f"Vào hồi {moment(entry.at, frame.day)}, chủ trì quyết định đưa nội dung “{line(p['title'])}” lên tiến hành{before}"


def item_restricted(entry: Entry, frame: Frame) -> str:
    """An item that goes on behind closed doors."""
    p = entry.payload
    named = [line(one["name"]) for one in [*p["sites"], *p["people"]]]
    others = f"; cùng dự: {', '.join(named)}" if named else ""
    return f"Từ {moment(entry.at, frame.day)} họp kín (lý do: {line(p['why'])}{others})"


def item_unrestricted(entry: Entry, frame: Frame) -> str:
    """An item that goes on before everybody again."""
    return f"Từ {moment(entry.at, frame.day)} thôi họp kín"


def chair_handed_over(entry: Entry, frame: Frame) -> str:
    """From when on who presides."""
    return _handed_over(entry, frame, "chủ trì Hội nghị")


def secretary_handed_over(entry: Entry, frame: Frame) -> str:
    """From when on who keeps the minutes."""
    return _handed_over(entry, frame, "làm thư ký, ghi biên bản")


def _handed_over(entry: Entry, frame: Frame, what: str) -> str:
    p = entry.payload
    who = addressed(p["name"], is_state=frame.is_state) + (f", {line(p['office'])}," if p["office"] else "")
    before = f" thay {addressed(p['old_name'], is_state=frame.is_state)}" if p["old_name"] else ""
    return f"Từ {moment(entry.at, frame.day)}, {who} {what}{before}"


WRITERS: dict[str, Writer] = {
    "item.skipped": item_skipped,
    "item.merged": item_merged,
    "item.advanced": item_advanced,
    "item.restricted": item_restricted,
    "item.unrestricted": item_unrestricted,
    "chair.handed_over": chair_handed_over,
    "secretary.handed_over": secretary_handed_over,
}
