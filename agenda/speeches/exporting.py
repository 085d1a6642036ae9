"""The board of speeches as a file: inert, so that no title is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.models import Speech
from meetings.models import Meeting
from sheets import TYPES, Value, write_csv, write_xlsx


def answer(meeting: Meeting, speeches: Sequence[Speech], places: Mapping[int, int], form: str) -> HttpResponse:
    """Return the file of some speeches; `places`: of those picked."""
    columns = [
        _("No."), _("Code"), _("Unit"), _("Title of the speech"), _("Speaker"), _("Position and unit"), _("Length (min)"),
        _("State"), _("Outline"), _("Last change"),
    ]  # fmt: skip
    lines = list(_lines(speeches, places))
    data = write_csv(columns, lines) if form == "csv" else write_xlsx(_("Registered speeches"), columns, lines)
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="tham-luan-{meeting.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(speeches: Sequence[Speech], places: Mapping[int, int]) -> Iterator[list[Value]]:
    for one in speeches:
        speaker = one.speaker
        yield [
            places.get(one.pk), one.unit.organisation.code, one.unit.organisation.name, one.title,
            speaker.name if speaker else "", speaker.office if speaker else "", one.minutes, one.get_state_display(),
            one.outline, timezone.localtime(one.changed_at).strftime("%d/%m/%Y %H:%M"),
        ]  # fmt: skip
