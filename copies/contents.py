"""The table of contents and the links within a PDF, as plain places: page and position, never an action. In a child only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, String

from copies.appearances import annotations_of
from copies.geometry import Box, box_of, numbers_of

#: Entries of a table of contents, names of places, links on one page; levels.
MOST, PLACES, LINKS, LEVELS = 3000, 100_000, 1000, 8
LONGEST = 300
_FITS = {"/Fit": 0, "/FitB": 0, "/FitH": 1, "/FitV": 1, "/FitBH": 1, "/FitBV": 1, "/FitR": 4, "/XYZ": 3}
_WAYS_OUT = {
    "/JavaScript": "scripts", "/URI": "links", "/GoToR": "links", "/Thread": "links", "/GoToDp": "links", "/GoToE": "files",
    **dict.fromkeys(("/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/Hide", "/SetOCGState", "/Trans"), "actions"),
    **dict.fromkeys(("/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/GoTo3DView"), "media"),
}  # fmt: skip


class Places:
    """Where the names and targets of one PDF lead, by the number of the page from 0."""

    def __init__(self, root: Object, pages: Mapping[tuple[int, int], int], count: int, note: Callable[[str], None]) -> None:
        self._root, self._pages, self._count, self._note = root, pages, count, note
        self._names: dict[str, Any] | None = None

    def of(self, thing: Object) -> list[Any] | None:
        """Return where an entry or a link leads: [page, /XYZ, left, top, zoom] and the like; None if nowhere within."""
        target = thing.get("/Dest")
        action = thing.get("/A")
        if isinstance(action, Dictionary):
            if target is None and str(action.get("/S")) == "/GoTo":
                target = action.get("/D")
            elif word_of_action(action):
                self._note(word_of_action(action))
        return self._place(target)

    def _place(self, target: Any) -> list[Any] | None:
        for _step in range(3):
            if isinstance(target, String | Name):
                target = self._named().get(str(target).lstrip("/") if isinstance(target, Name) else str(target))
            if isinstance(target, Dictionary):
                target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        page = target[0] if isinstance(target[0], int) else self._pages.get(getattr(target[0], "objgen", (0, 0)))
        if page is None or isinstance(page, bool) or not 0 <= page < self._count:
            return None
        return [page, *_view(list(target)[1:6])]

    def _named(self) -> dict[str, Any]:
        if self._names is None:
            self._names = {}
            old = self._root.get("/Dests")
            if isinstance(old, Dictionary):
                self._names |= {key[1:]: old[key] for key in list(old.keys())[:PLACES]}
            tree = self._root.get("/Names")
            self._names |= dict(_leaves(tree.get("/Dests") if isinstance(tree, Dictionary) else None))
        return self._names


def word_of_action(action: Any) -> str:
    """Return the word of copies/removals.py for an action that leads out of the paper or does something; none for the others."""
    return _WAYS_OUT.get(str(action.get("/S")), "") if isinstance(action, Dictionary) else ""


def _leaves(tree: Any) -> Iterator[tuple[str, Any]]:
    waiting, seen, found = [tree], set[tuple[int, int]](), 0
    while waiting and found < PLACES:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        kids, names = node.get("/Kids"), node.get("/Names")
        waiting += list(kids)[:PLACES] if isinstance(kids, Array) and len(seen) < PLACES else []
        pairs = list(names)[: 2 * PLACES] if isinstance(names, Array) else []
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            found += 1
            if isinstance(key, String):
                yield str(key), value


def _view(given: list[Any]) -> list[Any]:
    kind = str(given[0]) if given and isinstance(given[0], Name) else "/Fit"
    if kind not in _FITS or len(given) - 1 < _FITS[kind]:
        return [Name.Fit]
    values = [value if value is None else numbers_of([value]) for value in given[1 : 1 + _FITS[kind]]]
    if kind == "/FitR" and None in values:
        return [Name.Fit]
    return [Name(kind), *(None if value is None else round(value[0], 2) for value in values)]


def links_of(page: Object, places: Places) -> list[tuple[Box, list[Any]]]:
    """Return the links of a page that lead within the paper."""
    found: list[tuple[Box, list[Any]]] = []
    for one in annotations_of(page):
        if str(one.get("/Subtype")) != "/Link":
            continue
        place, box = places.of(one), box_of(one.get("/Rect"))
        if place is not None and box is not None and len(found) < LINKS:
            found.append((box, place))
    return found


def entries_of(root: Object, places: Places) -> list[tuple[int, str, list[Any]]]:
    """Return the table of contents: level from 1, title, place. Rings and endless lists are left where they turn back."""
    outlines = root.get("/Outlines")
    found: list[tuple[int, str, list[Any]]] = []
    waiting = [(outlines.get("/First"), 1)] if isinstance(outlines, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST:
        entry, level = waiting.pop()
        if not isinstance(entry, Dictionary) or entry.objgen in seen or level > LEVELS:
            continue
        seen.add(entry.objgen)
        place, title = places.of(entry), words_of(entry.get("/Title"))
        if place is not None and title:
            found.append((level, title, place))
        waiting += [(entry.get("/Next"), level), (entry.get("/First"), level + 1)]
    return found


def words_of(thing: Any) -> str:
    """Return a title as plain words in one line: no marks that turn the writing, none that are unseen."""
    if not isinstance(thing, String):
        return ""
    letters = (" " if letter.isspace() else letter for letter in str(thing)[: LONGEST * 4])
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:LONGEST].strip()
