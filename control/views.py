"""The page of public displays: their addresses, what each shows, and what it shall show."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from control.forms import OpenDisplay
from control.models import Display
from control.tokens import token_of
from meetings import queries
from meetings.desk import desk_context
from meetings.models import Meeting
from meetings.procedure import Ability
from printing.qr import qr_svg

PAGE_SIZE = 24  # each with its QR code


@require_safe
def displays(request: HttpRequest, slug: str) -> HttpResponse:
    """List the displays with their addresses and what they show; steer one or all; open another."""
    meeting, actor = queries.page_actor(request, slug, Ability.STEER_DISPLAYS)
    words = request.GET.get("q", "").replace("\0", "")
    page = Paginator(_found(meeting, words), PAGE_SIZE).get_page(request.GET.get("page"))
    announcements = list(meeting.announcements.filter(withdrawn_at=None))
    context = desk_context(meeting, actor, "control:displays") | {
        "page": page,
        "rows": [_row(display) for display in page.object_list],
        "query": {"q": words},
        "announcements": announcements,
        "modes": [(mode, word) for mode, word in Display.Mode.choices if announcements or mode != Display.Mode.ANNOUNCEMENT],
        "form": OpenDisplay(meeting=meeting, by=actor),
    }
    return render(request, "control/displays.html", context)


def _found(meeting: Meeting, words: str) -> QuerySet[Display]:
    found = meeting.displays.select_related("bridge_point", "announcement").filter(revoked_at=None)
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(bridge_point__name__icontains=word))
    return found.order_by("pk")


def _row(display: Display) -> dict[str, object]:
    token = token_of(display)
    address = settings.PUBLIC_URL + reverse("live:display", args=[token])
    label = _("Address of the display %(name)s as a QR code") % {"name": display.name}
    return {"display": display, "token": token, "address": address, "qr": qr_svg(address, label)}
