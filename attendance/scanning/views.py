"""The pages of doors and devices for who looks after them, and the page of one device with its address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attendance.scanning.actions import MAIN_DOOR
from attendance.scanning.forms import OpenDoor, OpenScanner
from attendance.scanning.models import Scanner
from attendance.scanning.queries import shown_sites, sites_with_doors, state_of
from attendance.scanning.tokens import token_of
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from printing.qr import qr_svg

PAGE_SIZE = 20  # bridge points, each with its doors and devices


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    tabs = tabs_of("delegates", meeting, actor, "attendance:doors")
    current = "attendance:participants" if actor.may(Ability.SEE_PEOPLE) else "attendance:doors"
    return desk_context(meeting, actor, current) | {"tabs": tabs, "is_over": meeting.state == Meeting.State.ADJOURNED}


@require_safe
def doors(request: HttpRequest, slug: str) -> HttpResponse:
    """List the doors and devices of the bridge points one looks after, the worst first; open more."""
    meeting, actor = queries.page_actor(request, slug, Ability.MARK_PRESENCE)
    words = request.GET.get("q", "").replace("\0", "")
    page = Paginator(sites_with_doors(meeting, actor, words), PAGE_SIZE).get_page(request.GET.get("page"))
    everywhere = actor.may(Ability.MARK_ANY_PRESENCE)
    door, scanner = OpenDoor(meeting=meeting, by=actor), OpenScanner(meeting=meeting, by=actor)
    del scanner.fields["door"]
    if not everywhere:
        del door.fields["bridge_point"], scanner.fields["bridge_point"]
    context = _frame(meeting, actor) | {
        "page": page,
        "shown": shown_sites(list(page.object_list)),
        "query": {"q": words},
        "everywhere": everywhere,
        "has_place": everywhere or actor.bridge_point_id is not None,
        "door_form": door,
        "scanner_form": scanner,
        "main_door": MAIN_DOOR,
    }
    return render(request, "attendance/scanning/doors.html", context)


@require_safe
def scanner(request: HttpRequest, slug: str, scanner: int) -> HttpResponse:
    """Show one device: its address as a QR code for another machine, the way to open it here, how it stands."""
    meeting, actor = queries.page_actor(request, slug, Ability.MARK_PRESENCE)
    device = get_object_or_404(Scanner.objects.select_related("door__bridge_point"), pk=scanner, meeting=meeting)
    if not actor.may_mark_presence_at(device.door.bridge_point_id):
        raise Http404
    path = reverse("attendance:scan", args=[token_of(device)])
    address = settings.PUBLIC_URL + path
    label = _("Address of the device %(name)s as a QR code") % {"name": device.name}
    context = _frame(meeting, actor) | {
        "device": device,
        "state": state_of(device, timezone.now()),
        "path": path,
        "address": address,
        "is_secure": address.startswith("https://"),
        "qr": qr_svg(address, label),
    }
    return render(request, "attendance/scanning/scanner.html", context)
