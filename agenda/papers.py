"""The programme on paper and as a table: TT · Thời gian · Nội dung · Người thực hiện · Ghi chú, the lines of the page.

The paper has the layout of the conference's other papers, in Vietnamese whatever the screens speak; no number and no
signature: the programme goes with the invitation, which has both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agenda.models import ProgrammeRelease
from agenda.showing import Line, ShownPart, shown_snapshot
from agenda.snapshots import Snapshot, digest
from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from printing.errors import PrintingError
from printing.names import in_lines, town
from printing.order import Particulars
from printing.papers import Column, Head, Table, print_paper
from printing.profiles import in_force
from sheets.cells import Value
from sheets.writing import write_csv, write_xlsx

DRAFT_MARK = "DỰ THẢO"
COLUMNS = (Column("TT", 10, "centre"), Column("Thời gian", 25, "centre"), Column("Nội dung"), Column("Người thực hiện", 40),
           Column("Ghi chú", 20))  # fmt: skip


def print_programme(meeting: Meeting, found: Snapshot, release: ProgrammeRelease | None) -> bytes:
    """Return the PDF of a release, or of what stands now, marked as a draft; raise OutOfOrder when the press fails."""
    with translation.override("vi"):
        context = {"head": _head(meeting, found, release), "parts": list(_tables(shown_snapshot(found)))}
    moment = release.released_at if release else clock.now(meeting)
    about = Particulars(
        title=f"Chương trình {found['title']}", identifier=f"programme:{meeting.pk}:{digest(found)}:{bool(release)}",
        dated=timezone.localtime(moment), author=meeting.organiser.name,
    )  # fmt: skip
    try:
        profile = in_force("party", timezone.localtime(moment).date())
        return print_paper("agenda/printing/programme.html", context, profile=profile, about=about)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error


def _head(meeting: Meeting, found: Snapshot, release: ProgrammeRelease | None) -> Head:
    above = meeting.organiser.parent
    days = [datetime.fromisoformat(one["starts_at"]).date() for one in found["sittings"] if one["starts_at"]]
    where = f"Tại {found['place']}, {_days(days)}" if days else found["place"]
    released = timezone.localtime(release.released_at).date() if release else timezone.localtime(clock.now(meeting)).date()
    return Head(
        parent_body=in_lines(above.name) if above else "",
        issuing_body=in_lines(meeting.organiser.name),
        place=town(found["place"]),
        on=released,
        type_name="Chương trình",
        abstract=f"{found['title']}\n({where})",
        draft_mark="" if release else DRAFT_MARK,
        demonstration=meeting.is_demonstration,
    )


def _days(days: list[date]) -> str:
    """Return the days of a conference: ngày 26/11/2025; từ ngày 26/11/2025 đến ngày 27/11/2025."""
    first, last = min(days), max(days)
    return f"ngày {first:%d/%m/%Y}" if first == last else f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


def _tables(parts: list[ShownPart]) -> Iterator[dict[str, object]]:
    for part in parts:
        yield {"heading": part.heading, "table": Table(COLUMNS, [cells(line) for line in part.lines])}


def cells(line: Line) -> list[str]:
    """Return what stands in the columns of a line."""
    return [line.number, line.time, line.title, line.presenter, line.note]


def table_of(found: Snapshot, ending: str) -> bytes:
    """Return the programme as a file of rows."""
    words = (_("Sitting"), _("No."), _("Time"), _("Item"), _("Presenter"), _("Note"), _("Length (min)"))
    columns = [str(word) for word in words]
    rows: list[list[Value]] = [
        [part.heading, *cells(line), line.minutes] for part in shown_snapshot(found) for line in part.lines
    ]
    if ending == "csv":
        return write_csv(columns, rows)
    return write_xlsx(str(_("Programme")), columns, rows)
