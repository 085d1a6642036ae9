"""Rich text (texts/nodes.py) as the HTML of papers; runs in the child that fills templates, so it knows JSON alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

Node = Mapping[str, Any]

#: Headings of a text stand under those of the paper.
_HEADINGS = {1: "h3", 2: "h4"}
_ALIGNED = {"left": "left", "center": "centred", "right": "right"}
_IN_CELLS = {"left": "", "center": "centre", "right": "right"}
_MARKS = {"strong": "strong", "em": "em"}
_NARROW, _NUMBERS = 10, 25  # millimetres
_PAGE, _LEAST, _MOST, _LETTER = 165, 15, 45, 2.05  # mm: between the margins; of a column; of a letter in a table
_WIDTHS = {"TT": _NARROW, "STT": _NARROW, "Mất kết nối": 30, "Kết nối lại": 30, "Thời gian gián đoạn": 45}


def paragraphs(text: str) -> dict[str, Any]:
    """Return plain text as rich text: a line a paragraph."""
    lines = [one.strip() for one in text.splitlines()]
    return {"type": "doc", "content": [_paragraph(one) for one in lines if one]}


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def is_doc(value: object) -> bool:
    """Tell whether a value is rich text."""
    return isinstance(value, Mapping) and value.get("type") == "doc"


def is_blank(value: Node | None) -> bool:
    """Tell whether rich text has no word."""
    return value is None or not plain(value).strip()


def plain(value: Node) -> str:
    """Return the words of rich text, a block a line."""
    if value.get("type") == "text":
        return str(value.get("text", ""))
    if value.get("type") == "hard_break":
        return "\n"
    inline = value.get("type") in ("paragraph", "heading")
    return ("" if inline else "\n").join(plain(one) for one in _content(value))


def ended(value: Node, mark: str) -> dict[str, Any]:
    """Return rich text whose last word has `mark` behind it in the place of its own full stop; a table at the end gets none."""
    copy = dict(value)
    children = list(_content(value))
    for at in range(len(children) - 1, -1, -1):
        child = children[at]
        if child.get("type") == "text":
            text = str(child.get("text", "")).rstrip()
            if not text:
                continue
            children[at] = {**child, "text": text.rstrip("./ ;,") + mark}
            return {**copy, "content": children}
        if child.get("type") == "table":
            break
        if plain(child).strip():
            children[at] = ended(child, mark)
            return {**copy, "content": children}
    return copy


def same(one: Node, other: Node) -> bool:
    """Tell whether two rich texts say the same: alike, or the same lines of plain paragraphs."""
    return one == other or (_is_plain(one) and _is_plain(other) and plain(one).split() == plain(other).split())


def _is_plain(value: Node) -> bool:
    """Tell whether it is made of paragraphs without marks and alignment alone."""
    return all(
        one.get("type") == "paragraph" and not _way(one) and not any(run.get("marks") for run in _content(one))
        for one in _content(value)
    )


def html(value: Node) -> str:
    """Return rich text as the HTML of papers; what is no node of the schema gives nothing."""
    return "".join(_block(one) for one in _content(value))


def _content(value: Node) -> Sequence[Node]:
    found = value.get("content")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _block(node: Node) -> str:
    match node.get("type"):
        case "paragraph":
            words = _inline(_content(node))
            way = _ALIGNED.get(_way(node), "")
            return f"<p{f' class={chr(34)}{way}{chr(34)}' if way else ''}>{words}</p>\n" if words else ""
        case "heading":
            tag = _HEADINGS.get(_attr(node, "level", 1), "h4")
            return f"<{tag}>{_inline(_content(node))}</{tag}>\n"
        case "bullet_list":
            return f"<ul>{_items(node)}</ul>\n"
        case "ordered_list":
            first = _attr(node, "order", 1)
            return f"<ol{f' start={chr(34)}{first}{chr(34)}' if first != 1 else ''}>{_items(node)}</ol>\n"
        case "table":
            return _table(node)
    return ""


def _items(node: Node) -> str:
    return "".join(f"<li>{_inside(one)}</li>" for one in _content(node) if one.get("type") == "list_item")


def _inside(node: Node) -> str:
    """Return what stands in a list's item or a cell: words of one paragraph bare, several parted by breaks."""
    parts: list[str] = []
    lists = ""
    for one in _content(node):
        if one.get("type") in ("paragraph", "heading"):
            parts.append(_inline(_content(one)))
        else:
            lists += _block(one)
    return "<br>".join(part for part in parts if part) + lists.rstrip("\n")


def _inline(nodes: Iterable[Node]) -> str:
    return "".join(_run(one) for one in nodes)


def _run(node: Node) -> str:
    if node.get("type") == "hard_break":
        return "<br>"
    if node.get("type") != "text":
        return ""
    words = escape(str(node.get("text", "")))
    marks = node.get("marks")
    for mark in marks if isinstance(marks, list) else ():
        tag = _MARKS.get(str(mark.get("type", ""))) if isinstance(mark, Mapping) else None
        words = f"<{tag}>{words}</{tag}>" if tag else words
    return words


