"""For the pages and commands of layouts: what their addresses are made from, and the bodies with which they would be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minutes.papers.layouts.actions import set_layout
from tests.make import the_secretariat

Body = dict[str, Any]
SOURCE = "HD05-HD/VPTW, mục 9, đọc ngày 22/11/2026"


def behind_layouts(route: str) -> Body:
    """Return what the address of a route of layouts is made from."""
    return {"code": "HD05-2026", "field": "line_height"} if route.startswith("minutes:layout") else {}


def set_line_height(value: float = 19) -> None:
    """Set one number of the Party's layout."""
    set_layout(by=the_secretariat(), profile="HD05-2026", number="line_height", value=value, was="", source=SOURCE)


def _set() -> Body:
    return {"profile": "HD05-2026", "number": "body_text.size", "was": "14", "value": "14,5", "source": SOURCE}


def _reset() -> Body:
    set_line_height()
    return {"profile": "HD05-2026", "number": "line_height"}


LAYOUTS: dict[str, Callable[[], Body]] = {"layout.set": _set, "layout.reset": _reset}
