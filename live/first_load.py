"""The first load of a live page and its HTTP twin: the same parts from the same templates as the socket sends."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from live import frames, tickets
from live.audience import Viewer
from live.hub import hub
from live.rendering import render_parts
from live.snapshot import snapshot
from live.state import RoomState, read_state


def first_load(request: HttpRequest, viewer: Viewer, abilities: Collection[str] = ()) -> dict[str, Any]:
    """Return the parts of the viewer's screen with what the page needs to go on from there."""
    ticket = viewer.ticket
    state = _read(ticket.meeting)
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
    """Return what changed after a number as one frame, clock included; everything when nothing has changed is little."""
    ticket = viewer.ticket
    state = _read(ticket.meeting)
    changed: frames.Parts = {}
    if epoch != state.epoch or after != state.number:
        rendered = render_parts(ticket.screen, ticket.language, state, hub.links_of(ticket.meeting))
        changed = {name: (state.number, html) for name, html in rendered.items()}
    body = json.loads(frames.parts(state, changed))
    return json.dumps(body | {"clock": frames.clock(state.clock)}, ensure_ascii=False)


def _read(meeting_id: int) -> RoomState:
    with snapshot() as using:
        return read_state(meeting_id, using)
