"""The command door: POST /m/<slug>/do/<command>/. Every change of a meeting comes in here."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import commands, replies
from meetings.errors import Refusal
from meetings.models import Meeting
from meetings.queries import actor_or_404

NOT_COMMAND = frozenset({"csrfmiddlewaretoken", "command_id", "next"})


@require_POST
def do(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Carry out one command; answer with JSON where asked for, else lead back to the page it came from."""
    meeting, actor = actor_or_404(request, slug)
    command = commands.find(name)
    if command is None:
        raise Http404
    command_id = _command_id(request)
    if command_id is None:
        return _invalid(request, meeting, {"command_id": [_("A command needs an id of its own (UUID).")]})
    allowed = actor.may(command.ability)
    form = command.form(request.POST, request.FILES, meeting=meeting, by=actor)
    if allowed and not form.is_valid():
        return _invalid(request, meeting, {field: list(map(str, errors)) for field, errors in form.errors.items()})
    asked = replies.fingerprint(name, _body(request))

    def run() -> Any:
        actor.require(command.ability)
        return command.action(meeting, by=actor, **form.arguments())

    try:
        reply = replies.once(meeting, command_id, by=actor, asked=asked, run=run)
    except Refusal as refusal:
        return _answer(request, meeting, refusal.status, {"state": "refused", "reason": refusal.reason})
    return _answer(request, meeting, reply.status, reply.body)


def _command_id(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("command_id", ""))
    except ValueError:
        return None


def _body(request: HttpRequest) -> dict[str, list[str]]:
    return {key: request.POST.getlist(key) for key in request.POST if key not in NOT_COMMAND}


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer goes to a script (Accept: application/json) and not to a person's browser."""
    return request.accepts("application/json") and not request.accepts("text/html")


def _answer(request: HttpRequest, meeting: Meeting, status: int, body: dict[str, Any]) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(body, status=status)
    if status == 200:
        return _back(request, meeting)
    messages.error(request, body["reason"])
    return _back(request, meeting)


def _invalid(request: HttpRequest, meeting: Meeting, errors: dict[str, list[str]]) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"state": "invalid", "errors": errors}, status=400)
    context = {"meeting": meeting, "errors": errors, "back": _next(request, meeting)}
    return render(request, "400.html", context, status=400)


def _back(request: HttpRequest, meeting: Meeting) -> HttpResponseRedirect:
    response = HttpResponseRedirect(_next(request, meeting))
    response.status_code = 303
    return response


def _next(request: HttpRequest, meeting: Meeting) -> str:
    asked = request.POST.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return reverse("meetings:overview", args=[meeting.slug])
