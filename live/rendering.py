"""The parts of a screen as HTML: the same templates for the first load, the socket and the HTTP twin."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from live.screens import SCREENS, Links, context_of
from live.state import RoomState


def render_parts(
    screen: str,
    language: str,
    state: RoomState,
    links: Links,
    *,
    only: Iterable[str] | None = None,
    request: HttpRequest | None = None,
) -> dict[str, str]:
    """Return the HTML of a screen's parts by name. With a request, forms in them also work without scripts."""
    with translation.override(language):
        context = context_of(screen, state, links)
        return {
            part: render_to_string(f"live/parts/{screen}/{part}.html", context, request=request).strip()
            for part in only or SCREENS[screen].parts
        }
