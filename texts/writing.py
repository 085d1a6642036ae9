"""A document written: as HTML (our classes only, every letter escaped), as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from texts.lines import plain
from texts.nodes import Doc, Node, inside, words_of
from texts.tables import Cell, cells_of, header_rows

__all__ = ["CLASSES", "TAGS", "html", "is_empty", "plain"]

# Everything html() may write: tag → its attributes; and the classes.
TAGS = {
    "p": ("class",), "h4": ("class",), "ul": (), "ol": ("start",), "li": (), "br": (), "strong": (), "em": (),
    "table": ("class",), "thead": (), "tbody": (), "tr": (), "th": ("class", "colspan", "rowspan"),
    "td": ("class", "colspan", "rowspan"),
}  # fmt: skip
CLASSES = ("minor", "left", "centred", "right", "grid", "centre")
_OF_PARAGRAPHS = {"left": "left", "center": "centred", "right": "right"}
_OF_CELLS = {"center": "centre", "right": "right"}


def html(doc: Doc) -> SafeString:
    """Return a document as HTML; headings are h4 (the second level has the class minor), tables have the class grid."""
    return mark_safe("\n".join(_blocks(inside(doc))))


def is_empty(doc: Doc) -> bool:
    """Whether no letter stands in it."""
    return not words_of(doc).strip()


def _blocks(nodes: Iterable[Node]) -> list[str]:
    return [_block(node) for node in nodes]


def _block(node: Node) -> str:
    kind = node["type"]
    attrs = node.get("attrs") or {}
    if kind == "paragraph":
        return f"<p{_class(_OF_PARAGRAPHS.get(attrs.get('align') or ''))}>{inline_html(node)}</p>"
    if kind == "heading":
        return f"<h4{_class('minor' if attrs.get('level') == 2 else None)}>{inline_html(node)}</h4>"
    if kind == "table":
        return _table(node)
    if kind in ("bullet_list", "ordered_list"):
        items = "".join(f"<li>{_in_item(inside(item))}</li>" for item in inside(node))
        if kind == "bullet_list":
            return f"<ul>{items}</ul>"
        start = int(attrs.get("order") or 1)
        first = "" if start == 1 else f' start="{start}"'
        return f"<ol{first}>{items}</ol>"
    return ""


def _in_item(nodes: list[Node]) -> str:
    """An item of one plain paragraph stands without one."""
    bare = len(nodes) == 1 and nodes[0]["type"] == "paragraph" and not nodes[0].get("attrs")
    return inline_html(nodes[0]) if bare else "".join(_blocks(nodes))


def _class(name: str | None) -> str:
    return f' class="{name}"' if name else ""


def inline_html(node: Node) -> str:
    """The letters of a paragraph or heading with their marks."""
    return "".join(_inline(one) for one in inside(node))


def _inline(node: Node) -> str:
    if node["type"] == "hard_break":
        return "<br>"
    if node["type"] != "text":
        return ""
    words = str(escape(node["text"]))
    marks = [mark["type"] for mark in node.get("marks", ())]
    for mark in ("em", "strong"):
        words = f"<{mark}>{words}</{mark}>" if mark in marks else words
    return words


def _table(node: Node) -> str:
    rows = cells_of(node)
    on_top = header_rows(rows)
    lines = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows]
    head = f"<thead>{''.join(lines[:on_top])}</thead>" if on_top else ""
    return f'<table class="grid">{head}<tbody>{"".join(lines[on_top:])}</tbody></table>'


def _cell(cell: Cell) -> str:
    """A cell; where all its paragraphs stand the same way, the cell says so."""
    tag = "th" if cell.is_header else "td"
    aligns = {(one.get("attrs") or {}).get("align") if one["type"] == "paragraph" else None for one in cell.content}
    align = _OF_CELLS.get(aligns.pop() or "") if len(aligns) == 1 else None
    content = [{**one, "attrs": None} if align else one for one in cell.content]
    spans = "".join(f' {name}="{int(span)}"' for name in ("colspan", "rowspan") if (span := getattr(cell, name)) != 1)
    return f"<{tag}{_class(align)}{spans}>{_in_item(content)}</{tag}>"
