"""The page of opinion slips for who runs them: who has not answered, reminders, another deadline, the paper of the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.queue import enqueue
from meetings.desk import desk_context
from meetings.procedure import Ability
from meetings.queries import account, page_actor
from printing.errors import PrintingError
from sheets import TYPES
from voting.figures import result_now
from voting.polls.forms import ExtendPoll
from voting.polls.models import Poll
from voting.polls.views import poll_or_404
from voting.slips.asking import is_over, not_answered, voters_of, waiting_for
from voting.slips.paper import AT_ONCE, name_of, print_result
from voting.slips.reporting import Report, report_of
from voting.slips.work import SLIPS_RESULT
from voting.slips.workbook import write_result

PAGE = 100
_CLOSED = (Poll.State.CLOSED, Poll.State.DECLARED)


@require_safe
@never_cache
def slips(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show how many have answered, who has not, with a button that reminds them; after the deadline the paper."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    poll = poll_or_404(meeting, number, actor)
    if poll.occasion != Poll.Occasion.SLIP or poll.opened_at is None:
        raise Http404
    waiting = waiting_for(not_answered(poll).order_by("participant__bridge_point__number", "pk"))
    asked = poll.mandates.filter(withdrawn_at=None).count()
    context: dict[str, Any] = desk_context(meeting, actor, "voting:polls") | {
        "poll": poll,
        "asked": asked,
        "answered": asked - len(waiting),
        "left": len(waiting),
        "page": Paginator(waiting, PAGE).get_page(request.GET.get("page", "1")),
        "query": {},
        "reached": len(voters_of(waiting)),
        "unreached": sum(not one.address for one in waiting),
        "reminders": list(poll.reminders.order_by("-pk")[:10]),
        "is_open": poll.state == Poll.State.OPEN and not is_over(poll, meeting),
        "result": result_now(poll) if poll.state in _CLOSED else None,
        "extension": ExtendPoll(meeting=meeting, by=actor, auto_id="extend-%s"),
    }
    return render(request, "voting/slips/slips.html", context)


@require_safe
@never_cache
def slips_file(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """Hand out the result of closed slips as PDF or XLSX, with the answers and remarks."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    poll = poll_or_404(meeting, number, actor)
    if poll.occasion != Poll.Occasion.SLIP or poll.state not in _CLOSED or ending not in ("pdf", "xlsx"):
        raise Http404
    report = report_of(poll)
    if ending == "xlsx":
        return _file(poll, ending, write_result(report), TYPES[ending])
    if len(report.answers) + len(report.remarks) > AT_ONCE:
        return _begin(request, report)
    try:
        return _file(poll, ending, print_result(report), "application/pdf")
    except PrintingError as error:
        messages.error(request, str(error))
        return redirect("voting:slips", slug, number)


def _begin(request: HttpRequest, report: Report) -> HttpResponse:
    """Ask for a long paper in the background."""
    poll = report.poll
    with transaction.atomic():
        job = enqueue(
            SLIPS_RESULT, by=account(request), title=_("Result of opinion slips: %(meeting)s") % {"meeting": poll.meeting.title},
            back=reverse("voting:slips", args=[poll.meeting.slug, poll.number]), open_to=Ability.RUN_POLLS.value,
            scope=poll.meeting_id, poll=poll.pk,
        )  # fmt: skip
    return redirect("jobs:job", job.uuid)


def _file(poll: Poll, ending: str, data: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name_of(poll)}.{ending}"'
    return answer
