"""Fragments of the control room and the chair's desk: the tiles of a group, bridge points found by name, one line of messages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from control import phrases
from control.incidents.models import Incident
from control.models import Display, Line, Message, ReadMark, SiteCommand
from control.queries import thread
from live.board import Tile, group_tiles, tiles_of
from live.finding import find
from live.hub import hub
from live.reading import read_newest
from live.replacing import of_what_stands_there
from live.state import RoomState, SpeechState
from meetings import queries
from meetings.errors import NotAllowed
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability

SOUGHT_AT_MOST = 100  # characters
FOUND_SHOWN = 40  # all of a conference of the provinces


def offers() -> dict[str, Any]:
    """Return what the forms of the control room offer: sentences, kinds of commands and incidents, modes of displays."""
    return {
        "announcement_phrases": phrases.ANNOUNCEMENTS,
        "kinds": [(kind, word, phrases.SITE_COMMANDS[kind]) for kind, word in SiteCommand.Kind.choices],
        "modes": Display.Mode.choices,
        "incident_kinds": Incident.Kind.choices,
    }


@require_safe
@never_cache
@of_what_stands_there
def group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The tiles of the bridge points under one parent, the worst first."""
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_CONTROL_ROOM)
    state = _state(meeting)
    tiles = group_tiles(state, hub.links_of(meeting.pk), _floor(state), pk)
    if not tiles:
        raise Http404
    return render(request, "live/pieces/site_tiles.html", {"meeting": meeting, "rows": [(tile, "") for tile in tiles]})


@require_safe
@never_cache
@of_what_stands_there
def found(request: HttpRequest, slug: str) -> HttpResponse:
    """Bridge points by name (q), as tiles of the board or, for a form (choose), as buttons."""
    meeting, actor = queries.actor_or_404(request, slug)
    if not (actor.may(Ability.SEE_CONTROL_ROOM) or actor.may(Ability.SEE_CHAIR_DESK)):
        raise NotAllowed(_("Your role in this meeting does not allow this."))
    state = _state(meeting)
    sites = find(state.sites, request.GET.get("q", "")[:SOUGHT_AT_MOST])
    tiles: list[Tile] = tiles_of(state, hub.links_of(meeting.pk), _floor(state), sites[:FOUND_SHOWN])
    names = {site.id: site.short_name for site in state.sites} if any(tile.group for tile in tiles) else {}
    context = {
        "meeting": meeting,
        "rows": [(tile, names.get(tile.group or 0, "")) for tile in tiles],
        "more": len(sites) - len(tiles),
        "sought": True,
    }
    return render(request, f"live/pieces/{'choices' if 'choose' in request.GET else 'site_tiles'}.html", context)


def _state(meeting: Meeting) -> RoomState:
    return read_newest(meeting.pk, hub.state_of(meeting.pk))


def _floor(state: RoomState) -> SpeechState | None:
    return next((speech for speech in state.speeches if speech.state == "speaking"), None)


@require_safe
@never_cache
def line(request: HttpRequest, slug: str, pk: int, line: str) -> HttpResponse:
    """One line to one bridge point, as the side of it sees it that the reader stands on; the control room's when on both."""
    meeting, actor = queries.actor_or_404(request, slug)
    if line not in Line.values:
        raise Http404
    site: BridgePoint = get_object_or_404(meeting.bridge_points, pk=pk)
    centre, there = actor.sides_of_line(line, site.pk)
    if not (centre or there):
        raise NotAllowed(_("This line is not yours to read."))
    at_site = not centre
    context = {
        "meeting": meeting,
        "abilities": {ability.value for ability in actor.abilities},
        "site": site,
        "line": line,
        "at_site": at_site,
        "rows": _rows(site, line, at_site),
        "phrases": phrases.MESSAGES[line, at_site],
    }
    return render(request, "live/pieces/line.html", context)


def _rows(site: BridgePoint, line: str, at_site: bool) -> list[dict[str, Any]]:
    read = dict(ReadMark.objects.filter(bridge_point=site, line=line).values_list("at_site", "up_to"))
    return [_row(message, read, at_site) for message in thread(site, line)]


def _row(message: Message, read: dict[bool, int], at_site: bool) -> dict[str, Any]:
    """A message with whose it is, and whether the side it was written to has read it."""
    return {
        "message": message,
        "own": message.from_site == at_site,
        "read": message.pk <= read.get(not message.from_site, 0),
    }
