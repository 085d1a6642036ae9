"""The tables of a paper for Word: those that set columns side by side, those with lines, and where a reader checks the paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from printing.word.grids import Cell, Grid, Row, read_grid
from printing.word.inline import classes, tag
from printing.word.marks import twips
from printing.word.paragraphs import Place

if TYPE_CHECKING:
    from printing.word.blocks import Writer

#: Part of the left column in the head, of a Party body's paper and of a State body's.
LEFT = {"party": 0.49, "state": 0.42}
#: A row with more letters than this may be divided between pages: it may be higher than one.
LONG_ROW = 1500
#: Left and right of the words in a cell, in millimetres.
ROOM = 1.4
_SIDES = ("top", "left", "bottom", "right")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in (*_SIDES, "insideH", "insideV"))
_MARGINS = "".join(f'<w:{side} w:w="{twips(ROOM) if side in ("left", "right") else 50}" w:type="dxa"/>' for side in _SIDES)
_NO_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in _SIDES)
_TOP_LINE = '<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="777777"/></w:tcBorders>'


def write_table(writer: Writer, element: Element, place: Place) -> None:
    """Write a table of the vocabulary."""
    named = classes(element)
    if named & {"head", "signatures"}:
        _columns(writer, element, "head" in named, place)
    else:
        _grid(writer, read_grid(element, place.width), place)


def _columns(writer: Writer, element: Element, is_head: bool, place: Place) -> None:
    """Write a table that only sets columns side by side."""
    rows = [line for part in element.iter() if tag(part) in ("tbody", "table") for line in part if tag(line) == "tr"]
    count = max((len(row) for row in rows), default=0) or 1
    left = LEFT[writer.order.body] if is_head and count == 2 else 1 / count
    widths = [place.width * left, place.width * (1 - left)] if count == 2 else [place.width / count] * count
    _begin(writer, widths)
    for row in rows:
        writer.xml.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for at, width in enumerate(widths):
            cell = row[at] if at < len(row) else Element("td")
            component = "recipients" if "recipients" in classes(cell) else "p"
            writer.gap = 0 if is_head else 14
            _cell(writer, cell, replace(place, width=width, component=component), _width(width))
        writer.xml.append("</w:tr>")
    _end(writer)


def _grid(writer: Writer, grid: Grid, place: Place) -> None:
    if grid.caption is not None:
        writer.write(grid.caption, replace(place, component="caption"))
    if not grid.widths:
        return
    if grid.caption is None:
        writer.thin(before=7)
    _begin(writer, grid.widths, lined=True)
    for row in grid.rows:
        split = "" if _is_long(row.cells) else "<w:cantSplit/>"
        writer.xml.append(f"<w:tr><w:trPr>{split}{'<w:tblHeader/>' if row.is_head else ''}</w:trPr>")
        component = "title-cell" if _is_title(row) else "cell"
        at = 0
        for cell in row.cells:
            width = sum(grid.widths[at : at + cell.columns])
            at += cell.columns
            _grid_cell(writer, cell, replace(place, component=component, level=-1, indent=0, align=""), width)
        writer.xml.append("</w:tr>")
    _end(writer)


def _is_title(row: Row) -> bool:
    """Tell whether a row is one cell over all columns: what stands there names the rows below, and stays with them."""
    return not row.is_head and len(row.cells) == 1 and row.cells[0].columns > 1


def _grid_cell(writer: Writer, cell: Cell, place: Place, width: float) -> None:
    marks = _width(width)
    marks += f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    marks += '<w:vMerge w:val="restart"/>' if cell.begins else "<w:vMerge/>" if cell.continues else ""
    place = replace(place, width=max(1.0, width - 2 * ROOM))
    if cell.element is None:
        _cell(writer, Element("td"), place, marks)
        return
    is_title, named = tag(cell.element) == "th", classes(cell.element)
    marks += '<w:vAlign w:val="center"/>' if is_title else ""
    align = "center" if "centre" in named else "right" if "right" in named else ""
    _cell(writer, cell.element, replace(place, component="heading-cell" if is_title else place.component, align=align), marks)


def write_verification(writer: Writer, element: Element, place: Place) -> None:
    """Write where a reader checks the paper: a line, the code on the left, the words beside it."""
    pictures = [child for child in element if tag(child) == "svg"]
    side = writer.order.lengths["verification_code"] + 4
    widths = [side, place.width - side] if pictures else [place.width]
    words = Element("div")
    words.text = element.text
    words.extend(child for child in element if child not in pictures)
    shown = Element("div")
    shown.extend(pictures)
    writer.thin(before=14)
    _begin(writer, widths)
    writer.xml.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    for inside, width in zip([shown, words] if pictures else [words], widths, strict=True):
        writer.gap = 6
        _cell(writer, inside, replace(place, width=width, component="verification"), _width(width) + _TOP_LINE)
    writer.xml.append("</w:tr>")
    _end(writer)


def _cell(writer: Writer, element: Element, place: Place, marks: str) -> None:
    writer.xml.append(f"<w:tc><w:tcPr>{marks}</w:tcPr>")
    before = len(writer.xml)
    writer.write(element, place)
    if len(writer.xml) == before:
        writer.paragraph(place.component, "", place)
    writer.xml.append("</w:tc>")


def _begin(writer: Writer, widths: list[float], *, lined: bool = False) -> None:
    borders = f"<w:tblBorders>{_LINES}</w:tblBorders>" if lined else ""
    room = f"<w:tblCellMar>{_MARGINS if lined else _NO_MARGINS}</w:tblCellMar>"
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    writer.xml.append(
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{room}'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _end(writer: Writer) -> None:
    """End a table; between it and what comes stands a paragraph, or Word would join two tables."""
    writer.xml.append("</w:tbl>")
    writer.gap = 0
    writer.thin()


def _width(width: float) -> str:
    return f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'


def _is_long(cells: list[Cell]) -> bool:
    return any(cell.element is not None and len("".join(cell.element.itertext())) > LONG_ROW for cell in cells)