def _way(node: Node) -> str:
    attrs = node.get("attrs")
    return str(attrs.get("align") or "") if isinstance(attrs, Mapping) else ""


def _attr(node: Node, name: str, default: int) -> int:
    attrs = node.get("attrs")
    found = attrs.get(name) if isinstance(attrs, Mapping) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 < found <= 1000 else default


def _table(node: Node) -> str:
    rows = [list(_content(row)) for row in _content(node)]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    heads = 0
    while heads < len(rows) and all(cell.get("type") == "table_header" for cell in rows[heads]):
        heads += 1
    shapes = _shapes(rows, heads)
    columns = "".join(f'<col class="w{width}">' if width else "<col>" for width, _way in shapes)
    above = "".join(_row(row, ()) for row in rows[:heads])
    below = "".join(_row(row, shapes) for row in rows[heads:])
    head = f"<thead>{above}</thead>\n" if above else ""
    return f'<table class="grid">\n<colgroup>{columns}</colgroup>\n{head}<tbody>{below}</tbody>\n</table>\n'


def _row(row: Sequence[Node], shapes: Sequence[tuple[int, str]]) -> str:
    at, cells = 0, ""
    for cell in row:
        tag = "th" if cell.get("type") == "table_header" else "td"
        across, down = _attr(cell, "colspan", 1), _attr(cell, "rowspan", 1)
        spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
        way = shapes[at][1] if tag == "td" and across == 1 and at < len(shapes) else ""
        if tag == "td" and len(chosen := {_way(one) for one in _content(cell)}) == 1:
            way = _IN_CELLS.get(chosen.pop(), way)
        cells += f"<{tag}{f' class={chr(34)}{way}{chr(34)}' if way else ''}{spans}>{_inside(cell)}</{tag}>"
        at += across
    return f"<tr>{cells}</tr>\n"


def _shapes(rows: Sequence[Sequence[Node]], heads: int) -> list[tuple[int, str]]:
    """Return width in millimetres (0: shares the rest) and alignment of each column, from its title and what stands in it."""
    wide = max(sum(_attr(cell, "colspan", 1) for cell in row) for row in rows)
    rows = [row for at, row in enumerate(rows) if at < heads or not _is_title(row, wide)]
    if any(_attr(cell, "colspan", 1) > 1 or _attr(cell, "rowspan", 1) > 1 for row in rows for cell in row):
        return [(0, "")] * wide
    titles = [plain(cell).strip() for cell in rows[heads - 1]] if heads else []
    shapes = []
    for at in range(wide):
        cells = [plain(row[at]).strip() for row in rows[heads:] if at < len(row)]
        shapes.append(_shape(titles[at] if at < len(titles) else "", cells))
    if all(width for width, _way in shapes):
        return [(0, way) for _width, way in shapes]
    return _shared(shapes, [[plain(row[at]).strip() for row in rows if at < len(row)] for at in range(wide)])


def _is_title(row: Sequence[Node], wide: int) -> bool:
    """Tell whether a row is one cell over all columns: a line of title among the others, which shapes no column."""
    return wide > 1 and len(row) == 1 and _attr(row[0], "colspan", 1) == wide and _attr(row[0], "rowspan", 1) == 1


def _shared(shapes: list[tuple[int, str]], columns: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Share what is left of the page by how much stands in each column; the fullest takes the rest."""
    free = [at for at, (width, _way) in enumerate(shapes) if not width]
    left = _PAGE - sum(width for width, _way in shapes)
    least = {at: _least(columns[at]) for at in free}
    if left < _LEAST * len(free):  # numbers alone are wider than the page
        return [(0, way) for _width, way in shapes]
    if left < sum(least.values()):
        return shapes
    needs = {at: _need(columns[at]) for at in free}
    fullest = max(free, key=lambda at: needs[at])
    share = {at: max(least[at], int(left * needs[at] / sum(needs.values())) // 5 * 5) for at in free if at != fullest}
    if needs[fullest] < 1.5 * min(needs.values()) or left - sum(share.values()) < least[fullest]:
        return shapes
    return [(share.get(at, width), way) for at, (width, way) in enumerate(shapes)]


def _least(cells: Sequence[str]) -> int:
    """Return the width that breaks no word of a column, unless it is a very long one, in steps of 5 mm."""
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(_LEAST, min(_MOST, -(-int(word * _LETTER + 4) // 5) * 5))


def _need(cells: Sequence[str]) -> float:
    """Return how much room a column asks for: how much stands in it on average, within bounds."""
    written = [len(cell) for cell in cells if cell]
    return max(8.0, min(40.0, sum(written) / max(1, len(written))))


def _shape(title: str, cells: Sequence[str]) -> tuple[int, str]:
    if title in _WIDTHS:
        return _WIDTHS[title], "centre"
    counts = any(cells) and all(not cell or cell.replace(".", "").isdigit() for cell in cells)
    return (_NUMBERS, "right") if counts else (0, "")
