"""The contact sheet: at once for a few dozen or one province, as a job for thousands."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jobs.queue import enqueue
from meetings import queries
from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.naming import slug_of
from meetings.procedure import Ability
from meetings.sites.sheet import AT_ONCE, lines_of, print_part
from meetings.sites.work import CONTACT_SHEET
from printing.errors import PrintingError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which part is to be printed; print it (`part`: a bridge point on top, or `all`), or begin a job for all."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    total = meeting.bridge_points.count()
    if request.method == "POST":
        part = queries.number_in(request.POST.get("part", ""))
        if part is None and total > AT_ONCE:
            return _begin(request, meeting)
        return _print(request, meeting, part)
    context = desk_context(meeting, actor, "meetings:bridge_points") | {
        "total": total,
        "is_long": total > AT_ONCE,
        "tops": meeting.bridge_points.filter(parent=None).annotate(below=Count("children")).order_by("number"),
        "without": meeting.bridge_points.filter(head=None).count(),
    }
    return render(request, "sites/contact_sheet.html", context)


def _begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Ask for the whole sheet in the background."""
    back = reverse("meetings:bridge_points", args=[meeting.slug])
    title = _("Contact sheet of the bridge points: %(meeting)s") % {"meeting": meeting.title}
    with transaction.atomic():
        job = enqueue(
            CONTACT_SHEET, by=queries.account(request), title=title, back=back, open_to=Ability.PREPARE, scope=meeting.pk,
            meeting=meeting.pk,
        )  # fmt: skip
    return redirect("jobs:job", job.uuid)


def _print(request: HttpRequest, meeting: Meeting, part: int | None) -> HttpResponse:
    lines = lines_of(meeting, under=part)
    here = reverse("meetings:contact_sheet", args=[meeting.slug])
    if not lines:
        messages.error(request, _("There are no bridge points to print. Choose others."))
        return redirect(here)
    if len(lines) > AT_ONCE * 2:
        return _begin(request, meeting)
    try:
        pdf = print_part(meeting, lines)
    except PrintingError as error:
        messages.error(request, str(error))
        return redirect(here)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="lien-he-{slug_of(lines[0].name if part else meeting.title)}.pdf"'
    return answer
