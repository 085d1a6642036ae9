"""The page of the box: what a secret ballot guarantees, and after the closing every ballot by its receipt code."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in, page_actor
from sheets import TYPES
from sheets.writing import write_csv
from voting.ballots import box
from voting.ballots.models import Ballot
from voting.polls.models import Poll
from voting.polls.views import poll_or_404

PAGE = 100


@require_safe
@never_cache
def box_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what is guaranteed and what is not; once it may be read, list the box, a page at a time."""
    meeting, actor, poll = _asked(request, slug, number)
    context: dict[str, Any] = desk_context(meeting, actor, "voting:polls") | {
        "poll": poll, "may_read": box.may_read(poll, actor), "few": box.FEW,
    }  # fmt: skip
    if context["may_read"]:
        context |= _lying(request, poll)
    return render(request, "voting/box.html", context)


def _lying(request: HttpRequest, poll: Poll) -> dict[str, Any]:
    words = box.words_of(poll)
    rows = list(box.lying_in(poll))
    position = number_in(request.GET.get("choice", ""))
    chosen = position if position in words else None
    if chosen is not None:
        rows = [one for one in rows if chosen in one.choices]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1"))
    now, told, entry = box.hashes(poll)
    return {
        "page": page,
        "rows": [(_in_groups(one.code), box.said_of(one, words)) for one in page],
        "query": {"choice": str(chosen or "")},
        "words": words,
        "chosen": chosen,
        "whole": Ballot.objects.filter(poll=poll).count(),
        "hash": now,
        "told": told,
        "entry": entry,
        "recipe": box.RECIPE,
    }


def _in_groups(code: str) -> str:
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


@require_safe
@never_cache
def box_ballots(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """Return the whole box for a page that looks for one receipt in it: the same for everybody, so that asking tells nothing."""
    _meeting, actor, poll = _asked(request, slug, number)
    if not box.may_read(poll, actor):
        raise Http404
    ballots = [[code, choices] for code, choices in box.lying_in(poll).values_list("code", "choices")]
    return JsonResponse({"options": box.words_of(poll), "ballots": ballots})


@require_safe
@never_cache
def box_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand out the box as CSV: with it anybody works out the hash that stands in the journal."""
    meeting, actor, poll = _asked(request, slug, number)
    if not box.may_read(poll, actor):
        raise Http404
    columns = [_("Receipt code"), pgettext("options", "Positions"), _("Choice"), _("SHA-256 of the remark")]
    answer = HttpResponse(write_csv(columns, box.rows_of(poll)), content_type=TYPES["csv"])  # type: ignore[arg-type]
    answer["Content-Disposition"] = f'attachment; filename="hom-phieu-{meeting.slug}-{number}.csv"'
    return answer


def _asked(request: HttpRequest, slug: str, number: int) -> tuple[Meeting, Actor, Poll]:
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    poll = poll_or_404(meeting, number, actor)
    if not poll.is_secret:
        raise Http404
    return meeting, actor, poll
