"""The board of units as a file: inert, so that no name is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from attendance.registration.queries import Row
from meetings.models import Meeting
from sheets import TYPES, Value, write_csv, write_xlsx


def answer(meeting: Meeting, rows: Sequence[Row], form: str) -> HttpResponse:
    """Return the file of some units."""
    columns = [
        _("Code"), _("Unit"), _("State"), _("Late"), _("Places"), _("Registered"), _("Waiting for a decision"),
        _("Refused"), _("Approved"), _("Deadline"), _("Last change"), _("Reminded at"),
    ]  # fmt: skip
    lines = list(_lines(rows))
    data = write_csv(columns, lines) if form == "csv" else write_xlsx(_("Registration by units"), columns, lines)
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="dang-ky-{meeting.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(rows: Sequence[Row]) -> Iterator[list[Value]]:
    for row in rows:
        unit, count = row.unit, row.count
        yield [
            unit.organisation.code, unit.organisation.name, unit.get_stage_display(), _("late") if row.is_late else "",
            unit.quota, count.used, count.sent, count.refused, count.approved,
            _moment(row.until), _moment(unit.changed_at), _moment(unit.reminded_at),
        ]  # fmt: skip


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%d/%m/%Y %H:%M") if at else ""
