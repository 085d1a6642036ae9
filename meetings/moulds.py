"""Rows of a long table without a template for each: a row's template is rendered once for each shape of row and language, with
marks where the words go; the rows themselves are filled into that mould.

Ten times as fast as an include in a loop: a programme of 100 items has some 4,000 places to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_MARK = re.compile("\ue000([a-z_]+)\ue001")


class Marks(dict[str, str]):
    """Stands for the words of a row while its mould is made: every name is a mark."""

    def __missing__(self, name: str) -> str:
        """Return the mark of a name."""
        return f"\ue000{name}\ue001"


@lru_cache(maxsize=1024)
def _mould(template: str, language: str | None, shape: tuple[tuple[str, Any], ...]) -> tuple[str, ...]:
    """Return the pieces of a row of one shape: text and the names of what goes between, in turn."""
    html = render_to_string(template, {"row": Marks(), **dict(shape)})
    return tuple(_MARK.split(html))


def filled(template: str, shape: Mapping[str, Any], words: Mapping[str, Any]) -> SafeString:
    """Return a row: `shape` decides what is in it, `words` are filled in, each escaped. In the template: {{ row.title }}."""
    pieces = list(_mould(template, get_language(), tuple(shape.items())))
    escaped: dict[str, str] = {}
    for at in range(1, len(pieces), 2):
        name = pieces[at]
        if name not in escaped:
            word = words[name]
            escaped[name] = word if isinstance(word, SafeString) else escape(str(word))
        pieces[at] = escaped[name]
    return mark_safe("".join(pieces))
