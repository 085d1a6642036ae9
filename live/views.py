"""The five screens: each page's first load, its ticket, its fragments and the HTTP twin of the socket."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from control.models import Display
from control.tokens import display_of
from control.video.queries import ways_of_seat, ways_of_site
from live import tickets
from live.audience import Viewer, display_viewer, may_look, viewer_of
from live.first_load import first_load, twin_frame
from live.halls import acks_of, equipment_of, hall_of, lines_of
from live.hand_views import offers
from live.hub import hub
from live.replacing import of_what_stands_there
from live.voting import walls_in
from meetings import queries
from meetings.desk import desk_context
from meetings.errors import NotAllowed
from meetings.models import BridgePoint, Meeting, Role
from meetings.presiding.queries import has_handed_over
from meetings.procedure import Ability, Actor
from packets.releasing.queries import mine_of
from people.sessions import session_of
from voting.halls.queries import tally_of
from voting.polls.queries import own_votes

VOTING = ("delegate", "chair")  # screens on which one votes


@require_safe
@of_what_stands_there
def control(request: HttpRequest, slug: str) -> HttpResponse:
    """The control room."""
    meeting, actor = queries.actor_or_404(request, slug)
    if has_handed_over(meeting, actor, Role.SECRETARY):
        return redirect("live:delegate", slug)
    actor.require(Ability.SEE_CONTROL_ROOM)
    return _screen(request, meeting, actor, "control", **offers())


@require_safe
@of_what_stands_there
def chair(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair's desk."""
    meeting, actor = queries.actor_or_404(request, slug)
    if has_handed_over(meeting, actor, Role.CHAIR):
        return redirect("live:delegate", slug)
    actor.require(Ability.SEE_CHAIR_DESK)
    return _screen(request, meeting, actor, "chair", **mine_of(meeting, actor))


@require_safe
@of_what_stands_there
def delegate(request: HttpRequest, slug: str) -> HttpResponse:
    """A delegate's first screen; observers and guests see the same without the floor."""
    meeting, actor = queries.actor_or_404(request, slug)
    may_ask = actor.participant is not None and actor.may(Ability.ASK_FOR_FLOOR)
    own = mine_of(meeting, actor) | {"seat_ways": ways_of_seat(meeting, actor)}
    return _screen(request, meeting, actor, "delegate", may_ask=may_ask, **own)


