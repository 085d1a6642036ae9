"""The page behind a reply link: no account, no cookie of ours, nothing changed by looking."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from issuing.answering.actions import answer_invitation
from issuing.answering.answers import is_said, refuse_too_often
from issuing.answering.forms import AnswerFields
from issuing.invitations import links
from issuing.invitations.values import occasion
from issuing.invitations.wording import filled
from issuing.models import Invitation, InvitationText
from meetings.errors import Refusal
from meetings.procedure import the_invited

#: Addresses that lead nowhere, by one machine in one minute: guessing among 2^128 is hopeless, being asked to is a nuisance.
MISSES, MINUTE = 60, 60


# The token in the address is all the authority there is: no cookie is asked, so another site's form gains nothing. (A page
# that sends no referrer has the origin "null", which the check by origin refuses.)
@method_decorator([csrf_exempt, login_not_required, never_cache], name="dispatch")
class Reply(View):
    """What somebody is invited to, and the answer; the answer may be changed until the link ends."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let no address with a token leave with a click, a frame or a search engine."""
        response: Any = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the invitation. Nothing is noted: scanners of mail follow every link."""
        found, refused = self._found(request, token)
        return refused if found is None else self._page(request, found, AnswerFields(initial=_said(found)))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the answer."""
        found, refused = self._found(request, token)
        if found is None:
            return refused
        form = AnswerFields(request.POST)
        if not form.is_valid():
            return self._page(request, found, form, status=400)
        answer = form.said()
        try:
            refuse_too_often(found)
            if not is_said(found, answer):  # else nothing changes, and the meeting's journal need not be locked
                who = the_invited(found.participant)
                answer_invitation(found.meeting, by=who, invitation=found, answer=answer, way=Invitation.Way.LINK)
        except Refusal as refusal:
            return self._page(request, found, form, refusal=refusal.reason, status=refusal.status)
        answered = HttpResponseRedirect(request.path)
        answered.status_code = 303
        return answered

    def _found(self, request: HttpRequest, token: str) -> tuple[Invitation | None, HttpResponse]:
        """Return the invitation whose link lives, else the page that says why not: it tells nobody's name, no meeting's."""
        found = links.find(token)
        if found is None:
            too_many = _misses(request) > MISSES
            return None, _closed(request, "too_many" if too_many else "unknown", 429 if too_many else 404)
        if found.state == Invitation.State.RECALLED:
            return None, _closed(request, "recalled", 410)
        if links.is_over(found.meeting, _text(found)):
            return None, _closed(request, "over", 410)
        return found, HttpResponse()

    def _page(
        self, request: HttpRequest, found: Invitation, form: AnswerFields, *, refusal: str = "", status: int = 200
    ) -> HttpResponse:
        meeting, text = found.meeting, _text(found)
        told = occasion(meeting, text or InvitationText(), number=found.document.symbol, dated=found.document.dated)
        context = {
            "invitation": found,
            "occasion": told,
            "where": told.where(found.participant.bridge_point),
            "requirements": filled(text.requirements, told.values_for(found.participant)) if text else "",
            "sittings": list(meeting.sittings.all()),
            "text": text,
            "ends_at": links.ends_at(meeting, text),
            "form": form,
            "refusal": refusal,
            "is_demonstration": meeting.is_demonstration,
        }
        return render(request, "issuing/reply.html", context, status=status)


def _misses(request: HttpRequest) -> int:
    """Count one more address that leads nowhere, and return how many there were in this minute."""
    key = f"reply-misses:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, MINUTE):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended just now
        return 1


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "issuing/reply_closed.html", {"why": why}, status=status)


def _text(found: Invitation) -> InvitationText | None:
    return InvitationText.objects.filter(meeting_id=found.meeting_id).first()


def _said(found: Invitation) -> dict[str, str]:
    names = ("reason", "substitute_name", "substitute_position", "substitute_phone")
    return {"answer": found.state} | {name: getattr(found, name) for name in names}
