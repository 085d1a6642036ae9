"""The pages of polls."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.queries import page_actor
from voting.polls.models import Poll


@require_safe
def poll_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the polls of a meeting."""
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    context = desk_context(meeting, actor, "voting:polls") | {"polls": meeting.polls.all()}
    return render(request, "voting/polls.html", context)


@require_safe
def new_poll(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new poll."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    return render(request, "voting/edit.html", desk_context(meeting, actor, "voting:polls"))


@require_safe
def poll_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one poll."""
    meeting, actor = page_actor(request, slug, Ability.SEE_POLLS)
    poll = poll_or_404(meeting, number)
    return render(request, "voting/poll.html", desk_context(meeting, actor, "voting:polls") | {"poll": poll})


@require_safe
def edit_poll_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a prepared poll for change."""
    meeting, actor = page_actor(request, slug, Ability.RUN_POLLS)
    poll = poll_or_404(meeting, number)
    return render(request, "voting/edit.html", desk_context(meeting, actor, "voting:polls") | {"poll": poll})


def poll_or_404(meeting: Meeting, number: int) -> Poll:
    """Return a poll by its number."""
    poll = meeting.polls.filter(number=number).first()
    if poll is None:
        raise Http404
    return poll
