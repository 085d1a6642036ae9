"""The words inside a paragraph: runs with their marks, white space as CSS shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from printing.word.marks import one_spaced, run_marks, text_of

_BOLD, _ITALIC = frozenset(("strong", "b")), frozenset(("em", "i"))
_LINE_BREAK = "\n"
#: Whether letters of a component that stand out already are set upright again is CSS's business: marks add, nothing subtracts.
Marks = frozenset[str]


def tag(element: Element) -> str:
    """Return an element's name without its namespace; nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def classes(element: Element) -> frozenset[str]:
    """Return an element's classes."""
    return frozenset(element.get("class", "").split())


@dataclass
class Words:
    """The words of one paragraph as they are gathered: text with its marks; a line feed is a line break."""

    pieces: list[tuple[str, Marks]] = field(default_factory=list)

    def add(self, text: str | None, marks: Marks) -> None:
        """Add text as HTML has it."""
        if text:
            self.pieces.append((one_spaced(text), marks))

    def end_line(self) -> None:
        """Add a line break."""
        self.pieces.append((_LINE_BREAK, frozenset()))

    def take(self) -> list[tuple[str, Marks]]:
        """Return what was gathered, one space between words and none at the ends of lines; begin anew."""
        taken: list[tuple[str, Marks]] = []
        space = True  # nothing stands yet: a space here would be shown nowhere
        for text, marks in self.pieces:
            if text == _LINE_BREAK:
                _trim(taken)
                taken.append((text, marks))
                space = True
                continue
            shown = text[1:] if space and text.startswith(" ") else text
            if shown:
                taken.append((shown, marks))
                space = shown.endswith(" ")
        self.pieces = []
        while taken and taken[-1][0] in (_LINE_BREAK, ""):
            taken.pop()
        _trim(taken)
        return taken


def _trim(taken: list[tuple[str, Marks]]) -> None:
    if taken and taken[-1][0] != _LINE_BREAK:
        taken[-1] = (taken[-1][0].rstrip(" "), taken[-1][1])


def marked(element: Element, marks: Marks) -> Marks:
    """Return the marks inside an inline element."""
    name = tag(element)
    more = {"bold"} if name in _BOLD else {"italic"} if name in _ITALIC else {"underlined"} if name == "u" else set()
    return marks | more


def runs(pieces: list[tuple[str, Marks]]) -> str:
    """Return words as runs."""
    return "".join(_run(text, marks) for text, marks in _joined(pieces) if text)


def _run(text: str, marks: Marks) -> str:
    inside = "<w:br/>" if text == _LINE_BREAK else f'<w:t xml:space="preserve">{text_of(text)}</w:t>'
    told: dict[str, Any] = dict.fromkeys(marks, True)
    return f"<w:r>{f'<w:rPr>{run_marks(told)}</w:rPr>' if marks else ''}{inside}</w:r>"


def _joined(pieces: list[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """Join neighbours with the same marks: a paper pasted from elsewhere has a span for each word."""
    waiting: list[str] = []
    before: Marks = frozenset()
    for text, marks in pieces:
        if waiting and (marks != before or text == _LINE_BREAK):
            yield "".join(waiting), before
            waiting = []
        if text == _LINE_BREAK:
            yield text, frozenset()
            continue
        waiting.append(text)
        before = marks
    yield "".join(waiting), before
