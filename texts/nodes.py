"""What a text is made of: the JSON that the editor writes, and how much of it there may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

Node = dict[str, Any]
Doc = dict[str, Any]  # {"type": "doc", "content": [block, …]}, as ProseMirror writes it; what is the default is left out

MARKS = ("strong", "em")
LISTS = ("bullet_list", "ordered_list")
CELLS = ("table_cell", "table_header")
BLOCKS = ("paragraph", "heading", *LISTS, "table")  # of a document
IN_ITEMS = ("paragraph", *LISTS)  # of an item of a list and of a cell
ALIGNS = ("left", "center", "right")

DEPTH = 12  # the document is 0, the letters of a list in five steps are 12
NODES = 2_000  # blocks, those in tables not counted
LETTERS = 200_000
COLUMNS, ROWS = 30, 500  # of a table
SLOTS = COLUMNS * ROWS  # of all tables together
LARGEST = 4_000_000  # letters of a source, HTML or JSON, before anything is read


class Refused(Exception):
    """A text that is not taken; `word` says why: shape, too_deep, too_many, too_long, too_wide, too_tall, too_big."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    @property
    def sentence(self) -> str:
        """Why, and what to do, for people."""
        return sentence_of(self.word)


def sentence_of(word: str) -> str:
    """Return the sentence for people of a refusal."""
    return {
        "too_deep": _("A list has more than five levels. Bring the deepest ones up and save again."),
        "too_many": _("This text has more than 2,000 paragraphs. Divide it into several blocks."),
        "too_long": _("This text has more than 200,000 letters. Divide it into several blocks."),
        "too_wide": _("A table has more than 30 columns. Divide it, or leave out columns."),
        "too_tall": _("A table has more than 500 rows. Divide it, or attach it as a paper."),
        "too_big": _("This is too much to take over at once. Copy it in several parts."),
    }.get(word, _("This text could not be read. Copy what you wrote, load the page again and paste it."))


# --- making


def text(words: str, *marks: str) -> Node:
    """Return letters with their marks."""
    kept = [{"type": mark} for mark in MARKS if mark in marks]
    return {"type": "text", **({"marks": kept} if kept else {}), "text": words}


def paragraph(*inline: Node, align: str | None = None) -> Node:
    """Return a paragraph."""
    return {"type": "paragraph", **({"attrs": {"align": align}} if align else {}), **_content(inline)}


def heading(level: int, *inline: Node) -> Node:
    """Return a heading of level 1 or 2."""
    return {"type": "heading", "attrs": {"level": level}, **_content(inline)}


def listing(items: list[list[Node]], *, order: int | None = None) -> Node:
    """Return a list; with `order` it is numbered from there."""
    made = [{"type": "list_item", "content": item} for item in items]
    if order is None:
        return {"type": "bullet_list", "content": made}
    return {"type": "ordered_list", **({"attrs": {"order": order}} if order != 1 else {}), "content": made}


def document(blocks: list[Node]) -> Doc:
    """Return a document; an empty one has one empty paragraph."""
    return {"type": "doc", "content": blocks or [paragraph()]}


def _content(inline: tuple[Node, ...]) -> Node:
    return {"content": list(inline)} if inline else {}


# --- looking


def inside(node: Node) -> list[Node]:
    """The nodes directly in a node."""
    found: list[Node] = node.get("content") or []
    return found


def words_of(node: Node) -> str:
    """The bare letters of a paragraph or heading; a break is a line."""
    if node["type"] == "text":
        return str(node["text"])
    return "\n" if node["type"] == "hard_break" else "".join(words_of(one) for one in inside(node))


def every(node: Node) -> Iterator[Node]:
    """A node and all in it, in order."""
    yield node
    for one in inside(node):
        yield from every(one)
