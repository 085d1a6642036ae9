"""HTML read into a document: paragraphs, lists that are lists or only look so in Word, tables with merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from texts import taming
from texts.editor import checked
from texts.inline import BREAK, Run, inline, runs_of
from texts.nodes import COLUMNS, ROWS, Doc, Node, document, heading, inside, listing, paragraph, words_of
from texts.tables import Cell, table
from texts.taming import BLOCK, Element

_LEVELS, _LEVELS_IN_CELLS = 5, 3
_HEADER_ROWS = 3  # at most, of a table that does not say which rows are its heading
_NUMBERED = re.compile(r"\(?([0-9]{1,4}|[a-zA-Z]{1,6}|đ)[.)]")


@dataclass(frozen=True, slots=True)
class _Style:
    """What letters inherit from where they stand."""

    strong: bool = False
    em: bool = False
    align: str | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        return (*(["strong"] if self.strong else []), *(["em"] if self.em else []))


@dataclass(slots=True)
class _Item:
    """A paragraph of Word that is an item of a list; gathered into lists afterwards."""

    level: int
    order: int | None
    content: list[Node]


@dataclass(slots=True)
class _Flow:
    """Blocks in the making."""

    blocks: list[Node | _Item] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def flush(self, align: str | None = None, level: int = 0) -> None:
        """End the paragraph (or heading) that is being written."""
        words = inline(self.runs)
        self.runs = []
        if words:
            self.blocks.append(heading(level, *words) if level else paragraph(*words, align=align))


def read(html: str) -> Doc:
    """Return the document of HTML."""
    root, rules = taming.tree(html)
    reader = _Reader(rules)
    flow = _Flow()
    reader.children(root, _Style(), flow)
    flow.flush()
    return checked(document(_gathered(flow.blocks, _LEVELS)))


class _Reader:
    """Walks the tree; knows what the classes of the page mean and how many tables it stands in."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules
        self.in_cell = 0
        self.in_list = 0

    def children(self, element: Element, style: _Style, flow: _Flow) -> None:
        for child in element.children:
            if isinstance(child, str):
                flow.runs.append(Run(child.replace(BREAK, " "), style.marks))
            else:
                self.element(child, style, flow)

    def element(self, element: Element, outer: _Style, flow: _Flow) -> None:
        tag = element.tag
        css = self.css(element)
        if tag == "br":
            flow.runs.append(Run(BREAK))
            return
        if "mso-list" in css and _level(css) is None and css["mso-list"].strip().lower() == "ignore":
            return  # the sign of a list that Word draws itself
        if css.get("display") == "none" or css.get("mso-hide") == "all":
            return
        style = _styled(element, css, outer)
        if tag not in BLOCK:
            return self.children(element, style, flow)
        flow.flush(outer.align)
        self.block(element, css, style, flow)

    def block(self, element: Element, css: dict[str, str], style: _Style, flow: _Flow) -> None:
        tag = element.tag
        if tag == "table":
            self.table(element, style, flow)
        elif tag in ("ul", "ol"):
            self.list(element, style, flow)
        elif (level := _level(css)) is not None:
            flow.blocks.append(_Item(level, _order(element, self), self.alone(element, style)))
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not self.in_cell and not self.in_list:
            self.children(element, replace(style, strong=False), flow)
            flow.flush(level=1 if tag == "h1" or (tag == "h4" and "minor" not in _classes(element)) else 2)
        else:
            bold = tag[0] == "h" and tag[1:].isdigit()
            inner = replace(style, strong=style.strong or bold)
            self.children(element, inner, flow)
            flow.flush(inner.align)

    def alone(self, element: Element, style: _Style) -> list[Node]:
        """The blocks of an element by itself, as they may stand in an item or a cell."""
        flow = _Flow()
        self.children(element, style, flow)
        flow.flush(style.align)
        return _gathered(flow.blocks, _LEVELS_IN_CELLS)

    def list(self, element: Element, style: _Style, flow: _Flow) -> None:
        self.in_list += 1
        items: list[list[Node]] = []
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    items.append([paragraph(*inline([Run(child.replace(BREAK, " "), style.marks)]))])
                continue
            if child.tag in ("ul", "ol") and items:  # as LibreOffice and old pages nest them
                items[-1] += self.alone(Element("div", {}, [child]), style)
            else:
                found = (
                    self.alone(child, _styled(child, self.css(child), style))
                    if child.tag == "li"
                    else self.alone(Element("div", {}, [child]), style)
                )
                items += [found] if found else []
        self.in_list -= 1
        if items:
            order = _whole(element.attrs.get("start"), 9999) if element.tag == "ol" else None
            flow.blocks.append(listing([_begun(item) for item in items], order=order))

    def table(self, element: Element, style: _Style, flow: _Flow) -> None:
        plain_style = _Style()
        for caption in (child for child in element.children if isinstance(child, Element) and child.tag == "caption"):
            self.children(caption, style, flow)
            flow.flush()
        if self.in_cell:  # a table within a cell: its paragraphs, one after the other
            for row, _is_head in _rows(element):
                for cell in _cells(row):
                    self.children(cell, _styled(cell, self.css(cell), plain_style), flow)
                    flow.flush()
            return
        self.in_cell += 1
        rows = [[self.cell(cell, is_head) for cell in _cells(row)] for row, is_head in _rows(element)]
        self.in_cell -= 1
        if any(words_of(block).strip() for row in rows for cell in row for block in cell.content):
            _find_heading(rows)
            flow.blocks += [made] if (made := table(rows)) else []

    def cell(self, element: Element, is_head: bool) -> Cell:
        style = _styled(element, self.css(element), _Style())
        spans = (_whole(element.attrs.get("colspan"), COLUMNS), _whole(element.attrs.get("rowspan"), ROWS))
        return Cell(self.alone(element, style), is_head or element.tag == "th", *spans)

    def css(self, element: Element) -> dict[str, str]:
        """The declarations of an element: those of its classes, then its own."""
        sources = [self.rules.get(name, "") for name in _classes(element)] if self.rules else []
        return {
            name.strip().lower(): value.strip()
            for source in (*sources, element.attrs.get("style", ""))
            for name, colon, value in (one.partition(":") for one in source.split(";"))
            if colon
        }


