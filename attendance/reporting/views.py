"""The report of attendance: its page with sums and a chart, its paper, its workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance.presence.pages import frame, open_conflicts
from attendance.reporting.chart import Chart, chart_of
from attendance.reporting.paper import AT_ONCE, Report, name_of, print_report, report_of
from attendance.reporting.summing import sums_of
from attendance.reporting.work import ATTENDANCE_REPORT
from attendance.reporting.workbook import write_report
from jobs.queue import enqueue
from meetings import queries
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from printing.errors import PrintingError
from sheets import TYPES

FORMS = ("pdf", "xlsx")


def _reader(request: HttpRequest, slug: str) -> tuple[Meeting, Actor]:
    """Return the meeting and who reads its report: who sees its people, or an operator for the own bridge point."""
    meeting, actor = queries.actor_or_404(request, slug, named=True)
    if not actor.may(Ability.MARK_PRESENCE):
        actor.require(Ability.SEE_PEOPLE)
    return meeting, actor


def _site(request: HttpRequest, meeting: Meeting, actor: Actor) -> BridgePoint | None:
    """Return the bridge point the report is about: the one that is asked for, an operator's own always."""
    wanted = number_in(request.GET.get("site", ""))
    if not actor.may(Ability.SEE_PEOPLE):
        wanted = actor.bridge_point_id or 0
    return None if wanted is None else get_object_or_404(meeting.bridge_points, pk=wanted)


def may_see_reasons(actor: Actor, site: BridgePoint | None) -> bool:
    """Tell whether somebody may read why people are absent: the secretariat, and an operator at the own bridge point."""
    return actor.may_mark_presence_at(site.pk if site else None)


@require_safe
@never_cache
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how many took part, by bridge point, group and body, with a chart; hand out the list."""
    meeting, actor = _reader(request, slug)
    site = _site(request, meeting, actor)
    own = None if actor.may(Ability.SEE_PEOPLE) else actor.bridge_point_id
    sums = sums_of(meeting, site.pk if site else None)
    chart: Chart | None = chart_of(sums.sites) if site is None else None
    context: dict[str, Any] = frame(
        meeting,
        actor,
        "attendance:report",
        to_settle=open_conflicts(meeting, own).count() if actor.may(Ability.MARK_PRESENCE) else 0,
    )
    context |= {
        "sums": sums,
        "chart": chart,
        "site": site,
        "may_see_reasons": may_see_reasons(actor, site),
        "may_mark": actor.may(Ability.MARK_PRESENCE),
    }
    return render(request, "attendance/reporting/report.html", context)


@require_safe
@never_cache
def report_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand out the list as PDF or XLSX; `reasons` asks for why people are absent, `site` for one bridge point alone."""
    meeting, actor = _reader(request, slug)
    if form not in FORMS:
        raise Http404
    site = _site(request, meeting, actor)
    with_reasons = "reasons" in request.GET and may_see_reasons(actor, site)
    if form == "xlsx":
        found = report_of(meeting, site, with_reasons=with_reasons)
        return _file(meeting, found, form, write_report(found.rows, found.sums, with_reasons=with_reasons), TYPES[form])
    with translation.override("vi"):
        found = report_of(meeting, site, with_reasons=with_reasons)
    if len(found.rows) > AT_ONCE:
        return _begin(request, meeting, actor, found)
    try:
        return _file(meeting, found, form, print_report(meeting, found), "application/pdf")
    except PrintingError as error:
        messages.error(request, str(error))
        return redirect("attendance:report", slug)


def _begin(request: HttpRequest, meeting: Meeting, actor: Actor, found: Report) -> HttpResponse:
    """Ask for a long list in the background; only who may see its reasons, if it has them, may fetch it."""
    words = (
        _("List of attendance (for internal use): %(meeting)s") if found.with_reasons else _("List of attendance: %(meeting)s")
    )
    title = words % {"meeting": meeting.title}
    ability = Ability.MARK_ANY_PRESENCE if found.with_reasons else Ability.SEE_PEOPLE
    open_to = ability if actor.may(ability) else ""  # an operator's own list is the operator's own
    with transaction.atomic():
        job = enqueue(
            ATTENDANCE_REPORT, by=queries.account(request), title=title, back=reverse("attendance:report", args=[meeting.slug]),
            open_to=open_to, scope=meeting.pk if open_to else None, meeting=meeting.pk,
            site=found.site.pk if found.site else None, with_reasons=found.with_reasons,
        )  # fmt: skip
    return redirect("jobs:job", job.uuid)


def _file(meeting: Meeting, found: Report, form: str, data: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name_of(meeting, found)}.{form}"'
    return answer
