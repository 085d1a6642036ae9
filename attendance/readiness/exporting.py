"""The board of readiness as a file: inert, so that no note is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from attendance.readiness.board import Tile
from attendance.readiness.models import CheckMark, Point
from meetings.models import Meeting
from sheets import TYPES, Value, write_csv, write_xlsx


def answer(meeting: Meeting, tiles: Sequence[Tile], marks: Mapping[int, Mapping[str, CheckMark]], form: str) -> HttpResponse:
    """Return the file of some bridge points: the newest run of each, point by point."""
    columns = [
        _("No."), _("Bridge point"), _("State"), _("Run"), _("Began"), _("Signed off at"), _("Signed off by"),
        *(str(label) for label in Point.labels), _("Note"),
    ]  # fmt: skip
    lines = list(_lines(tiles, marks))
    data = write_csv(columns, lines) if form == "csv" else write_xlsx(_("Readiness"), columns, lines)
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="san-sang-{meeting.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(tiles: Sequence[Tile], marks: Mapping[int, Mapping[str, CheckMark]]) -> Iterator[list[Value]]:
    for tile in tiles:
        own = marks.get(tile.id, {})
        by = _("%(name)s, on behalf, by telephone") % {"name": tile.signed_off_by} if tile.on_behalf else tile.signed_off_by
        yield [
            tile.no, tile.name, str(tile.word), tile.run or "", _moment(tile.began_at), _moment(tile.signed_off_at), by,
            *(_cell(own.get(point)) for point in Point.values), tile.note,
        ]  # fmt: skip


def _cell(mark: CheckMark | None) -> str:
    if mark is None:
        return ""
    word = str(CheckMark.State(mark.state).label)
    return f"{word}: {mark.note}" if mark.note else word


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%d/%m/%Y %H:%M") if at else ""
