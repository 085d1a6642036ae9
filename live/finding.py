"""Finding bridge points by what somebody types of their names, with or without the marks of Vietnamese letters. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from live.state import SiteState


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return letters without their marks, small, so that "lao cai" finds Lào Cai."""
    letters = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(letters).replace("đ", "d").replace("Đ", "D").lower()


def find(sites: Sequence[SiteState], typed: str) -> list[SiteState]:
    """Return the bridge points whose names (or whose group's name) hold all typed words, in their order.

    Those whose own short name begins with what was typed stand first. Nothing typed: all.
    """
    words = fold(typed).split()
    if not words:
        return list(sites)
    groups = {site.id: site.short_name for site in sites}
    hits = [s for s in sites if all(w in fold(f"{s.short_name} {s.name} {groups.get(s.parent_id or 0, '')}") for w in words)]
    begin = " ".join(words)
    return sorted(hits, key=lambda s: not fold(s.short_name).startswith(begin))
