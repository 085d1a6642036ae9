"""The parts of a screen as HTML: the same templates for the first load, the socket and the HTTP twin."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from live.board import Links
from live.screens import SCREENS, context_of
from live.state import RoomState
from live.veil import veiled


class Audience(NamedTuple):
    """Everybody who sees the same: a screen in a language, without the items that are hidden from them (mostly none)."""

    screen: str
    language: str
    hidden: tuple[int, ...] = ()


def render_for(audience: Audience, state: RoomState, links: Links, *, only: Iterable[str] | None = None) -> dict[str, str]:
    """Return the HTML of the parts of an audience's screen as it may see them."""
    screen, language, *rest = audience
    hidden: tuple[int, ...] = rest[0] if rest else ()
    return render_parts(screen, language, veiled(state, hidden, screen, language), links, only=only)


def render_parts(
    screen: str,
    language: str,
    state: RoomState,
    links: Links,
    *,
    only: Iterable[str] | None = None,
    request: HttpRequest | None = None,
    abilities: Collection[str] | None = None,
) -> dict[str, str]:
    """Return the HTML of a screen's parts by name, or `only` of some. With a request, forms in them also work without scripts.

    With `abilities` the forms the reader may not use are left out; without, all are there for the page to choose from.
    """
    names = SCREENS[screen].parts if only is None else tuple(only)
    if not names:
        return {}
    with translation.override(language):
        context = context_of(screen, state, links)
        if abilities is not None:
            context["abilities"] = abilities
        return {part: render_to_string(f"live/parts/{screen}/{part}.html", context, request=request).strip() for part in names}
