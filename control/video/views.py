"""The pages of the video conference: all addresses for the secretariat, those of a bridge point for its crew, links for seats."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from control.video.forms import AddVideoAddress, EditVideoAddress
from control.video.models import VideoAddress
from control.video.queries import Way, may_have_pins, ways_of_seat, ways_of_site
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from printing.qr import qr_svg

HERE = "control:video"


@require_safe
@never_cache
def addresses(request: HttpRequest, slug: str) -> HttpResponse:
    """List the addresses for all and those of bridge points, each with its form; enter another one."""
    meeting, actor = queries.page_actor(request, slug, Ability.PREPARE)
    rows = list(meeting.video_addresses.select_related("bridge_point").order_by("number"))
    context = desk_context(meeting, actor, "meetings:bridge_points") | {
        "tabs": tabs_of("sites", meeting, actor, HERE),
        "shared": [_row(meeting, actor, row) for row in rows if row.bridge_point_id is None],
        "own": [_row(meeting, actor, row) for row in rows if row.bridge_point_id is not None],
        "listed": meeting.bridge_points.exclude(video_address="").count(),
        "may_change": meeting.state != Meeting.State.ADJOURNED,
        "form": AddVideoAddress(meeting=meeting, by=actor),
    }
    return render(request, "control/video/addresses.html", context)


def _row(meeting: Meeting, actor: Actor, row: VideoAddress) -> dict[str, Any]:
    initial = {name: getattr(row, name) for name in ("address", "use", "pin", "note", "version")} | {"video_address": row.pk}
    return {"row": row, "form": EditVideoAddress(meeting=meeting, by=actor, initial=initial, auto_id=f"video-{row.pk}-%s")}


@require_safe
@never_cache
def of_site(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a bridge point's crew how to join: links, what is dialled in large letters, QR codes, PINs."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = _site(meeting, actor, pk)
    ways = [{"way": way, "qr": _qr(way, number)} for number, way in enumerate(ways_of_site(site), start=1)]
    context = desk_context(meeting, actor, "live:console") | {"site": site, "ways": ways}
    return render(request, "control/video/site.html", context)


@require_safe
@never_cache
def joining(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The first way in of a bridge point, as its console shows it: a fragment the console fetches when poked."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = _site(meeting, actor, pk)
    return render(request, "control/video/joining.html", {"meeting": meeting, "site": site, "ways": ways_of_site(site)})


@require_safe
@never_cache
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The links of who takes part online, or watches: a fragment the own page fetches when poked."""
    meeting, actor = queries.actor_or_404(request, slug)
    return render(request, "control/video/mine.html", {"seat_ways": ways_of_seat(meeting, actor)})


def _site(meeting: Meeting, actor: Actor, pk: int) -> BridgePoint:
    site: BridgePoint | None = meeting.bridge_points.filter(pk=pk).first()
    if site is None:
        raise Http404
    if not may_have_pins(actor, site):
        raise NotAllowed(_("This is the console of another bridge point."))
    return site


def _qr(way: Way, number: int) -> object:
    return qr_svg(way.address.text, _("Address %(number)d as a QR code") % {"number": number})