# --- what an element says of its letters

_ALIGNS = {"center": "center", "right": "right", "end": "right"}
_OF_OURS = {"centred": "center", "centre": "center", "right": "right", "left": "left"}


def _classes(element: Element) -> list[str]:
    return element.attrs.get("class", "").split()


def _styled(element: Element, css: dict[str, str], outer: _Style) -> _Style:
    strong, em, align = outer.strong, outer.em, outer.align
    if element.tag in ("b", "strong"):
        strong = True
    if element.tag in ("i", "em", "cite", "var"):
        em = True
    weight = css.get("font-weight", "").lower()
    if weight in ("bold", "bolder") or (weight.isdecimal() and len(weight) < 5 and int(weight) >= 600):
        strong = True
    elif weight in ("normal", "lighter") or weight.isdecimal():
        strong = False
    slant = css.get("font-style", "").lower()
    if slant:
        em = slant.startswith(("italic", "oblique"))
    if element.tag in BLOCK:
        if element.tag == "center":
            align = "center"
        said = (css.get("text-align") or element.attrs.get("align") or "").lower()
        if said:
            align = _ALIGNS.get(said)
        for name in _classes(element):
            align = _OF_OURS.get(name, align)
    return _Style(strong, em, align)


def _level(css: dict[str, str]) -> int | None:
    """The level of a paragraph that Word makes an item: 'l0 level2 lfo1' is 1."""
    found = re.search(r"\blevel(\d{1,2})\b", css.get("mso-list", ""))
    return max(0, int(found[1]) - 1) if found else None


def _order(element: Element, reader: _Reader) -> int | None:
    """The number that the sign of an item shows; nothing for a hyphen or a dot."""
    sign = _sign(element, reader).strip()
    found = _NUMBERED.match(sign)
    if not found:
        return None
    return max(1, int(found[1])) if found[1].isdecimal() else 1


