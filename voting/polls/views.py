"""The pages of polls: all of a meeting, one, its form; one's own votes in one; who voted how, as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_or_404, number_in, page_actor
from sheets import TYPES
from voting.figures import result_now
from voting.polls import exporting, queries, showing
from voting.polls.forms import AddPoll, EditPoll
from voting.polls.models import Poll

PAGE_SIZE = 100
SOUGHT_AT_MOST = 100  # characters
State = Poll.State


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "voting:polls") | {
        "tabs": tabs_of("polls", meeting, actor, "voting:polls"),
        "may_run": actor.may(Ability.RUN_POLLS),
        "is_over": meeting.state == Meeting.State.ADJOURNED,
    }


@require_safe
@never_cache
def poll_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the polls: those open first, then those to be declared, prepared ones, and what was declared, newest first."""
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    context = _frame(meeting, actor)
    context["rows"] = showing.rows_of(meeting, with_drafts=context["may_run"], hidden=queries.hidden_polls(meeting, actor))
    return render(request, "voting/polls.html", context)


@require_safe
def new_poll(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new poll: empty, or filled in from one that is put again (again)."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    again = meeting.polls.filter(number=number_in(request.GET.get("again", "")) or 0, state=State.DECLARED).first()
    initial = showing.words_of(again) | {"again_of": again.pk} if again else {}
    if item := number_in(request.GET.get("item", "")):
        initial["item"] = item
    context = _frame(meeting, actor) | {"again": again, "form": AddPoll(meeting=meeting, by=actor, initial=initial)}
    return render(request, "voting/edit.html", context)


@require_safe
@never_cache
def edit_poll_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a prepared poll for change."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    poll = poll_or_404(meeting, number, actor)
    initial = showing.words_of(poll) | {"poll": poll.pk, "version": poll.version}
    context = _frame(meeting, actor) | {"poll": poll, "form": EditPoll(meeting=meeting, by=actor, initial=initial)}
    return render(request, "voting/edit.html", context)


@require_safe
@never_cache
def poll_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one poll: to who runs it all that is known, to a voter the ballot, to everybody the result once it is declared."""
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    poll = poll_or_404(meeting, number, actor)
    context = _frame(meeting, actor) | {
        "poll": poll,
        "options": list(poll.options.order_by("position")),
        "ballots": showing.ballots_of(poll, actor),
        "back": reverse("voting:polls", args=[slug]),
        "page_url": reverse("voting:poll", args=[slug, number]),
    }
    may_see = context["may_run"] or poll.state == State.DECLARED
    if may_see and poll.closed_at is not None and poll.state != State.CANCELLED:
        context["result"] = result_now(poll)
    if context["may_run"] and poll.opened_at is not None:
        context |= showing.turnout_for_staff(poll)
    if context["may_run"] and poll.state == State.DRAFT:
        context |= showing.would_vote(poll)
    context |= _listed(request, poll, context)
    return render(request, "voting/poll.html", context)


def _listed(request: HttpRequest, poll: Poll, context: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the people a list shows: who has not voted, while it is open; of a named poll who voted how, after it."""
    sought = request.GET.get("q", "").replace("\0", "")[:SOUGHT_AT_MOST]
    if poll.state == State.OPEN and context["may_run"]:
        rows, what = queries.not_voted(poll, sought), "missing"
    elif not poll.is_secret and "result" in context:
        rows, what = queries.voted(poll, sought), "voted"
    else:
        return {}
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    words = {one.position: one.text for one in context["options"]}
    return {"listed": what, "page": page, "query": {"q": sought}, "people": [showing.person(one, words) for one in page]}


@require_safe
@never_cache
def mine(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """Say which votes the reader may cast in a poll, and which of them have been cast: for pages that follow the meeting."""
    meeting, actor = actor_or_404(request, slug)
    actor.require(Ability.CAST_BALLOTS)
    return JsonResponse({"votes": queries.votes_to_cast(poll_or_404(meeting, number, actor), actor)})


@require_safe
@never_cache
def votes_file(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """Who voted how in a named poll, as a file; once it is declared, for who runs it from its closing on."""
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    poll = poll_or_404(meeting, number, actor)
    is_told = poll.state == State.DECLARED or (poll.state == State.CLOSED and actor.may(Ability.RUN_POLLS))
    if poll.is_secret or not is_told or ending not in TYPES:
        raise Http404
    response = HttpResponse(exporting.write_votes(poll, ending), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="bieu-quyet-{meeting.slug}-{number}.{ending}"'
    return response


def poll_or_404(meeting: Meeting, number: int, actor: Actor | None = None) -> Poll:
    """Return a poll by its number; what is prepared is there (where it is said who looks) for those alone who run polls."""
    poll = meeting.polls.select_related("meeting", "item", "body", "again_of").filter(number=number).first()
    if poll is None or (poll.state == State.DRAFT and actor is not None and not actor.may(Ability.RUN_POLLS)):
        raise Http404
    if actor is not None and queries.is_hidden(poll, actor):
        raise Http404  # of a closed item the reader is out of
    return poll
