"""Where ballots come in: one for a mandate, answered when it is durable. What was voted stands in no answer and no log."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from meetings.door import wants_json
from meetings.errors import Refusal
from meetings.procedure import Ability, Actor, actor_in
from meetings.queries import account, actor_or_404
from voting.ballots.casting import Sent, TakeAnotherCode, cast_ballot, votes_of
from voting.ballots.writing import NotWritten
from voting.polls.models import Mandate, Poll
from voting.polls.queries import is_hidden

logger = logging.getLogger(__name__)
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{20}")  # Crockford's base 32: 100 bits; static/js/voting/receipt.js makes it


def _positions() -> list[tuple[int, int]]:
    """Return what can be chosen at most; asked for, not listed: a form copies the list of its choices for each ballot."""
    return [(n, n) for n in range(1, 61)]


class BallotForm(forms.Form):
    """A ballot: whose vote (nothing: one's own), the choices by position, the receipt code of a secret one, a remark."""

    key = forms.UUIDField()
    choices = forms.TypedMultipleChoiceField(coerce=int, choices=_positions, required=False)
    participant = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    code = forms.CharField(max_length=20, required=False)
    remark = forms.CharField(max_length=2000, required=False)

    def clean_code(self) -> str:
        """A receipt code is 20 letters and digits."""
        code: str = self.cleaned_data["code"]
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(_("This is no receipt code. Reload the page and vote again."))
        return code

    def sent(self) -> Sent:
        """Return what was sent."""
        data = self.cleaned_data
        return Sent(data["key"], tuple(data["choices"]), data["participant"], data["code"], data["remark"])


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@never_cache
def cast(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a ballot: 200 done (also when it came before), 400 malformed, 403 no vote, 409 with the reason; 503 once more.

    409 with the state `taken`: make another receipt code. 503: send the very same ballot again, with its code.
    """
    votes = votes_of(account(request), slug, number)
    poll, actor = _who_asks(request, slug, number, votes)
    form = BallotForm(request.POST)
    if not form.is_valid():
        return _told(request, poll, 400, {"state": "invalid", "errors": form.errors.get_json_data()})
    status, body = _answer(poll, actor, form.sent(), votes)
    return _told(request, poll, status, body)


def _who_asks(request: HttpRequest, slug: str, number: int, votes: Sequence[Mandate]) -> tuple[Poll, Actor]:
    """Return the poll and who asks: the voter, whose votes have been read, or somebody else, who is a stranger or has none."""
    if votes:
        poll = votes[0].poll
        return poll, actor_in(poll.meeting, account(request), votes[0].voter)
    meeting, actor = actor_or_404(request, slug)
    found = meeting.polls.filter(number=number).exclude(state=Poll.State.DRAFT).first()
    if found is None or is_hidden(found, actor):
        raise Http404
    return found, actor


@sensitive_variables()
def _answer(poll: Poll, actor: Actor, sent: Sent, votes: Sequence[Mandate]) -> tuple[int, dict[str, Any]]:
    try:
        actor.require(Ability.CAST_BALLOTS)
        cast_ballot(poll.meeting, poll, by=actor, sent=sent, votes=votes)
    except TakeAnotherCode as refusal:
        return refusal.status, {"state": "taken", "reason": refusal.reason}
    except NotWritten as trouble:
        logger.error("A secret ballot could not be written: %s", trouble)
        return 503, {"state": "again", "reason": _("Your ballot could not be kept. Press once more.")}
    except Refusal as refusal:
        return refusal.status, {"state": "refused", "reason": refusal.reason}
    return 200, {"state": "done"}


def _told(request: HttpRequest, poll: Poll, status: int, body: dict[str, Any]) -> HttpResponse:
    """Answer a script with JSON; a plain form goes back to the poll's page."""
    if wants_json(request):
        return JsonResponse(body, status=status)
    if status != 200:
        messages.error(request, str(body.get("reason") or _("This ballot could not be read. Reload the page and vote again.")))
    return redirect(poll)
