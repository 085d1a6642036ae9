"""The pages of calendars: the feed itself, open to whoever has its address, and where one finds and renews the address."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import queries
from meetings.calendar.actions import renew_own_calendar
from meetings.calendar.addresses import found, whole
from meetings.calendar.feeds import calendar_of, calendar_of_account
from meetings.calendar.models import CalendarAddress
from meetings.desk import desk_context, tabs_of
from meetings.procedure import Ability, the_owner
from printing.qr import qr_svg


@login_not_required
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Give a calendar to the program that has its address; 304 when nothing has changed, 404 when the address is dead.

    An account with a one-time password opens nothing: not by the address that its last owner has written down, either.
    """
    address = found(pk, token)
    if address is None or (address.account is not None and not address.account.may_act):
        raise Http404
    data = calendar_of_account(address.account) if address.account else calendar_of(address.meeting)  # type: ignore[arg-type]
    return _calendar(request, data, "lich-hop.ics")


@require_safe
def meeting_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one meeting as a file, as the reader has it."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    person = actor.participant.person if actor.participant else None
    return _calendar(request, calendar_of(meeting, for_person=person), f"{meeting.slug}.ics", as_attachment=True)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the address of one's own calendar."""
    row = CalendarAddress.objects.filter(account=queries.account(request)).first()
    return render(request, "calendar/own.html", _shown(row))


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Give one's own calendar its first, or another address."""
    account = queries.account(request)
    is_first = not CalendarAddress.objects.filter(account=account).exists()
    renew_own_calendar(by=the_owner(account))
    if is_first:
        messages.success(request, _("The calendar has its address. Enter it in your calendar program."))
    else:
        messages.success(request, _("The calendar has a new address. Programs that know the one before get nothing any more."))
    response = HttpResponseRedirect(reverse("meetings:calendar"))
    response.status_code = 303
    return response


@require_safe
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the address of a meeting's calendar, for the calendar of an office."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    row = CalendarAddress.objects.filter(meeting=meeting).first()
    context = desk_context(meeting, actor, "agenda:programme")
    context["tabs"] = tabs_of("programme", meeting, actor, "meetings:meeting_calendar")
    return render(request, "calendar/meeting.html", context | _shown(row))


def _shown(row: CalendarAddress | None) -> dict[str, Any]:
    if row is None:
        return {"address": "", "row": None}
    address = whole(row)
    webcal = f"webcal://{address.partition('://')[2]}"
    return {"address": address, "row": row, "webcal": webcal, "qr": qr_svg(address)}


def _calendar(request: HttpRequest, data: bytes, name: str, *, as_attachment: bool = False) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(data).hexdigest()[:32])
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment, name) or "inline"
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=response) or response
