"""The pages of who receives papers: all of them, one (opening it is the receipt), its file; the check of a paper by its code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing.codes import read_code, spelled
from issuing.models import IssuedDocument
from meetings.errors import OutOfOrder
from meetings.queries import account
from minutes import views as minutes_views
from minutes.checking import grouped
from minutes.issuance import filing, reading
from minutes.issuance.answering import file_of
from minutes.issuance.standing import standing_of
from minutes.models import OfficialPaper, Print
from minutes.papers.views import allow_preview

PAGE_SIZE = 50


@require_safe
@never_cache
def received(request: HttpRequest) -> HttpResponse:
    """List the papers an account has received, of all meetings, newest first."""
    page = Paginator(reading.received(account(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"paper": row, "title": filing.title_of(row), "standing": standing_of(row)} for row in page.object_list]
    return render(request, "minutes/issuance/received.html", {"page": page, "rows": rows})


def _mine(request: HttpRequest, code: str) -> OfficialPaper:
    row = reading.received_by_code(account(request), read_code(code))
    if row is None:
        raise Http404
    return row


@require_safe
@never_cache
@allow_preview
def received_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show a paper to its recipient; the first opening is noted as the receipt. A recalled one says so and shows no file."""
    row = _mine(request, code)
    is_looked_at = request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
    if is_looked_at:
        reading.note_opened(account(request), row)
    mine = list(reading.deliveries_to(account(request)).filter(paper=row).order_by("pk"))
    context = {
        "paper": row,
        "title": filing.title_of(row),
        "standing": standing_of(row),
        "mine": mine,
        "digest": grouped(row.sha256),
        "instead": _instead(request, row),
    }
    return render(request, "minutes/issuance/received_paper.html", context)


def _instead(request: HttpRequest, row: OfficialPaper) -> str:
    """Return where the paper stands that replaced one: among what the account has received, else its check; nothing: none did."""
    new = row.replaced_by
    if new is None or not new.code:
        return ""
    is_mine = reading.received_by_code(account(request), new.code) is not None
    return reverse("minutes:received_paper" if is_mine else "minutes:check", args=[new.code])


@require_safe
@never_cache
def received_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give a recipient the PDF as it was issued; of a recalled paper nothing but the word."""
    row = _mine(request, code)
    if row.state != OfficialPaper.State.ISSUED:
        raise OutOfOrder(_("This paper was recalled. Its file is not given out any more."))
    if request.method == "GET":
        reading.note_opened(account(request), row)
    return file_of(row, "pdf")


@login_not_required
@require_safe
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a paper is worth: where its QR code leads, open to whoever holds it. A print of the minutes has its own page."""
    if Print.objects.filter(code=read_code(code)).exists():
        return minutes_views.check(request, code)
    return check_official(request, code)


def check_official(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an official paper is worth to whoever holds it."""
    read = read_code(code)
    issued = OfficialPaper.objects.filter(code=read, issued_at__isnull=False) if read else OfficialPaper.objects.none()
    row = issued.select_related("meeting__organiser", "issued", "replaced_by__issued").defer("data", "words").first()
    if row is None:
        numbered = IssuedDocument.objects.filter(code=read).exists()
        if numbered:
            return redirect("issuing:check", code=read)
        return render(request, "minutes/unknown_paper.html", {"typed": code[:60]}, status=404)
    context = {
        "paper": row,
        "meeting": row.meeting,
        "standing": standing_of(row, demonstration=row.meeting.is_demonstration),
        "code": spelled(row.code),
        "digest": grouped(row.sha256),
    }
    return render(request, "minutes/issuance/check.html", context)
