"""Lists as Word counts them: bullets share one, each numbered list begins anew."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from printing.word.inline import tag
from printing.word.marks import HEADER, NAMESPACES, twips

_BULLET = "-"
_HANGING = 5.0  # millimetres from the number to the words


class Lists:
    """The lists of one paper."""

    #: The last level that Word knows.
    DEEPEST = 8

    def __init__(self, step: float) -> None:
        """Begin with bullets alone; `step`: how much further in each level stands, in millimetres."""
        self._step = step
        self._begun: list[tuple[int, int]] = []  # of each numbered list: level and first number

    def begin(self, element: Element, level: int) -> int:
        """Return the number by which the paragraphs of a list name it."""
        if tag(element) == "ul":
            return 1
        start = element.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        self._begun.append((min(level, self.DEEPEST), first))
        return 1 + len(self._begun)

    def indent(self, level: int) -> float:
        """Return where the words of a level begin, in millimetres."""
        return self._step * (level + 1)

    def part(self) -> str:
        """Return word/numbering.xml."""
        numbered = "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
            for at, (level, first) in enumerate(self._begun, start=2)
        )
        return (
            f"{HEADER}<w:numbering {NAMESPACES}>{self._kind(0, bullets=True)}{self._kind(1, bullets=False)}"
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{numbered}</w:numbering>'
        )

    def _kind(self, number: int, *, bullets: bool) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"bullet" if bullets else "decimal"}"/>'
            f'<w:lvlText w:val="{_BULLET if bullets else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{twips(self.indent(level))}" w:hanging="{twips(_HANGING)}"/></w:pPr></w:lvl>'
            for level in range(self.DEEPEST + 1)
        )
        return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
