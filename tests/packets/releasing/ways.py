"""All ways to a paper. Whoever adds an address that shows something of papers adds it here: the parity test goes it.

Of one paper: the address answers 404 exactly to whom the paper is not there. Of many: what it shows holds the words that stand
in the title of each paper exactly for whom the paper is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting


@dataclass(frozen=True)
class Copy:
    """A paper as somebody once opened it: its number, the number of the version, and the code of that reader's copy."""

    number: int
    version: int
    code: str


@dataclass(frozen=True)
class Way:
    """A way to one paper. `refused`: what it answers to who may see the paper, and may not do that with it."""

    go: Callable[[Client, Meeting, Copy], HttpResponseBase]
    shows: int = 200
    refused: tuple[int, ...] = ()


def _address(name: str, meeting: Meeting, *rest: object) -> str:
    return reverse(f"packets:{name}", args=[meeting.slug, *rest])


ONE: dict[str, Way] = {
    "page": Way(lambda c, m, p: c.head(_address("reader", m, p.number))),
    "file": Way(lambda c, m, p: c.get(_address("file", m, p.number, p.code), headers={"Range": "bytes=0-9"}), shows=206),
    "download": Way(lambda c, m, p: c.head(_address("download", m, p.number)), refused=(403,)),
    "print": Way(lambda c, m, p: c.head(_address("print_copy", m, p.number)), refused=(403,)),
    "standing": Way(lambda c, m, p: c.get(_address("standing", m, p.number))),
    "standing of several": Way(lambda c, m, p: c.get(_address("standings", m), {"of": p.number})),
    "search in it": Way(lambda c, m, p: c.get(_address("find_in_paper", m, p.number), {"q": "zzchung"})),
    "bookmarks": Way(lambda c, m, p: c.get(_address("bookmarks", m, p.number))),
    "bookmark": Way(lambda c, m, p: c.post(_address("bookmarks", m, p.number), {"page": 1, "words": "x"})),
    "progress": Way(lambda c, m, p: c.post(_address("progress", m, p.code), {"pages": "1", "seconds": 1, "page": 1}), shows=204),
    "desk": Way(lambda c, m, p: c.get(_address("paper_desk", m, p.number)), refused=(403,)),
    "original": Way(lambda c, m, p: c.head(_address("original", m, p.number, p.version)), refused=(403,)),
}

# The ways that can ask for one version of a paper and no other: its number stands in the address.
EXACT: dict[str, Way] = {
    "page": Way(lambda c, m, p: c.head(_address("reader", m, p.number), query_params={"version": p.version})),
    "file": ONE["file"],
    "download": Way(
        lambda c, m, p: c.head(_address("download", m, p.number), query_params={"version": p.version}), refused=(403,)
    ),
    "print": Way(
        lambda c, m, p: c.head(_address("print_copy", m, p.number), query_params={"version": p.version}), refused=(403,)
    ),
    "standing": Way(lambda c, m, p: c.get(_address("standing", m, p.number), {"version": p.version})),
    "search in it": Way(lambda c, m, p: c.get(_address("find_in_paper", m, p.number), {"q": "zzmoi", "version": p.version})),
    "bookmarks": Way(lambda c, m, p: c.get(_address("bookmarks", m, p.number), {"version": p.version})),
    "bookmark": Way(
        lambda c, m, p: c.post(_address("bookmarks", m, p.number), {"page": 1, "words": "x"}, query_params={"version": p.version})
    ),
}

MANY: dict[str, Callable[[Client, Meeting], HttpResponseBase]] = {
    "list": lambda c, m: c.get(_address("papers", m)),
    "search": lambda c, m: c.get(_address("find", m), {"q": "zztua"}),
    "search in texts": lambda c, m: c.get(_address("find", m), {"q": "zzchung"}),
    "fragment": lambda c, m: c.get(_address("mine", m)),
    "packet": lambda c, m: c.get(_address("packet", m)),
}
