"""A register as a table (sổ đăng ký văn bản đi): for a file, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from issuing.models import IssuedDocument, NumberRegister, PaperType
from printing.names import in_lines
from printing.order import Particulars
from printing.papers import Column, Head, Table, print_paper
from printing.profiles import in_force

_WIDTHS = (30, 25, 0, 25, 35, 30)


def columns() -> list[str]:
    """Return the titles of the columns."""
    titles = [_("Number and symbol"), _("Date"), _("Abstract"), _("Signer"), _("Recipients"), _("Note")]
    return titles


def rows_of(papers: Iterable[IssuedDocument]) -> list[list[str]]:
    """Return a row for each paper."""
    return [[p.symbol, p.dated.strftime("%d/%m/%Y"), p.abstract, p.signer, _recipients(p), note_of(p)] for p in papers]


def _recipients(paper: Any) -> str:
    named = [recipient.name for recipient in paper.recipients.all()]
    if paper.invited:
        named.insert(0, _("%(count)d people invited") % {"count": paper.invited})
    return "; ".join(named)


def note_of(paper: IssuedDocument) -> str:
    """Return what is special about a paper: cancelled and why, given outside."""
    if paper.state == IssuedDocument.State.ISSUED:
        return ""
    words = [str(paper.get_state_display())]
    if paper.replaced_by:
        words.append(_("replaced by %(symbol)s") % {"symbol": paper.replaced_by.symbol})
    return ", ".join(words) + (f": {paper.reason}" if paper.reason else "")


def printed(register: NumberRegister, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the register on paper, in Vietnamese, in the layout of its body."""
    today = timezone.localdate()
    organisation = register.organisation
    with override("vi"):
        kind = PaperType(register.paper_type).label
        table = Table([Column(title, width) for title, width in zip(columns(), _WIDTHS, strict=True)], rows)
        head = Head(
            issuing_body=in_lines(organisation.name),
            parent_body=in_lines(organisation.parent.name) if organisation.parent else "",
            type_name="Sổ đăng ký văn bản đi",
            abstract=f"{kind} ({register.paper_type}), {register.period}",
            demonstration=register.is_disposable,
        )
    about = Particulars(
        title=f"Sổ đăng ký văn bản đi {register.paper_type} {register.period}",
        identifier=f"register:{register.pk}:{register.last}:{timezone.now().isoformat()}",
        dated=timezone.localtime(), author=organisation.name,
    )  # fmt: skip
    template = f"issuing/printing/register_{register.body}.html"
    profile = in_force("party" if register.body == "party" else "state", today)
    return print_paper(template, {"head": head, "table": table}, profile=profile, about=about)