@require_safe
@of_what_stands_there
def console(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """The console of a bridge point: one's own, or any for the secretariat."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = console_site(meeting, actor, pk)
    extra = hall_of(meeting, site) | {"may_mark": actor.may_mark_presence_at(site.pk)}
    extra |= {"acks": acks_of(site), "lines": lines_of(actor, site)} | mine_of(meeting, actor) | equipment_of(actor, site)
    extra |= tally_of(meeting, actor, site) | {"ways": ways_of_site(site)}
    return _screen(request, meeting, actor, "console", site=site, **extra)


@require_safe
@never_cache
def hall(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The list of a bridge point's own people: a fragment the console fetches when poked."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = console_site(meeting, actor, pk)
    context = hall_of(meeting, site) | {
        "meeting": meeting,
        "site": site,
        "may_mark": actor.may_mark_presence_at(site.pk),
    }
    return render(request, "live/parts/console/hall.html", context)


def console_site(meeting: Meeting, actor: Actor, pk: int | None) -> BridgePoint:
    """Return the bridge point whose console an actor may see; the own one when none is named."""
    wanted = pk or actor.bridge_point_id
    if wanted is None:
        raise NotAllowed(_("You do not belong to a bridge point. Choose one in the list of bridge points."))
    site: BridgePoint = get_object_or_404(meeting.bridge_points, pk=wanted)
    if not actor.may_see_console_of(site):
        raise NotAllowed(_("This is the console of another bridge point."))
    return site


def _screen(request: HttpRequest, meeting: Meeting, actor: Actor, screen: str, **extra: Any) -> HttpResponse:
    site: BridgePoint | None = extra.get("site")
    viewer = viewer_of(meeting, actor, screen, get_language(), site.pk if site else None, session_of(request))
    addresses = {
        "twin": f"{reverse('live:twin', args=[meeting.slug])}?screen={screen}",
        "renew": f"{reverse('live:ticket', args=[meeting.slug])}?screen={screen}" + (f"&site={site.pk}" if site else ""),
    }
    desk = desk_context(meeting, actor, f"live:{screen}")
    context = desk | first_load(request, viewer, desk["abilities"]) | addresses | extra
    context |= own_votes(context["state"].polls.now, actor) if screen in VOTING else {}
    return never_cache(render)(request, f"live/{screen}.html", context)


@require_safe
@never_cache
def ticket(request: HttpRequest, slug: str) -> JsonResponse:
    """A new ticket for the socket: rights are judged anew each time."""
    meeting, actor = queries.actor_or_404(request, slug)
    return JsonResponse({"ticket": tickets.seal(_viewer(request, meeting, actor).ticket)})


@require_safe
@never_cache
@of_what_stands_there
def twin(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of a screen over plain HTTP, for lines that let no socket through."""
    meeting, actor = queries.actor_or_404(request, slug)
    return _twin(request, _viewer(request, meeting, actor))


@require_POST
def here(request: HttpRequest, slug: str) -> HttpResponse:
    """What a console says on the socket, over plain HTTP: still here, the number it has taken, what has been seen."""
    meeting, actor = queries.actor_or_404(request, slug)
    site = console_site(meeting, actor, queries.number_in(request.POST.get("site", "")))
    ticket = viewer_of(meeting, actor, "console", get_language(), site.pk, session_of(request)).ticket
    number = queries.number_in(request.POST.get("got", "")) or 0
    hub.here_by_http(ticket, request.POST.get("client", "")[:64], number, request.POST.getlist("seen"))
    return HttpResponse(status=204)


def _viewer(request: HttpRequest, meeting: Meeting, actor: Actor) -> Viewer:
    screen, wanted = request.GET.get("screen", ""), queries.number_in(request.GET.get("site", ""))
    site = None if wanted is None else console_site(meeting, actor, wanted).pk
    if not may_look(actor, screen):
        raise NotAllowed(_("Your role in this meeting does not allow this."))
    return viewer_of(meeting, actor, screen, get_language(), site, session_of(request))


def _twin(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    after = queries.number_in(request.GET.get("after", "")) or 0
    frame = twin_frame(viewer, after, request.GET.get("epoch", ""))
    return HttpResponse(frame, content_type="application/json")


# --- public displays: no account, a signed address


@require_safe
@login_not_required
@of_what_stands_there
def display(request: HttpRequest, token: str) -> HttpResponse:
    """A screen on a wall."""
    found = _display(token)
    viewer = display_viewer(found, get_language())
    addresses = {
        "twin": reverse("live:display_twin", args=[token]) + "?",
        "renew": reverse("live:display_ticket", args=[token]),
    }
    loaded = first_load(request, viewer)
    content = walls_in(loaded["state"]).first_content(found.pk, loaded["parts"])
    context = {"meeting": found.meeting, "display": found} | loaded | content | addresses
    return never_cache(render)(request, "live/display.html", context)


@require_safe
@never_cache
@login_not_required
@of_what_stands_there
def display_twin(request: HttpRequest, token: str) -> HttpResponse:
    """The wall over plain HTTP."""
    return _twin(request, display_viewer(_display(token), get_language()))


@require_safe
@never_cache
@login_not_required
def display_ticket(request: HttpRequest, token: str) -> JsonResponse:
    """A new ticket for the wall's socket."""
    return JsonResponse({"ticket": tickets.seal(display_viewer(_display(token), get_language()).ticket)})


def _display(token: str) -> Display:
    found = display_of(token)
    if found is None:
        raise Http404
    return found
