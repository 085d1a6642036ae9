"""Builds a fresh PDF out of what another one draws, and of nothing else it holds. In a child process only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from copies import appearances, contents, hanging
from copies.geometry import Box, box_of, numbers_of
from copies.layers import Layers, without_hidden
from copies.pruning import Pruner, Unpackable
from copies.refusals import Refused
from copies.unpacking import Unpacking

#: Where no box stands, viewers take a Letter page; the largest and the smallest side a page may have, in points.
LETTER = Box(0, 0, 612, 792)
LONGEST, SHORTEST = 14_400.0, 3.0
_NODES = 200_000
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


class Unbuildable(Exception):
    """Nothing can be rebuilt from this file; a picture of it may still be had."""


@dataclass
class Rebuilt:
    """A fresh PDF. `pictured`: numbers (from 0) of pages that are still empty, since only a picture can show them.

    `uncertain`: pages whose look deserves a second glance; `filled`: those on which we set fields.
    `removed`: words of copies/removals.py.
    """

    pdf: pikepdf.Pdf
    source: pikepdf.Pdf
    removed: set[str] = field(default_factory=set)
    contents: list[list[Any]] = field(default_factory=list)
    pictured: set[int] = field(default_factory=set)
    uncertain: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)


def rebuild(source: Path, *, title: str, most: int, on_page: Callable[[int, int], None]) -> Rebuilt:
    """Return a fresh PDF; raise Refused, or Unbuildable. `most`: pages; `on_page` hears of each."""
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=20_000, parser_max_nesting=200, parser_max_container_size=4_000_000, max_stream_filters=6,
        flate_max_memory=600 * 1024 * 1024, run_length_max_memory=600 * 1024 * 1024, png_max_memory=64 * 1024 * 1024,
        tiff_max_memory=64 * 1024 * 1024, dct_max_memory=600 * 1024 * 1024,
    )  # fmt: skip
    try:
        pdf = pikepdf.open(source)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError:
        raise Unbuildable from None
    try:
        return _Builder(pdf, title, most, on_page).build()
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise Unbuildable from None


class _Builder:
    def __init__(self, pdf: pikepdf.Pdf, title: str, most: int, on_page: Callable[[int, int], None]) -> None:
        self._pdf, self._title, self._most, self._on_page = pdf, title, most, on_page
        self._made = Rebuilt(pikepdf.new(), pdf)
        self._note = self._made.removed.add
        root = pdf.trailer.get("/Root")
        if not isinstance(root, Dictionary):
            raise Unbuildable
        self._root: Object = root
        self._layers = Layers(root)
        self._page_resources: Object | None = None
        self._font = cache(lambda: hanging.font(pdf))
        self._pruner = Pruner(
            on_stream=Unpacking(), on_drawing=self._on_drawing, is_hidden=self._layers.is_hidden, note=self._note
        )

    def build(self) -> Rebuilt:
        if self._root.get("/NeedsRendering") is True:
            raise Refused("blank")
        self._note_document()
        pages = self._pages()
        numbers = {page.objgen: number for number, (page, _inherited) in reversed(list(enumerate(pages))) if page.is_indirect}
        places = contents.Places(self._root, numbers, len(pages), self._note)
        fresh = []
        links = []
        for number, (page, inherited) in enumerate(pages):
            self._note_page(page)
            links.append(contents.links_of(page, places))
            fresh.append(self._page(number, page, inherited))
            self._on_page(number, 2 * len(pages))
        self._pruner.finish()
        for one in fresh:
            copied = self._made.pdf.copy_foreign(self._pdf.make_indirect(one))
            copied["/Type"] = Name.Page
            self._made.pdf.pages.append(pikepdf.Page(copied))
        self._lead(links, contents.entries_of(self._root, places))
        if self._title:
            self._made.pdf.docinfo["/Title"] = self._title
        return self._made

    # What is there

    def _pages(self) -> list[tuple[Object, dict[str, Any]]]:
        """Return the pages in order, each with what it inherits; a tree that turns back into itself is cut there."""
        waiting: list[tuple[Any, dict[str, Any]]] = [(self._root.get("/Pages"), {})]
        seen: set[tuple[int, int]] = set()
        found: list[tuple[Object, dict[str, Any]]] = []
        nodes = 0
        while waiting:
            node, inherited = waiting.pop()
            nodes += 1
            if nodes > _NODES:
                raise Refused("pages")
            if not isinstance(node, Dictionary):
                continue
            kids = node.get("/Kids")
            if not isinstance(kids, Array):
                found.append((node, inherited))
                if len(found) > self._most:
                    raise Refused("pages")
            elif node.objgen not in seen or not node.is_indirect:
                seen.add(node.objgen)
                if len(kids) > _NODES:
                    raise Refused("pages")
                own = {**inherited, **{key: node[key] for key in _INHERITED if key in node}}
                waiting += [(kid, own) for kid in reversed(list(kids))]
        if not found:
            raise Unbuildable
        return found

    def _note_document(self) -> None:
        root, trailer = self._root, self._pdf.trailer
        if self._pdf.is_encrypted:
            self._note("protection")
        names = root.get("/Names")
        for holder, key, word in (
            (root, "/OpenAction", "actions"), (root, "/AA", "actions"), (root, "/Collection", "files"), (root, "/AF", "files"),
            (names, "/JavaScript", "scripts"), (names, "/EmbeddedFiles", "files"), (root.get("/AcroForm"), "/XFA", "xfa"),
            (names, "/Renditions", "media"), (root, "/Metadata", "properties"), (root, "/StructTreeRoot", "properties"),
            (trailer, "/Info", "properties"),
        ):  # fmt: skip
            if isinstance(holder, Dictionary) and key in holder:
                self._note(word)
        self._note_action(root.get("/OpenAction"))
        self._note_actions(root.get("/AA"))

    def _note_page(self, page: Object) -> None:
        self._note_actions(page.get("/AA"))
        for one in appearances.annotations_of(page):
            self._note_action(one.get("/A"))
            self._note_actions(one.get("/AA"))

    def _note_actions(self, actions: Any) -> None:
        for key in actions.keys() if isinstance(actions, Dictionary) else ():
            self._note("actions")
            self._note_action(actions[key])

    def _note_action(self, action: Any) -> None:
        word = contents.word_of_action(action)
        if word:
            self._note(word)

    # A page

    def _page(self, number: int, page: Object, inherited: dict[str, Any]) -> Dictionary:
        def own(key: str) -> Any:
            return page[key] if key in page else inherited.get(key)

        media = box_of(own("/MediaBox")) or LETTER
        if not (media.width > 0 and media.height > 0):
            media = LETTER
        crop = (box_of(own("/CropBox")) or media).within(media) or media
        fresh = Dictionary(MediaBox=Array(media.numbers()))
        if crop != media:
            fresh["/CropBox"] = Array(crop.numbers())
        rotate = own("/Rotate")
        if isinstance(rotate, int) and not isinstance(rotate, bool) and rotate % 90 == 0 and rotate % 360:
            fresh["/Rotate"] = rotate % 360
        unit = numbers_of([page.get("/UserUnit")], 1) if "/UserUnit" in page else None
        if unit and 0.1 <= unit[0] <= 100 and unit[0] != 1:
            fresh["/UserUnit"] = page["/UserUnit"]
        sides = [side * (unit[0] if unit else 1) for side in (crop.width, crop.height)]
        try:
            if max(sides) > LONGEST or min(sides) < SHORTEST or max(media.width, media.height) > LONGEST:
                raise Unpackable
            self._draw(number, page, own("/Resources"), fresh)
        except Unpackable:
            self._made.pictured.add(number)
        return fresh

    def _draw(self, number: int, page: Object, resources: Any, fresh: Dictionary) -> None:
        self._page_resources = resources if isinstance(resources, Dictionary) else None
        streams = self._contents(page)
        if not (isinstance(resources, Dictionary) and self._pruner.keep(resources, "resources")):
            resources = Dictionary()
        group = page.get("/Group")
        if group is not None and self._pruner.keep(group, "group"):
            fresh["/Group"] = group
        flat = appearances.flatten(self._pdf, page, self._pruner, self._layers.is_hidden, self._note, self._font)
        if flat.content:
            (self._made.filled if flat.is_filled else self._made.uncertain).add(number)
            before, behind = self._balance(page)
            streams = [self._pdf.make_stream(b"q\n" * before), *streams]
            streams.append(self._pdf.make_stream(b"\n" + b"Q\n" * behind + b"".join(flat.content)))
            resources = _with(resources, "/XObject", flat.forms)
            resources = _with(resources, "/ExtGState", flat.states)
        fresh["/Resources"] = resources
        fresh["/Contents"] = Array([self._pdf.make_indirect(stream) for stream in streams])

    def _contents(self, page: Object) -> list[Object]:
        given = page.get("/Contents")
        streams = [given] if isinstance(given, Stream) else list(given) if isinstance(given, Array) else []
        streams = [one for one in streams[:20_000] if isinstance(one, Stream)]
        hidden = self._layers.hidden_names(self._page_resources)
        if hidden and streams:
            for one in streams:
                self._pruner.keep(one, "content")
            kept = without_hidden(page, hidden)
            if kept is not None:
                self._note("layers")
                return [self._pdf.make_stream(kept)]
        return [one for one in streams if self._pruner.keep(one, "content")]

    def _on_drawing(self, stream: Object, resources: Object | None) -> None:
        hidden = self._layers.hidden_names(resources if resources is not None else self._page_resources)
        kept = without_hidden(stream, hidden) if hidden else None
        if kept is not None:
            self._note("layers")
            stream.write(kept)

    def _balance(self, page: Object) -> tuple[int, int]:
        """Return how often the state must be saved before a page's content and restored behind it to be what it was."""
        depth = lowest = 0
        try:
            for instruction in pikepdf.parse_content_stream(page, "q Q"):
                depth += 1 if str(instruction.operator) == "q" else -1
                lowest = min(lowest, depth)
        except (pikepdf.PdfError, TypeError):
            raise Unpackable from None
        if depth - lowest > 10_000 or lowest < -10_000:
            raise Unpackable
        return 1 - lowest, 1 - lowest + depth

    # What leads from place to place

    def _lead(self, links: list[list[tuple[Box, list[Any]]]], entries: list[tuple[int, str, list[Any]]]) -> None:
        pdf, pages = self._made.pdf, list(self._made.pdf.pages)

        def destination(place: list[Any]) -> Array:
            return Array([pages[place[0]].obj, *place[1:]])

        for number, found in enumerate(links):
            if found and number not in self._made.pictured:
                made = [pdf.make_indirect(_link(box, destination(place))) for box, place in found]
                pages[number].obj["/Annots"] = Array(made)
        with contextlib.ExitStack() as stack:
            outline = stack.enter_context(pdf.open_outline()) if entries else None
            above: list[Any] = []
            for level, title, place in entries:
                level = min(level, len(above) + 1)  # noqa: PLW2901
                item = pikepdf.OutlineItem(title, destination(place))
                del above[level - 1 :]
                (above[-1].children if above else outline.root).append(item)  # type: ignore[union-attr]
                above.append(item)
                self._made.contents.append([level, title, place[0] + 1])


def _link(box: Box, destination: Array) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array(box.numbers()), Border=Array([0, 0, 0]), Dest=destination
    )  # fmt: skip


def _with(resources: Object, key: str, more: dict[str, Object]) -> Object:
    """Return resources with more of one kind: a new dictionary, since pages share theirs."""
    if not more:
        return resources
    fresh = Dictionary({name: resources[name] for name in resources.keys()})  # noqa: SIM118
    old = resources.get(key)
    kept = {name: old[name] for name in old.keys()} if isinstance(old, Dictionary) else {}  # noqa: SIM118
    fresh[key] = Dictionary({**kept, **more})
    return fresh