def _sign(element: Element, reader: _Reader) -> str:
    """The letters of the sign that Word has drawn before an item."""
    for child in element.children:
        if isinstance(child, Element):
            ignored = reader.css(child).get("mso-list", "").strip().lower() == "ignore"
            if found := _letters(child) if ignored else _sign(child, reader):
                return found
    return ""


def _letters(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _letters(child) for child in element.children)


def _whole(said: str | None, most: int) -> int:
    said = (said or "").strip()
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 9 else 1


# --- lists out of paragraphs


def _begun(item: list[Node]) -> list[Node]:
    """An item begins with a paragraph; what may not stand in it has been brought to what may."""
    return item if item and item[0]["type"] == "paragraph" else [paragraph(), *item]


def _gathered(blocks: list[Node | _Item], levels: int) -> list[Node]:
    """Make lists of the items that follow each other, bring lists up that lie too deep."""
    made: list[Node] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, _Item):
            made.append(_raised(block, levels))
            at += 1
            continue
        end = at
        while end < len(blocks) and isinstance(blocks[end], _Item):
            end += 1
        items = [one for one in blocks[at:end] if isinstance(one, _Item) and one.content]
        made += [_raised(one, levels) for one in _lists(items)]
        at = end
    return made


def _lists(items: list[_Item]) -> list[Node]:
    """The lists of items by their levels; a list that begins deeper than its first item ends there."""
    made: list[Node] = []
    at = 0
    while at < len(items):
        first = items[at]
        content: list[list[Node]] = []
        while at < len(items) and items[at].level == first.level and (items[at].order is None) == (first.order is None):
            end = at + 1
            while end < len(items) and items[end].level > first.level:
                end += 1
            content.append([*_begun(items[at].content), *_lists(items[at + 1 : end])])
            at = end
        made.append(listing(content, order=first.order))
    return made


def _raised(block: Node, levels: int) -> Node:
    """A list no deeper than it may be: the items of what is deeper stand as paragraphs of their item."""
    if block["type"] not in ("bullet_list", "ordered_list"):
        return block
    for item in inside(block):
        item["content"] = [raised for one in inside(item) for raised in (_raised_in(one, levels - 1))]
    return block


def _raised_in(block: Node, levels: int) -> list[Node]:
    if block["type"] == "paragraph":
        return [block]
    if levels:
        return [_raised(block, levels)]
    return [raised for item in inside(block) for one in inside(item) for raised in _raised_in(one, 0)]


# --- tables


def _rows(element: Element, is_head: bool = False) -> list[tuple[Element, bool]]:
    found: list[tuple[Element, bool]] = []
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                found.append((child, is_head))
            elif child.tag in ("thead", "tbody", "tfoot"):
                found += _rows(child, child.tag == "thead")
    return found


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")]


def _find_heading(rows: list[list[Cell]]) -> None:
    """Rows on top in which all is bold are the heading, where the table names none; a heading is bold by itself."""
    if not any(cell.is_header for row in rows for cell in row):
        count = 0
        while count < min(len(rows) - 1, _HEADER_ROWS) and _is_bold(rows[count]):
            count += 1
        for cell in (cell for row in rows[:count] for cell in row):
            cell.is_header = True
    for cell in (cell for row in rows for cell in row if cell.is_header):
        for block in cell.content:
            _unmark(block)


def _is_bold(row: list[Cell]) -> bool:
    runs = [one for cell in row for block in cell.content for one in _texts(block)]
    return bool(runs) and all({"type": "strong"} in one.get("marks", ()) for one in runs)


def _texts(node: Node) -> list[Node]:
    return [node] if node["type"] == "text" else [one for child in inside(node) for one in _texts(child)]


def _unmark(block: Node) -> None:
    if block["type"] == "paragraph":
        runs = [Run(run.words, tuple(mark for mark in run.marks if mark != "strong")) for run in runs_of(block)]
        block.update(paragraph(*inline(runs), align=(block.get("attrs") or {}).get("align")))
    else:
        for child in inside(block):
            _unmark(child)
