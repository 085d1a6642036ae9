"""A paper's HTML read into the paragraphs of a Word file; its tables are read by tables.py."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from printing.word import tables
from printing.word.inline import Marks, Words, classes, marked, runs, tag
from printing.word.paragraphs import Paragraphs, Place

#: Elements that begin a new line.
BLOCKS = frozenset((
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "section", "svg", "caption",
    "blockquote", "pre", "header", "footer", "main", "article", "dl", "dt", "dd", "form", "fieldset", "hr",
))  # fmt: skip
#: What no reader sees.
UNSEEN = frozenset(("head", "style", "script", "title", "template", "noscript", "colgroup"))
#: Set apart on every page instead, by the frame of the file.
EVERY_PAGE = frozenset(("demonstration-line", "demonstration-ground"))
#: Drawn with the words above it.
RULES = frozenset(("body-rule", "abstract-rule"))
#: How paragraphs stand that say so themselves.
ALIGNED = {"centred": "center", "centre": "center", "right": "right", "left": "left"}
#: Room for a list in a cell, in millimetres.
IN_CELL = 3.0


class Writer(Paragraphs):
    """Writes the blocks of one paper."""

    _abstract = 0.0  # how wide the abstract stands, in millimetres

    def write(self, element: Element, place: Place) -> None:
        """Write what stands in an element: blocks as they come, words between them as a paragraph of their own."""
        words = Words()
        self._gather(element, place, frozenset(), words)
        self._end_words(words, place)

    def _gather(self, element: Element, place: Place, marks: Marks, words: Words) -> None:
        words.add(element.text, marks)
        for child in element:
            if _is_block(child):  # inside a mark too: HTML allows it, the paragraph ends here
                self._end_words(words, place)
                self._block(child, place)
            elif tag(child) == "br":
                words.end_line()
            elif tag(child) and tag(child) not in UNSEEN:
                self._gather(child, place, marked(child, marks), words)
            words.add(child.tail, marks)

    def _end_words(self, words: Words, place: Place) -> None:
        if pieces := words.take():
            self.paragraph(place.component, runs(pieces), place)

    def _block(self, element: Element, place: Place) -> None:
        name, named = tag(element), classes(element)
        if named & EVERY_PAGE or name == "hr":
            return
        if name == "table":
            tables.write_table(self, element, place)
        elif name in ("ul", "ol"):
            self._list(element, place)
        elif name == "svg":
            if "qr" in named:
                self.picture(element, place)
        elif "verification" in named:
            tables.write_verification(self, element, place)
        elif named & RULES:
            if "abstract-rule" in named:
                self.rule(self._abstract * self.order.shares.get("abstract_rule", 0.4), place)
        elif "signature-gap" in named:
            self.paragraph("signature-gap", "", place)
        elif "urgency" in named and self.order.body == "state":
            self.framed("urgency", _line(element), place)
        else:
            self._plain(element, name, named, place)

    def _plain(self, element: Element, name: str, named: frozenset[str], place: Place) -> None:
        if "annex" in named:
            self.begin_annex()
            place = replace(place, is_annex=True)
        if "content" in named:
            self.gap = 12
        component = next(iter(sorted(named & self.shapes.keys() - {"annex", "centred"})), "")
        if not component and name in self.shapes and name != "p":
            component = "annex" if place.is_annex and name == "h2" else name
        align = next((ALIGNED[one] for one in sorted(named & ALIGNED.keys())), place.align) if name in _ALIGNING else place.align
        if name == "p" and align and place.component == "p" and not component:
            component = "centred"
        self.write(element, replace(place, component=component or place.component, align=align))
        self._ruled(component, element, place)

    def _ruled(self, component: str, element: Element, place: Place) -> None:
        """Draw the rule that stands under the title, the motto, or a State body's name; remember the abstract's width."""
        if component == "abstract":
            self._abstract = min(place.width - 16, max((self.width_of(line, component) for line in _lines(element)), default=0))
        is_state = self.order.body == "state"
        if component == "motto" or (component == "title" and not is_state):
            self.rule(self.width_of(_line(element), component), place)
        elif component == "issuing-body" and is_state and (widths := [self.width_of(one, component) for one in _lines(element)]):
            self.rule(min(place.width, max(widths)) * self.order.shares.get("body_rule", 0.4), place)

    def _list(self, element: Element, place: Place) -> None:
        if self.bullet:  # an item that begins with a list
            self.paragraph("item", "", place)
        level = place.level + 1
        list_id = self.lists.begin(element, level)
        in_cell = place.component in ("cell", "title-cell", "heading-cell")
        indent = IN_CELL * (level + 1) if in_cell else self.lists.indent(level)
        inside = replace(place, component="cell" if in_cell else "item", level=level, indent=indent, align="")
        for item in (child for child in element if tag(child) == "li"):
            self.bullet = (list_id, min(level, self.lists.DEEPEST))
            self.write(item, inside)
            if self.bullet:
                self.paragraph(inside.component, "", inside)


_ALIGNING = frozenset(("p", "h2", "h3", "h4"))


def _is_block(element: Element) -> bool:
    return tag(element) in BLOCKS or bool(classes(element) & {"motto", "title"})


def _line(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(element: Element) -> list[str]:
    """Return the lines of a name that is broken by hand."""
    text = element.text or ""
    for child in element:
        text += ("\n" if tag(child) == "br" else "".join(child.itertext())) + (child.tail or "")
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
