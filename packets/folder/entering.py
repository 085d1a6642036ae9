"""The roll as it comes back from paper: typed on the page or uploaded as a workbook, kept as plain values until it is entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.importing.columns import Column, yes_or_no
from meetings.importing.models import ImportRun
from meetings.importing.rows import table_of, values_of
from meetings.importing.runs import KEPT
from meetings.models import BridgePoint, Meeting
from packets.folder.times import plain_time
from people.models import User
from sheets import Cell, Unreadable, read_grid

KIND = "folder"
LONGEST = 40
#: What is written on a line: row, day, participant (or nothing), code, name, office, arrived, departed, absent, site, remarks.
Row = dict[str, Any]


def _time(cell: Cell, column: Column) -> str:
    """Read a time as it is written; whether it is one is judged with the rest of the line."""
    return plain_time(cell.value)[:LONGEST]


COLUMNS = (
    Column("name", _("Full name"), ("Họ và tên", "Họ tên"), required=True, length=200),
    Column("code", _("Code of the badge"), ("Mã thẻ",), length=LONGEST),
    Column("office", _("Position, unit"), ("Chức vụ, đơn vị",), length=400),
    Column("arrived", _("Came at"), ("Giờ đến", "Đến"), read=_time),
    Column("departed", _("Left at"), ("Giờ về", "Về"), read=_time),
    Column("absent", _("Absent"), ("Vắng",), read=yes_or_no),
    Column("site", _("Bridge point"), ("Điểm cầu",), length=200),
)


def days_of(meeting: Meeting) -> list[date]:
    """Return the days a meeting is held on, by its sittings and by when it was opened; at least today."""
    found = {timezone.localtime(sitting.starts_at).date() for sitting in meeting.sittings.all()}
    found |= {timezone.localtime(moment).date() for moment in (meeting.opened_at, meeting.adjourned_at) if moment}
    return sorted(found) or [timezone.localtime(clock.now(meeting)).date()]


def usual_day(meeting: Meeting) -> date:
    """Return the day that is meant if nobody says which: the last one that has begun, else the first."""
    today, days = timezone.localtime(clock.now(meeting)).date(), days_of(meeting)
    return max((day for day in days if day <= today), default=days[0])


def waiting(meeting: Meeting, site: BridgePoint, user: User) -> ImportRun | None:
    """Return what somebody has typed or uploaded for a bridge point and not entered yet."""
    found = ImportRun.objects.filter(kind=KIND, meeting=meeting, uploaded_by=user, state=ImportRun.State.OPEN)
    return found.filter(table__site=site.pk).first()


def keep_typed(meeting: Meeting, site: BridgePoint, *, by: User, day: date, lines: Mapping[int, Row]) -> ImportRun:
    """Keep what was typed for some people; what was typed before for others, or uploaded, stays beside it."""
    known = waiting(meeting, site, by)
    rows = [row for row in known.table["rows"] if row["participant"] not in lines] if known else []
    rows += [
        {"row": 0, "day": day.isoformat(), "participant": pk, "code": "", "name": "", "office": "", "site": ""} | line
        for pk, line in lines.items()
        if line["arrived"] or line["departed"] or line["absent"]
    ]
    return _keep(meeting, site, by, day, rows, known.file_name if known else "")


def keep_uploaded(meeting: Meeting, site: BridgePoint, *, by: User, day: date, name: str, data: bytes) -> ImportRun:
    """Keep the lines of a workbook on which something is written; raise Unreadable with a sentence."""
    rows = [
        {"row": one.number, "day": day.isoformat(), "participant": None}
        | {column: one.get(column) or "" for column in ("code", "name", "office", "arrived", "departed", "site")}
        | {"absent": one.get("absent") is True, "remarks": [remark["text"] for remark in one.remarks]}
        for one in values_of(table_of(read_grid(data, name), COLUMNS), COLUMNS)
    ]
    rows = [row for row in rows if row["arrived"] or row["departed"] or row["absent"] or row["remarks"]]
    if not rows:
        raise Unreadable(_("Nothing is written in the columns for arrival, departure and absence."))
    return _keep(meeting, site, by, day, rows, name[-200:])


def typed_of(run: ImportRun | None) -> dict[int, Row]:
    """Return what was typed, by participants, to be shown in the fields again."""
    rows = run.table["rows"] if run else []
    return {row["participant"]: row for row in rows if row["participant"] is not None}


def drop(meeting: Meeting, site: BridgePoint, user: User) -> None:
    """Forget what somebody has typed or uploaded for a bridge point and not entered."""
    found = ImportRun.objects.filter(kind=KIND, meeting=meeting, uploaded_by=user, state=ImportRun.State.OPEN)
    found.filter(table__site=site.pk).delete()


def _keep(meeting: Meeting, site: BridgePoint, by: User, day: date, rows: list[Row], name: str) -> ImportRun:
    drop(meeting, site, by)
    ImportRun.objects.filter(state=ImportRun.State.OPEN, uploaded_at__lt=timezone.now() - KEPT).delete()
    table = {"site": site.pk, "day": day.isoformat(), "rows": rows}
    return ImportRun.objects.create(kind=KIND, meeting=meeting, uploaded_by=by, file_name=name, table=table)
