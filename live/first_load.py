"""The first load of a live page and its HTTP twin: the same parts from the same templates as the socket sends."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from live import frames, tickets
from live.audience import Viewer
from live.hub import hub
from live.reading import read_newest
from live.rendering import render_parts
from live.screens import SCREENS
from live.state import RoomState
from live.tickets import Ticket
from live.veil import hidden_of, veiled


def first_load(request: HttpRequest, viewer: Viewer, abilities: Collection[str] = ()) -> dict[str, Any]:
    """Return the parts of the viewer's screen with what the page needs to go on from there."""
    ticket = viewer.ticket
    state = _read(ticket)
    links = hub.links_of(ticket.meeting)
    parts = render_parts(ticket.screen, ticket.language, state, links, request=request, abilities=abilities)
    return {
        "parts": parts,
        "state": state,
        "live": {
            "socket": f"/ws/m/{ticket.slug}/",
            "ticket": tickets.seal(ticket),
            "after": state.number,
            "epoch": state.epoch,
            "clock": json.dumps(frames.clock(state.clock)),
        },
    }


def twin_frame(viewer: Viewer, after: int, epoch: str) -> str:
    """Return what changed after a number as one frame, clock and soft parts included: all parts, or none of them."""
    ticket = viewer.ticket
    state = _read(ticket)
    moved = epoch != state.epoch or after != state.number
    names = SCREENS[ticket.screen].parts if moved else SCREENS[ticket.screen].soft
    rendered = render_parts(ticket.screen, ticket.language, state, hub.links_of(ticket.meeting), only=names)
    changed: frames.Parts = {name: (state.number, html) for name, html in rendered.items() if moved}
    body = json.loads(frames.parts(state, changed)) | {"clock": frames.clock(state.clock)}
    if not moved and rendered:
        body["soft"] = {name: {"html": html} for name, html in rendered.items()}
    return json.dumps(body, ensure_ascii=False)


def _read(ticket: Ticket) -> RoomState:
    """Read a meeting as the viewer may see it, from where this process's room has come to if it has one."""
    state = read_newest(ticket.meeting, hub.state_of(ticket.meeting))
    return veiled(state, hidden_of(ticket, state.shut), ticket.screen, ticket.language)
