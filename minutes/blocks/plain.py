"""The journal's plain words as a document: paragraphs, lists and tables. Pure; its words are ours and have no limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from minutes.drafted import ANNEX, TABLE

if TYPE_CHECKING:
    from texts.nodes import Doc

Node = dict[str, Any]
BULLET = "- "


def doc_of(kind: str, text: str) -> Doc:
    """Return the words of a block of the journal as a document: a table where its kind is one."""
    lines = [line for line in text.splitlines() if line.strip()]
    content = _table(lines) if kind in (TABLE, ANNEX) else list(_running(lines))
    doc: Any = {"type": "doc", "content": content or [{"type": "paragraph"}]}
    return doc


def _paragraph(text: str) -> Node:
    words = text.strip()
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]} if words else {"type": "paragraph"}


def _running(lines: Iterable[str]) -> Iterator[Node]:
    """A line a paragraph; lines that begin with a hyphen are the items of a list."""
    for is_list, some in groupby(lines, key=lambda line: line.startswith(BULLET)):
        if is_list:
            items = [{"type": "list_item", "content": [_paragraph(line.removeprefix(BULLET))]} for line in some]
            yield {"type": "bullet_list", "content": items}
        else:
            yield from (_paragraph(line) for line in some)


def _table(lines: list[str]) -> list[Node]:
    """A row a line, the first one the titles; ragged rows are filled up or cut."""
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    if not rows:
        return []
    width = len(rows[0])
    even = [(row + [""] * width)[:width] for row in rows]
    return [{"type": "table", "content": [_row(row, "table_header" if at == 0 else "table_cell") for at, row in enumerate(even)]}]


def _row(cells: list[str], kind: str) -> Node:
    return {"type": "table_row", "content": [{"type": kind, "content": [_paragraph(cell)]} for cell in cells]}
