"""The course as a file of rows: planned against actual, item by item."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.models import AgendaItem
from agenda.running.queries import Course, Line
from sheets.cells import Value
from sheets.writing import write_csv, write_xlsx


def table_of(course: Course, ending: str) -> bytes:
    """Return the course as XLSX or CSV."""
    columns = [
        _("No."), _("Item"), _("State"), _("Planned from"), _("Planned until"), _("Began"), _("Ended"),
        _("Later than planned (min)"), _("Planned (min)"), _("Took (min)"), _("Speeches"), _("Speeches (min)"), _("Remark"),
    ]  # fmt: skip
    words = {value: str(word) for value, word in AgendaItem.State.choices}
    rows = [_row(line, words) for line in course.lines]
    if ending == "csv":
        return write_csv(columns, rows)
    return write_xlsx(_("Course"), columns, rows)


def _row(line: Line, words: dict[str, str]) -> list[Value]:
    item = line.item
    return [
        item.number, item.title, words[item.state], _hour(line.planned_from), _hour(line.planned_until), _hour(item.opened_at),
        _hour(item.closed_at), line.late if item.opened_at else None, item.minutes, line.ran, line.speeches, line.spoken,
        _remark(item),
    ]  # fmt: skip


def _remark(item: AgendaItem) -> str:
    parts = [item.reason]
    if item.merged_into is not None:
        parts.append(_("together with item %(number)s") % {"number": item.merged_into.label})
    if item.ahead:
        parts.append(_("brought forward"))
    if item.in_camera:
        parts.append(_("closed item"))
    return "; ".join(part for part in parts if part)


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
