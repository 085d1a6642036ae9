"""The result as a workbook: the counts, and the answers with their remarks, or of secret slips the remarks alone; inert."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sheets import Value
from sheets.writing import Table, write_workbook
from voting import wording
from voting.slips.reporting import Report


def write_result(report: Report) -> bytes:
    """Return the workbook."""
    counts = Table(_("Result"), [_("No."), _("Choice"), _("Slips"), _("Share")], _counts(report), {0: 6, 1: 50, 2: 12, 3: 12})
    if report.poll.is_secret:
        remarks: list[list[Value]] = [[at, text] for at, text in enumerate(report.remarks, start=1)]
        return write_workbook([counts, Table(_("Remarks"), [_("No."), _("Remark")], remarks, {0: 6, 1: 90})])
    columns = [_("No."), _("Unit"), _("Full name"), _("Position"), _("Choice"), _("Remark"), _("Answered at"), _("Answered by")]
    widths = {0: 6, 1: 32, 2: 28, 3: 32, 4: 24, 5: 50, 6: 18, 7: 28}
    return write_workbook([counts, Table(_("Answers"), columns, _answers(report), widths)])


def _counts(report: Report) -> Iterator[list[Value]]:
    yield ["", report.poll.question, None, None]
    for at, line in enumerate(report.result.lines, start=1):
        yield [at, line.text, line.votes, wording.percent(line.tenths)]
    yield ["", _("Slips sent out"), report.asked, None]
    yield ["", _("Slips that came in"), report.answered, None]


def _answers(report: Report) -> Iterator[list[Value]]:
    rows = (row for _unit, answers in report.by_unit for row in answers)
    for at, row in enumerate(rows, start=1):
        yield [at, row.unit, row.name, row.office, row.said or _("not answered"), row.remark, row.at, row.voter]
