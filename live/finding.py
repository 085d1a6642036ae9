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
    """Return the bridge points in whose names (or whose group's) all typed words begin a word.

    Those whose own short name begins with what was typed stand first, then those whose short name holds it all.
    """
    words = fold(typed).split()
    if not words:
        return list(sites)
    groups = {site.id: site.short_name for site in sites}
    found = []
    for site in sites:
        short = fold(site.short_name)
        if _hold(f"{short} {fold(site.name)} {fold(groups.get(site.parent_id or 0, ''))}", words):
            found.append((not short.startswith(" ".join(words)), not _hold(short, words), site))
    return [site for _begins, _holds, site in sorted(found, key=lambda one: one[:2])]


def _hold(text: str, words: Sequence[str]) -> bool:
    text = f" {text}"
    return all(f" {word}" in text for word in words)
