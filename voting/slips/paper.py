"""The result on paper: “Báo cáo kết quả lấy ý kiến”, in the layout of the organiser's body, always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from django.utils import timezone, translation

from meetings import clock
from meetings.models import Meeting
from people.models import Organisation
from printing.names import in_lines, town
from printing.order import Particulars
from printing.papers import Column, Head, Signature, Table, print_paper
from printing.press import PRESS, Press
from printing.profiles import in_force
from voting import wording
from voting.figures import rule_of
from voting.polls.models import Poll
from voting.result import FOR
from voting.slips.reporting import Answer, Report

#: Answers printed while the page waits; more are a job.
AT_ONCE = 300
COUNTS = (
    Column("TT", 10, "centre"),
    Column("Nội dung lấy ý kiến"),
    Column("Số phiếu", 25, "centre"),
    Column("Tỷ lệ", 25, "centre"),
)
PEOPLE = (Column("TT", 10, "centre"), Column("Họ và tên", 40), Column("Chức vụ"), Column("Ý kiến", 35), Column("Ý kiến khác", 40))
REMARKS = (Column("TT", 10, "centre"), Column("Ý kiến khác"))


def name_of(poll: Poll) -> str:
    """Return what its file is called."""
    return f"ket-qua-lay-y-kien-{poll.meeting.slug}-{poll.number}"


def print_result(report: Report, *, press: Press = PRESS) -> bytes:
    """Return the PDF of a report. Raises PrintingError."""
    meeting = report.poll.meeting
    body: Literal["party", "state"] = "state" if meeting.organiser.body == Organisation.Body.STATE else "party"
    now = timezone.localtime(clock.now(meeting))
    with translation.override("vi"):
        context = _context(meeting, report)
    about = Particulars(
        title=f"Báo cáo kết quả lấy ý kiến số {report.poll.number}, {meeting.title}",
        identifier=f"slips {report.poll.pk} {meeting.journal.head} {timezone.now().isoformat()}", dated=now,
        author=meeting.organiser.name,
    )  # fmt: skip
    template = f"voting/printing/slips_{body}.html"
    return print_paper(template, context, profile=in_force(body, now.date()), about=about, press=press)


def _context(meeting: Meeting, report: Report) -> dict[str, Any]:
    organiser, poll = meeting.organiser, report.poll
    head = Head(
        parent_body=in_lines(organiser.parent.name) if organiser.parent else "",
        issuing_body=in_lines(organiser.name),
        place=town(meeting.place),
        on=timezone.localtime(clock.now(meeting)).date(),
        type_name="Báo cáo",
        abstract=f"kết quả lấy ý kiến bằng phiếu\n({meeting.title})",
        draft_mark="DỰ THẢO" if poll.state != Poll.State.DECLARED else "",
        demonstration=meeting.is_demonstration,
    )
    return {
        "head": head,
        "question": poll.question,
        "note": poll.note,
        "paragraphs": list(_paragraphs(report)),
        "counts": Table(COUNTS, list(_counts(report))),
        "units": [_unit(at, name, rows) for at, (name, rows) in enumerate(report.by_unit, start=1)],
        "remarks": Table(REMARKS, list(enumerate(report.remarks, start=1))) if report.remarks else None,
        "is_secret": poll.is_secret,
        "signatures": [Signature(authority="NGƯỜI TỔNG HỢP"), Signature(authority="XÁC NHẬN CỦA THƯ KÝ")],
    }


def _paragraphs(report: Report) -> Iterator[str]:
    poll, result = report.poll, report.result
    assert poll.opened_at is not None
    assert poll.closed_at is not None
    form = "bỏ phiếu kín" if poll.is_secret else "phiếu ghi tên"
    began, ended = timezone.localtime(poll.opened_at), timezone.localtime(poll.closed_at)
    yield f"Hình thức: {form}; thời gian lấy ý kiến: từ {began:%H:%M ngày %d/%m/%Y} đến {ended:%H:%M ngày %d/%m/%Y}."
    missing = report.asked - report.answered
    yield f"Số phiếu gửi đi: {report.asked}; số phiếu thu về: {report.answered}; chưa gửi phiếu: {missing}."
    rule = f"Thông qua khi đạt {wording.majority(rule_of(poll))} ({result.needed} phiếu)."
    yield (
        rule if poll.kind == Poll.Kind.MOTION else f"Được chọn khi đạt {wording.majority(rule_of(poll))} ({result.needed} phiếu)."
    )
    yield f"Kết quả: {wording.verdict(result)}."


def _counts(report: Report) -> Iterator[list[object]]:
    for at, line in enumerate(report.result.lines, start=1):
        yield [at, line.text, line.votes, wording.percent(line.tenths)]
    if any(line.code == FOR for line in report.result.lines) and report.result.invalid:
        yield ["", "Phiếu không hợp lệ", report.result.invalid, ""]


def _unit(at: int, name: str, rows: Sequence[Answer]) -> dict[str, Any]:
    return {
        "heading": f"{at}. {name or 'Không thuộc đơn vị nào'}",
        "table": Table(PEOPLE, [_cells(n, row) for n, row in enumerate(rows, start=1)]),
    }


def _cells(at: int, row: Answer) -> list[object]:
    name = f"{row.name}\n(phiếu do {row.voter} gửi)" if row.voter and row.said else row.name
    return [at, name, row.office, row.said or "Chưa gửi phiếu", row.remark]
