"""When something is expected, as an element that reckons on by itself: {% expected_time expected item.id %}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from agenda.running.expected import Expected

register = template.Library()


@register.inclusion_tag("live/pieces/expected.html")
def expected_time(expected: Mapping[int, Expected], item: int, *, is_bare: bool = False) -> dict[str, Any]:
    """Show when an item is expected, and by how much that is later than planned; `is_bare`: the time alone."""
    return {"one": expected.get(item), "is_bare": is_bare}
