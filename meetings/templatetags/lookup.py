"""Looking something up in a template, and choosing from a list: {{ words|at:row.role }}, {{ states|options:query.state }}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from meetings import widgets

register = template.Library()
register.filter("options", widgets.options)


@register.filter
def at(words: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping has under a key, or nothing."""
    return words.get(key, "")
