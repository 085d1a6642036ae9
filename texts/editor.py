"""What the editor sent, believed in nothing: each node is built anew from what it may be."""

from __future__ import annotations

import json
from typing import Any

from texts.inline import BREAK, Run, inline
from texts.nodes import (
    ALIGNS,
    BLOCKS,
    CELLS,
    COLUMNS,
    DEPTH,
    IN_ITEMS,
    LARGEST,
    LETTERS,
    LISTS,
    MARKS,
    NODES,
    ROWS,
    SLOTS,
    Doc,
    Node,
    Refused,
    document,
    every,
    heading,
    inside,
    listing,
    paragraph,
)
from texts.tables import Cell, table

_RAW = 8 * SLOTS  # nodes sent, whatever is made of them


def read(value: object) -> Doc:
    """Return the document of what was sent: JSON or what was read of it."""
    if isinstance(value, str | bytes):
        value = _parsed(value)
    if not isinstance(value, dict) or value.get("type") != "doc":
        raise Refused("shape")
    return checked(document(_Reading().blocks(value, BLOCKS, 1)))


def _parsed(value: str | bytes) -> object:
    if len(value) > LARGEST:
        raise Refused("too_big")
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise Refused("shape") from None


class _Reading:
    """One reading; it counts what comes in, so that no time goes into what will be refused."""

    def __init__(self) -> None:
        self.seen = 0

    def blocks(self, parent: dict[str, Any], allowed: tuple[str, ...], depth: int) -> list[Node]:
        made = [self.block(child, allowed, depth) for child in self.children(parent, depth)]
        return [one for one in made if one]

    def children(self, parent: dict[str, Any], depth: int) -> list[dict[str, Any]]:
        found = parent.get("content", [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise Refused("shape")
        self.seen += len(found)
        if self.seen > _RAW:
            raise Refused("too_many")
        if found and depth > DEPTH:
            raise Refused("too_deep")
        return found

    def block(self, node: dict[str, Any], allowed: tuple[str, ...], depth: int) -> Node | None:
        """A block made anew; nothing where there is nothing in it."""
        kind = node.get("type")
        if kind not in allowed:
            raise Refused("shape")
        if kind == "paragraph":
            align = _attr(node, "align")
            if align not in (None, *ALIGNS):
                raise Refused("shape")
            made = paragraph(*self.inline(node, depth), align=align)
            return made if inside(made) else None
        if kind == "heading":
            if _attr(node, "level") not in (1, 2):
                raise Refused("shape")
            made = heading(int(_attr(node, "level")), *self.inline(node, depth))
            return made if inside(made) else None
        return self.table(node, depth) if kind == "table" else self.listing(node, depth)

    def inline(self, node: dict[str, Any], depth: int) -> list[Node]:
        return inline([_run(child) for child in self.children(node, depth + 1)])

    def listing(self, node: dict[str, Any], depth: int) -> Node | None:
        items = [self.item(child, depth + 1) for child in self.children(node, depth + 1)]
        kept = [one for one in items if one]
        if not kept:
            return None
        if node["type"] == "bullet_list":
            return listing(kept)
        return listing(kept, order=_number(_attr(node, "order"), 1, 9999))

    def item(self, node: dict[str, Any], depth: int) -> list[Node]:
        if node.get("type") != "list_item":
            raise Refused("shape")
        found = self.blocks(node, IN_ITEMS, depth + 1)
        return [paragraph(), *found] if found and found[0]["type"] in LISTS else found

    def table(self, node: dict[str, Any], depth: int) -> Node | None:
        rows = self.children(node, depth + 1)
        if len(rows) > ROWS:
            raise Refused("too_tall")
        return table([self.row(row, depth + 1) for row in rows])

    def row(self, node: dict[str, Any], depth: int) -> list[Cell]:
        if node.get("type") != "table_row":
            raise Refused("shape")
        return [self.cell(cell, depth + 1) for cell in self.children(node, depth + 1)]

    def cell(self, node: dict[str, Any], depth: int) -> Cell:
        if node.get("type") not in CELLS:
            raise Refused("shape")
        spans = (_number(_attr(node, "colspan"), 1, COLUMNS), _number(_attr(node, "rowspan"), 1, ROWS))
        return Cell(self.blocks(node, IN_ITEMS, depth + 1), node["type"] == "table_header", *spans)


def _attr(node: dict[str, Any], name: str) -> Any:
    attrs = node.get("attrs") or {}
    if not isinstance(attrs, dict):
        raise Refused("shape")
    return attrs.get(name)


def _number(value: object, low: int, high: int) -> int:
    """A whole number within its span; the lowest where none was sent."""
    if value is None:
        return low
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("shape")
    return max(low, min(value, high))


def _run(node: dict[str, Any]) -> Run:
    if node.get("type") == "hard_break":
        return Run(BREAK)
    words, marks = node.get("text"), node.get("marks", [])
    if node.get("type") != "text" or not isinstance(words, str) or not isinstance(marks, list):
        raise Refused("shape")
    names = [mark.get("type") if isinstance(mark, dict) else None for mark in marks]
    if any(name not in MARKS for name in names):
        raise Refused("shape")
    return Run(words.replace(BREAK, " "), tuple(mark for mark in MARKS if mark in names))


def checked(doc: Doc) -> Doc:
    """Return the document, or refuse it for its size; whatever made it, it is regular already."""
    letters = blocks = slots = 0
    for node in inside(doc):
        in_table = node["type"] == "table"
        for one in every(node):
            kind = one["type"]
            letters += len(one["text"]) if kind == "text" else kind == "hard_break"
            blocks += kind not in ("text", "hard_break") and not in_table
            slots += kind in CELLS
        if letters > LETTERS:
            raise Refused("too_long")
        if blocks > NODES or slots > SLOTS:
            raise Refused("too_many")
    return doc
