"""The register of paper copies as a file and as a printed list with room for signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import clock
from meetings.models import Meeting
from packets.models import HandOut
from printing.handouts import Line, print_hand_outs
from printing.order import Particulars
from sheets import Value, write_csv, write_xlsx


def write_register(rows: Sequence[HandOut], form: str) -> bytes:
    """Return the register as CSV or XLSX; nothing in it is taken for a formula."""
    columns = [
        _("Paper no."), _("Title of the paper"), _("Secrecy"), _("Copy no."), _("Receiver"), _("Bridge point"), _("Handed out"),
        _("Handed out by"), _("Collected"), _("Collected by"), _("Reported lost"), _("Entered by"), _("How it was lost"),
    ]  # fmt: skip
    lines = list(_lines(rows))
    return write_csv(columns, lines) if form == "csv" else write_xlsx(_("Paper copies"), columns, lines)


def _lines(rows: Sequence[HandOut]) -> Iterator[list[Value]]:
    for row in rows:
        yield [
            row.document.number, row.document.title, row.document.get_secrecy_display(), row.number, row.receiver,
            row.bridge_point.short_name if row.bridge_point else "", moment(row.issued_at), row.issued_by,
            moment(row.collected_at), row.collected_by, moment(row.lost_at), row.lost_by, row.lost_why,
        ]  # fmt: skip


def moment(at: datetime | None) -> str:
    """Return a moment as lists write it."""
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y") if at else ""


def print_list(meeting: Meeting, rows: Sequence[HandOut]) -> bytes:
    """Return the PDF of the register, to be signed at handing out and at taking back. Raises PrintingError."""
    now = timezone.localtime(clock.now(meeting))
    about = Particulars(
        title=f"Sổ giao, thu hồi tài liệu – {meeting.title}", dated=now, author=meeting.organiser.name,
        identifier=f"hand-outs {meeting.pk} {now.isoformat()}",
    )  # fmt: skip
    lines = [
        Line(
            paper=row.document.number, title=row.document.title, secrecy=row.document.secrecy, copy=row.number,
            receiver=row.receiver, site=row.bridge_point.short_name if row.bridge_point else "", issued=moment(row.issued_at),
            issued_by=row.issued_by, collected=moment(row.collected_at), collected_by=row.collected_by,
            lost=moment(row.lost_at), lost_by=row.lost_by, lost_why=row.lost_why,
        )
        for row in rows
    ]  # fmt: skip
    as_of = now.strftime("%H:%M, %d/%m/%Y")
    return print_hand_outs(lines, title=meeting.title, as_of=as_of, about=about, demonstration=meeting.is_demonstration)
