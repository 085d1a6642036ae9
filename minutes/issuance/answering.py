"""Answering with the file of an issued paper, exactly as it was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.errors import OutOfOrder
from minutes.issuance import filing
from minutes.models import Delivery, OfficialPaper
from sheets import TYPES, write_csv, write_xlsx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_of(row: OfficialPaper, form: str) -> HttpResponse:
    """Answer with a file; say so when it is no longer the one that was issued."""
    if form not in ("pdf", "docx"):
        raise Http404
    data = filing.bytes_of(row) if form == "pdf" else filing.docx_of(row)
    if data is None:
        raise OutOfOrder(_("The file of this paper is missing or was altered in the store. Restore it from the backup."))
    answer = HttpResponse(data, content_type="application/pdf" if form == "pdf" else DOCX)
    way = "inline" if form == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{filing.file_name(row, form)}"'
    return answer


def receipts_of(row: OfficialPaper, found: Iterable[Delivery], form: str) -> HttpResponse:
    """Answer with the receipts of a paper as a table; names are no formulas there."""
    if form not in TYPES:
        raise Http404
    columns = [_("Recipient"), _("Line on the paper"), _("Way"), _("Sent on"), _("Has it since"), _("Noted by"), _("By hand")]
    lines = [
        [one.name, one.line, str(one.get_channel_display()), _at(one.sent_at), _at(one.seen_at), one.seen_by,
         _("yes") if one.is_by_hand else ""]
        for one in found
    ]  # fmt: skip
    data = write_csv(columns, lines) if form == "csv" else write_xlsx(_("Receipts"), columns, lines)
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{filing.file_name(row, form)}"'
    return answer


def _at(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y") if moment else ""
