"""The report on paper: “Danh sách đại biểu dự …”, in the layout of the organiser's body, always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from attendance.counting import HeadCount
from attendance.reporting.rows import Row, by_site, rows_of
from attendance.reporting.summing import Line, Sums, sums_of
from meetings import clock
from meetings.models import BridgePoint, Meeting
from people.models import Organisation
from printing.names import in_lines, town
from printing.order import Particulars
from printing.papers import Column, Head, Signature, Table, day_in_words, print_paper
from printing.press import PRESS, Press
from printing.profiles import in_force

#: Lines printed while the page waits; more are a job.
AT_ONCE = 300
INSIDE = "CHỈ DÙNG NỘI BỘ"
PEOPLE = (Column("TT", 10, "centre"), Column("Họ và tên", 40), Column("Chức vụ, đơn vị"), Column("Hình thức", 20, "centre"),
          Column("Giờ đến – về", 20, "centre"), Column("Ghi chú", 25))  # fmt: skip
SUMS = (Column("TT", 10, "centre"), Column("Điểm cầu"), Column("Triệu tập", 20, "centre"), Column("Có mặt", 20, "centre"),
        Column("Đã về", 15, "centre"), Column("Vắng", 15, "centre"), Column("Tỷ lệ", 20, "centre"))  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What is printed, read at one moment. `site`: the only bridge point it is about."""

    rows: Sequence[Row]
    sums: Sums
    at: datetime
    site: BridgePoint | None = None
    with_reasons: bool = False


def name_of(meeting: Meeting, report: Report) -> str:
    """Return what its file is called; one with reasons of absence says that it is for internal use."""
    parts = ["dai-bieu-du", meeting.slug, str(report.site.number) if report.site else "", "noi-bo" if report.with_reasons else ""]
    return "-".join(filter(None, parts))


def print_report(meeting: Meeting, report: Report, *, press: Press = PRESS) -> bytes:
    """Return the PDF of a report. Raises PrintingError."""
    body = "state" if meeting.organiser.body == Organisation.Body.STATE else "party"
    with translation.override("vi"):
        context = _context(meeting, report)
    name = f"attendance {meeting.pk} {meeting.journal.head} {report.site.pk if report.site else ''} {report.with_reasons}"
    about = Particulars(
        title=f"Danh sách đại biểu dự {meeting.title}", identifier=f"{name} {timezone.now().isoformat()}",
        dated=timezone.localtime(report.at), author=meeting.organiser.name,
    )  # fmt: skip
    profile = in_force("state" if body == "state" else "party", timezone.localtime(report.at).date())
    return print_paper(f"attendance/printing/report_{body}.html", context, profile=profile, about=about, press=press)


def _context(meeting: Meeting, report: Report) -> dict[str, Any]:
    organiser, total = meeting.organiser, report.sums.total
    head = Head(
        parent_body=in_lines(organiser.parent.name) if organiser.parent else "",
        issuing_body=in_lines(organiser.name),
        place=town(meeting.place),
        on=timezone.localtime(report.at).date(),
        type_name="Danh sách đại biểu dự hội nghị",
        abstract=f"{meeting.title}\n({_as_of(meeting, report)})",
        draft_mark=INSIDE if report.with_reasons else "",
        demonstration=meeting.is_demonstration,
    )
    return {
        "head": head,
        "summary": _summary(total),
        "sums": Table(SUMS, list(_sum_rows(report.sums))) if report.site is None else None,
        "groups": [f"{line.name}: {_short(line.count)}" for line in report.sums.groups],
        "sites": list(_sites(report)),
        "signatures": [Signature(authority="NGƯỜI LẬP DANH SÁCH"), Signature(authority="XÁC NHẬN CỦA THƯ KÝ")],
    }


def _as_of(meeting: Meeting, report: Report) -> str:
    """Return of which moment the numbers are, and of which bridge point."""
    at = timezone.localtime(report.at)
    words = f"tính đến {at:%H giờ %M}, {day_in_words(at.date())}"
    if meeting.state == Meeting.State.ADJOURNED:
        words = "tính đến khi kết thúc hội nghị"
    return f"{report.site.name}, {words}" if report.site else words


def _short(count: HeadCount) -> str:
    return f"có mặt {count.present}/{count.expected}"


def _summary(count: HeadCount) -> str:
    words = f"Tổng số đại biểu triệu tập: {count.expected}; có mặt: {count.present}"
    words += f" (trong đó trực tuyến: {count.online})" if count.online else ""
    more = (("đã về", count.left), ("vắng", count.absent), ("chưa điểm danh", count.unmarked),
            ("vắng có lý do hoặc cử người dự thay", count.excused), ("người dự thay có mặt", count.substitutes))  # fmt: skip
    return "; ".join([words, *(f"{word}: {number}" for word, number in more if number)]) + "."


def _sum_rows(sums: Sums) -> Iterator[list[object]]:
    for at, line in enumerate(sums.sites, start=1):
        yield _sum_row(at, line)
    yield _sum_row("", Line("Tổng cộng", sums.total))


def _sum_row(at: object, line: Line) -> list[object]:
    c = line.count
    return [at, line.name, c.expected, c.present, c.left or "", c.absent or "", f"{line.percent}%"]


def _sites(report: Report) -> Iterator[dict[str, Any]]:
    counts = {line.pk: line.count for line in report.sums.sites}
    for number, (site, rows) in enumerate(by_site(report.rows), start=1):
        name = site.name if site else "Không thuộc điểm cầu nào"
        count = counts.get(site.pk if site else None)
        heading = f"{number}. {name}" + (f" ({_short(count)})" if count else "")
        yield {"heading": heading, "table": Table(PEOPLE, [_cells(at, row) for at, row in enumerate(rows, start=1)])}


def _cells(at: int, row: Row) -> list[object]:
    note = "; ".join(filter(None, [row.note, row.reason]))
    return [at, row.name, row.office, row.form, _times(row), note]


def _times(row: Row) -> str:
    if row.came is None:
        return ""
    came, went = (timezone.localtime(at) if at else None for at in (row.came, row.went))
    assert came
    if went is None:
        return f"{came:%H:%M}"
    return f"{came:%H:%M} – {went:%H:%M}" if went.date() == came.date() else f"{came:%H:%M} – {went:%H:%M %d/%m}"


def report_of(meeting: Meeting, site: BridgePoint | None = None, *, with_reasons: bool = False) -> Report:
    """Read a report; call it with Vietnamese words switched on where it is for paper."""
    pk = site.pk if site else None
    return Report(
        rows=rows_of(meeting, pk, with_reasons=with_reasons), sums=sums_of(meeting, pk, every=True), at=clock.now(meeting),
        site=site, with_reasons=with_reasons,
    )  # fmt: skip
