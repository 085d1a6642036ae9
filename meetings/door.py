"""The command door: POST /m/<slug>/do/<command>/ for a meeting, /do/<command>/ for the office. Every change comes in here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meetings import commands, lateness, replies
from meetings.commands import Command, OfficeForm
from meetings.errors import Refusal
from meetings.journal import office_journal
from meetings.models import Meeting
from meetings.procedure import Actor
from meetings.queries import account, actor_for, actor_or_404, office_actor
from people.models import User

# What is not part of what is asked. `not_after` is: the same command with another one is another command.
NOT_COMMAND = frozenset({"csrfmiddlewaretoken", "command_id", "next"})


@dataclass(frozen=True)
class Doorway:
    """Where a command knocks: the journal that records it, who knocks, what the form and the action are told, the way back."""

    journal_id: int
    actor: Actor
    home: str
    meeting: Meeting | None = None

    def form(self, command: Command, request: HttpRequest) -> OfficeForm:
        """Return the command's form on what was sent."""
        subject = {} if self.meeting is None else {"meeting": self.meeting}
        return command.form(request.POST, request.FILES, by=self.actor, **subject)

    def turn_away(self, command: Command, command_id: uuid.UUID) -> None:
        """Raise NotAllowed at once for who may only look: however often they knock, nobody waits and nothing is written.

        Safe, though this refusal is not kept: effects happen under the lock alone, with their reply, so nothing has happened;
        what was answered under the lock while they had more rights is asked for first, and given again. If they are given
        more rights later, and send what they were refused once more, it is done then, once: as if it had been sent then.
        Whose rights are more than looking (they come and go with a role) is refused under the lock, and that is kept.
        """
        if self.actor.only_looks and not replies.is_known(command_id):
            self.actor.require(command.ability)

    def prepare(self, command: Command, form: OfficeForm, command_id: uuid.UUID) -> dict[str, Any] | Refusal:
        """Do, once, what must not wait under the lock; a refusal becomes the answer, which is stored like any other."""
        if not (command.before or command.trial) or not self.actor.may(command.ability) or replies.is_known(command_id):
            return {}
        try:
            made = command.before(self.meeting, by=self.actor) if command.before else {}
            return made | (command.trial(self.meeting, by=self.actor, **form.arguments()) if command.trial else {})
        except Refusal as refusal:
            return refusal

    def act(
        self, command: Command, form: OfficeForm, prepared: dict[str, Any] | Refusal, not_after: datetime | None
    ) -> dict[str, str]:
        """Run the command's action and return what the answer adds: where the browser goes on, if anywhere.

        Raises NotAllowed before the form's words are looked at, OutOfOrder when it comes too late.
        """
        self.actor.require(command.ability)  # whose right came while they waited sent a form that nobody has read
        by = self._as_of_now(command)
        by.require(command.ability)
        lateness.refuse_late(not_after, self.meeting)
        if isinstance(prepared, Refusal):
            raise prepared
        subject = () if self.meeting is None else (self.meeting,)
        made = command.action(*subject, by=by, **form.arguments(), **prepared)
        return {"address": command.leads_to(made)} if command.leads_to else {}

    def _as_of_now(self, command: Command) -> Actor:
        """Return who knocks with the rights that hold under the lock: they may have gone while the command waited for it."""
        user = User.objects.select_related("person").get(pk=self.actor.user.pk)
        return office_actor(user) if self.meeting is None else actor_for(user, self.meeting, wanted=command.ability)


@sensitive_post_parameters()
@require_POST
def do(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Carry out one command on a meeting."""
    command = commands.find(name)
    meeting, actor = actor_or_404(request, slug, wanted=command.ability if command else None)
    return _knock(request, Doorway(meeting.journal_id, actor, meeting.get_absolute_url(), meeting), command)


@sensitive_post_parameters()
@require_POST
def do_in_office(request: HttpRequest, name: str) -> HttpResponse:
    """Carry out one command of the office."""
    actor = office_actor(account(request))
    return _knock(request, Doorway(office_journal(), actor, reverse("meetings:index")), commands.find_in_office(name))


def _knock(request: HttpRequest, doorway: Doorway, command: Command | None) -> HttpResponse:
    """Answer with JSON where asked for, else lead back to the page the command came from."""
    if command is None:
        raise Http404
    command_id = _command_id(request)
    if command_id is None:
        return _invalid(request, doorway, {"command_id": [_("A command needs an id of its own (UUID).")]})
    try:
        doorway.turn_away(command, command_id)
    except Refusal as refusal:
        return _refuse(request, doorway, refusal)
    form, (not_after, faults) = doorway.form(command, request), _not_after(request)
    # What was good when it was done may be malformed now (the item is gone): a repeat gets its answer all the same.
    if doorway.actor.may(command.ability) and (not form.is_valid() or faults) and not replies.is_known(command_id):
        return _invalid(request, doorway, {field: list(map(str, errors)) for field, errors in form.errors.items()} | faults)
    asked = replies.fingerprint(command.name, _body(request))
    prepared = doorway.prepare(command, form, command_id)
    try:
        reply = replies.once(
            doorway.journal_id,
            command_id,
            by=doorway.actor,
            asked=asked,
            run=lambda: doorway.act(command, form, prepared, not_after),
        )
    except Refusal as refusal:
        return _refuse(request, doorway, refusal)
    return _answer(request, doorway, reply.status, reply.body)


def _command_id(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("command_id", ""))
    except ValueError:
        return None


def _not_after(request: HttpRequest) -> tuple[datetime | None, dict[str, list[str]]]:
    """Return the moment after which the command is refused, or what is wrong with it."""
    try:
        return lateness.read(request.POST.get("not_after", "")), {}
    except ValueError:
        return None, {"not_after": [_("A moment with its offset is needed, such as 2025-11-26T09:41:07+07:00.")]}


def _body(request: HttpRequest) -> dict[str, list[str]]:
    return {key: request.POST.getlist(key) for key in request.POST if key not in NOT_COMMAND}


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer goes to a script (Accept: application/json) and not to a person's browser."""
    return request.accepts("application/json") and not request.accepts("text/html")


def _refuse(request: HttpRequest, doorway: Doorway, refusal: Refusal) -> HttpResponse:
    return _answer(request, doorway, refusal.status, {"state": "refused", "reason": refusal.reason})


def _answer(request: HttpRequest, doorway: Doorway, status: int, body: dict[str, Any]) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(body, status=status)
    if status == 200:
        return _back(request, doorway, body.get("address", ""))
    messages.error(request, body["reason"])
    return _back(request, doorway)


def _invalid(request: HttpRequest, doorway: Doorway, errors: dict[str, list[str]]) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"state": "invalid", "errors": errors}, status=400)
    context = {"meeting": doorway.meeting, "errors": errors, "back": _next(request, doorway)}
    return render(request, "400.html", context, status=400)


def _back(request: HttpRequest, doorway: Doorway, address: str = "") -> HttpResponseRedirect:
    response = HttpResponseRedirect(address or _next(request, doorway))
    response.status_code = 303
    return response


def _next(request: HttpRequest, doorway: Doorway) -> str:
    asked = request.POST.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return doorway.home
