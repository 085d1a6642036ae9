"""The paragraphs of a Word file as they are written, one after the other: each in the style of a component."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from printing.word import frame
from printing.word.lists import Lists
from printing.word.marks import attribute, text_of, twips
from printing.word.order import WordOrder
from printing.word.pictures import qr_picture, width_of
from printing.word.styles import Shape, spacing, style_id

_RULE = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
_RED = "D00000"
_FRAME = (
    "<w:pBdr>"
    + "".join(f'<w:{side} w:val="single" w:sz="8" w:space="1" w:color="{_RED}"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:pBdr>"
)


@dataclass(frozen=True)
class Place:
    """Where blocks stand: how much room there is in millimetres, what plain paragraphs are there, which list they belong to."""

    width: float
    component: str = "p"
    align: str = ""
    indent: float = 0  # of what belongs to an item of a list, in millimetres
    level: int = -1
    is_annex: bool = False


class Paragraphs:
    """What is written so far: `xml`, the `pictures` shown in it, the `lists` begun, the `sections` the pages are counted in."""

    def __init__(self, order: WordOrder, shapes: dict[str, Shape], font_directory: Path) -> None:
        """Begin with nothing written."""
        self.order, self.shapes = order, shapes
        self.xml: list[str] = []
        self.pictures: list[bytes] = []
        self.lists = Lists(order.lengths["first_indent"])
        self.sections = 1
        self.bullet: tuple[int, int] | None = None  # the list and level that the next paragraph is an item of
        self.gap = 0.0  # points left free before the next paragraph, at least
        self._new_page = False
        self._fonts = font_directory

    def paragraph(self, component: str, inside: str, place: Place) -> None:
        """Write one paragraph."""
        shape = self.shapes[component]
        align = f'<w:jc w:val="{place.align}"/>' if place.align not in ("", shape.align) else ""
        high = spacing(replace(shape, before=max(shape.before, self.gap))) if self.gap > shape.before else ""
        self._put(component, inside, numbered=self._numbered(), spacing=high, indent=self._indent(place), align=align)

    def thin(self, before: float = 0) -> None:
        """Write the thinnest paragraph there is: between two tables, which Word would join, and for a distance in points."""
        self._put("thin", "", spacing=spacing(replace(self.shapes["thin"], before=before)) if before else "")

    def rule(self, length: float, place: Place) -> None:
        """Write a rule of a length in millimetres, in the middle of its place."""
        self._put("rule", "", borders=_RULE, indent=_aside((place.width - length) / 2))

    def framed(self, component: str, words: str, place: Place) -> None:
        """Write words in a red frame as wide as they are."""
        coloured = f'<w:r><w:rPr><w:color w:val="{_RED}"/></w:rPr><w:t xml:space="preserve">{text_of(words)}</w:t></w:r>'
        room = self.width_of(words, component) + 4
        self._put(component, coloured, borders=_FRAME, indent=_aside((place.width - room) / 2))

    def picture(self, svg: Element, place: Place) -> None:
        """Write a QR code."""
        self.pictures.append(qr_picture(svg))
        number, side = len(self.pictures), round(self.order.lengths["verification_code"] * 36000)
        self.paragraph("verification", (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
            f'<wp:docPr id="{number}" name="QR {number}" descr={attribute(svg.get("aria-label", ""))}/><a:graphic><a:graphicData '
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="QR {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
            f'r:embed="picture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" '
            f'y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        ), place)  # fmt: skip

    def begin_annex(self) -> None:
        """Begin a new page; where the layout counts the pages of an annex from 1, a new section."""
        if self.order.pages_apart:
            self._put("thin", "", section=frame.section(self.order, anew=self.sections > 1))
            self.sections += 1
        else:
            self._new_page = True

    def end(self) -> None:
        """End the file: Word asks for a paragraph behind the last table."""
        if not self.xml or self.xml[-1].endswith("</w:tbl>"):
            self.thin()

    def width_of(self, words: str, component: str) -> float:
        """Return how wide words stand in print in the letters of a component, in millimetres."""
        return width_of(words, self.order.letters[self.shapes[component].letters], self._fonts)

    def _numbered(self) -> str:
        if not self.bullet:
            return ""
        list_id, level = self.bullet
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'

    def _indent(self, place: Place) -> str:
        if place.component == "cell" and place.indent:
            return f'<w:ind w:left="{twips(place.indent)}" w:hanging="{twips(place.indent) if self.bullet else 0}"/>'
        if place.indent and not self.bullet and place.component == "item":
            return f'<w:ind w:left="{twips(place.indent)}" w:firstLine="0"/>'
        return ""

    def _put(
        self, component: str, inside: str, *, numbered: str = "", borders: str = "", spacing: str = "", indent: str = "",
        align: str = "", section: str = "",
    ) -> None:  # fmt: skip
        """Write a paragraph with its properties in the order that Word asks for."""
        page = "<w:pageBreakBefore/>" if self._new_page else ""
        self.bullet, self._new_page, self.gap = None, False, 0.0
        marks = f"{page}{numbered}{borders}{spacing}{indent}{align}{section}"
        self.xml.append(f'<w:p><w:pPr><w:pStyle w:val="{style_id(component)}"/>{marks}</w:pPr>{inside}</w:p>')


def _aside(side: float) -> str:
    return f'<w:ind w:left="{twips(max(0.0, side))}" w:right="{twips(max(0.0, side))}"/>'
