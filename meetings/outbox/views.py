"""The pages of the outbox: what has been written, what has become of it, one letter as it goes out."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mailing.delivery import is_delivering
from mailing.models import Letter
from meetings import queries
from meetings.outbox.queries import counts, letters_like
from meetings.procedure import Ability, Actor
from sheets import TYPES, write_xlsx

PAGE = 100


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the letters: search, filter, and decide about many at once."""
    actor = _keeper(request)
    query = {key: request.GET.get(key, "").replace("\0", "")[:120] for key in ("q", "state", "order")}
    number = counts()
    context = {
        "page": Paginator(letters_like(query["q"], query["state"], query["order"]), PAGE).get_page(request.GET.get("page")),
        "query": query,
        "states": [(value, label, number.get(value, 0)) for value, label in Letter.State.choices],
        "unsure": number.get(Letter.State.UNSURE, 0),
        "total": sum(number.values()),
        "delivering": is_delivering(),
        "abilities": {ability.value for ability in actor.abilities},
    }
    return render(request, "outbox/outbox.html", context)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter with its text and its attachments."""
    actor = _keeper(request)
    found = get_object_or_404(Letter.objects.select_related("by__person"), pk=pk)
    context = {
        "letter": found,
        "attachments": list(found.attachments.defer("data")),
        "delivering": is_delivering(),
        "abilities": {ability.value for ability in actor.abilities},
    }
    return render(request, "outbox/letter.html", context)


@require_safe
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give an attachment as it goes out."""
    _keeper(request)
    found = get_object_or_404(get_object_or_404(Letter, pk=pk).attachments, pk=number)
    response = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """Give the found letters as a sheet, without their texts."""
    _keeper(request)
    query = {key: request.GET.get(key, "").replace("\0", "")[:120] for key in ("q", "state", "order")}
    rows = [
        [one.name, one.to, one.subject, one.get_state_display(), _moment(one.posted_at), _moment(one.sent_at), one.error]
        for one in letters_like(query["q"], query["state"], query["order"])[:20_000]
    ]
    columns = [_("Name"), _("Address"), _("Subject"), _("State"), _("Written at"), _("Sent at"), _("Remark")]
    response = HttpResponse(
        write_xlsx(_("Outbox"), columns, rows),
        content_type=TYPES["xlsx"],
    )
    response["Content-Disposition"] = 'attachment; filename="thu-di.xlsx"'
    return response


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y") if moment else ""


def _keeper(request: HttpRequest) -> Actor:
    actor = queries.office_actor(queries.account(request))
    actor.require(Ability.SEE_OUTBOX)
    return actor
