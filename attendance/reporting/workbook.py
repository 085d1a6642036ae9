"""The report as a workbook: the list of delegates, and the sums by bridge point and by group; inert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from attendance.reporting.rows import Row
from attendance.reporting.summing import Line, Sums
from sheets import Value
from sheets.writing import Table, write_workbook


def write_report(rows: Sequence[Row], sums: Sums, *, with_reasons: bool) -> bytes:
    """Return the workbook; reasons of absence in it only `with_reasons`."""
    columns = [
        _("No."), _("Full name"), _("Position"), _("Unit"), _("Bridge point"), _("Group"), _("Takes part"), _("Came at"),
        _("Left at"), _("Note"), *([_("Reason of the absence")] if with_reasons else []),
    ]  # fmt: skip
    widths = {0: 6, 1: 28, 2: 32, 3: 32, 4: 22, 5: 20, 6: 16, 7: 17, 8: 17, 9: 30, 10: 30}
    people = Table(_("Delegates"), columns, _people(rows, with_reasons=with_reasons), widths)
    sites = Table(_("By bridge point"), _titles(_("Bridge point")), _sums(sums.sites, sums), {0: 40})
    groups = [Table(_("By group"), _titles(_("Group")), _sums(sums.groups), {0: 40})] if sums.groups else []
    return write_workbook([people, sites, *groups])


def _people(rows: Iterable[Row], *, with_reasons: bool) -> Iterator[list[Value]]:
    for at, row in enumerate(rows, start=1):
        yield [
            at, row.name, row.position, row.unit, row.site.name if row.site else "", row.group, row.form,
            _moment(row.came), _moment(row.went), row.note, *([row.reason] if with_reasons else []),
        ]  # fmt: skip


def _moment(at: datetime | None) -> datetime | None:
    return timezone.localtime(at).replace(tzinfo=None) if at else None


def _titles(first: str) -> list[str]:
    return [
        first, _("Expected"), _("Present"), _("of them online"), _("Left"), _("Absent"), _("Not marked"), _("Excused"),
        _("Substitutes"), _("Present, %"),
    ]  # fmt: skip


def _sums(lines: Sequence[Line], whole: Sums | None = None) -> Iterator[list[Value]]:
    for line in [*lines, *([Line(_("In all"), whole.total)] if whole else [])]:
        c = line.count
        yield [line.name, c.expected, c.present, c.online, c.left, c.absent, c.unmarked, c.excused, c.substitutes, line.percent]
