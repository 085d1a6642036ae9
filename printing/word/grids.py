"""The cells of an HTML table as Word needs them: every place of every row filled once, spans clipped, widths in full. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from printing.word.inline import classes, tag

#: Word itself draws no more.
MOST_COLUMNS = 63
#: A column that nobody gave a width still shows a letter, in millimetres.
NARROWEST = 4.0
_WIDTH = re.compile(r"w(\d{1,3})")


@dataclass(frozen=True)
class Cell:
    """One place in a row: what stands there, how many columns it takes, and how it hangs together with the row above."""

    element: Element | None  # nothing: an empty place, or the continuation of a cell above
    columns: int = 1
    begins: bool = False  # of a cell over several rows
    continues: bool = False


@dataclass(frozen=True)
class Row:
    """The cells of a row from left to right; whether it is repeated on each page."""

    cells: list[Cell]
    is_head: bool

    def begins(self) -> Iterator[tuple[int, Cell]]:
        """Return each cell that stands here by itself, with its column."""
        column = 0
        for cell in self.cells:
            if cell.element is not None:
                yield column, cell
            column += cell.columns

    def cut_or_filled(self, count: int) -> Row:
        """Return the row with exactly so many columns."""
        cells, left = [], count
        for cell in self.cells:
            if left:
                cells.append(replace(cell, columns=min(cell.columns, left)))
                left -= cells[-1].columns
        return Row([*cells, *[Cell(None)] * left], self.is_head)


@dataclass(frozen=True)
class Grid:
    """A table: its rows, the width of each column in millimetres, its caption."""

    rows: list[Row]
    widths: list[float]
    caption: Element | None


def read_grid(table: Element, width: float) -> Grid:
    """Return a table's cells for a width in millimetres; raise ValueError when it has too many columns."""
    lines = list(_lines(table))
    rows = _filled(lines)
    count = max((begin + 1 for row in rows for begin, _cell in row.begins()), default=0)  # beyond this, spans lead nowhere
    count = max(count, min(len(_columns(table)), MOST_COLUMNS)) if count else 0
    if count > MOST_COLUMNS:
        raise ValueError("a table has too many columns")
    even = [row.cut_or_filled(count) for row in rows]
    caption = next((child for child in table if tag(child) == "caption"), None)
    return Grid(even, _widths(table, count, width), caption)


def _lines(table: Element) -> Iterator[tuple[Element, bool]]:
    """Return the rows of a table itself, not of tables inside it, and whether each is of its head."""
    for child in table:
        if tag(child) == "tr":
            yield child, False
        elif tag(child) in ("thead", "tbody", "tfoot"):
            yield from ((line, tag(child) == "thead") for line in child if tag(line) == "tr")


def _filled(lines: list[tuple[Element, bool]]) -> list[Row]:
    """Return rows whose places are all told; a cell that would lie over another one is clipped."""
    hanging: list[dict[int, int]] = [{} for _line in lines]  # of each row: column where a cell from above goes on → its columns
    rows = []
    for number, (line, is_head) in enumerate(lines):
        below, placed, column = hanging[number], dict[int, Cell](), 0
        for element in (child for child in line if tag(child) in ("td", "th")):
            while column in below:
                column += below[column]
            free = min((at - column for at in below if at > column), default=MOST_COLUMNS)
            taken = min(_span(element, "colspan"), free)
            deep = min(_span(element, "rowspan"), len(lines) - number)
            placed[column] = Cell(element, taken, begins=deep > 1)
            for row in hanging[number + 1 : number + deep]:
                row[column] = taken
            column += taken
        rows.append(Row(list(_across(placed, below)), is_head))
    return rows


def _across(placed: dict[int, Cell], below: dict[int, int]) -> Iterator[Cell]:
    column = 0
    while column <= max((*placed, *below), default=-1):
        cell = placed.get(column) or Cell(None, below.get(column, 1), continues=column in below)
        yield cell
        column += cell.columns


def _span(element: Element, name: str) -> int:
    value = element.get(name, "")
    return max(1, min(int(value), 1000)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _widths(table: Element, count: int, width: float) -> list[float]:
    """Return the columns' widths: as asked for, the others share the rest; all are stretched or squeezed to the full width."""
    columns = _columns(table)
    asked = [_asked(column) for column in columns[:count]] + [0.0] * (count - len(columns))
    free = asked.count(0.0)
    share = max((width - sum(asked)) / free, NARROWEST) if free else 0.0
    full = [value or share for value in asked]
    return [value * width / sum(full) for value in full]


def _columns(table: Element) -> list[Element]:
    return [col for group in table if tag(group) == "colgroup" for col in group if tag(col) == "col"]


def _asked(column: Element) -> float:
    found = [match for name in classes(column) if (match := _WIDTH.fullmatch(name))]
    return float(found[0][1]) if found else 0.0
