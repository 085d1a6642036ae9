"""Tables made regular: every place of the grid belongs to exactly one cell, whatever their spans said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from texts.nodes import COLUMNS, ROWS, Node, Refused, inside, paragraph


@dataclass(slots=True)
class Cell:
    """A cell as it was found; `row` and `column` are given when it is placed."""

    content: list[Node] = field(default_factory=list)
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1
    row: int = 0
    column: int = 0

    def node(self) -> Node:
        """As it stands in a document."""
        spans = {name: span for name in ("colspan", "rowspan") if (span := getattr(self, name)) != 1}
        kind = "table_header" if self.is_header else "table_cell"
        return {"type": kind, **({"attrs": spans} if spans else {}), "content": self.content or [paragraph()]}


def table(rows: list[list[Cell]]) -> Node | None:
    """Return the table of these rows, or nothing where no cell is. Cells are placed as browsers place them."""
    if len(rows) > ROWS:
        raise Refused("too_tall")
    cells = _placed(rows)
    if not cells:
        return None
    width = _closed_up(cells, "column", "colspan")
    height = _closed_up(cells, "row", "rowspan")
    cells += _fillers(cells, height, width)
    lines: list[list[Cell]] = [[] for _row in range(height)]
    for cell in sorted(cells, key=lambda one: one.column):
        lines[cell.row].append(cell)
    return {"type": "table", "content": [{"type": "table_row", "content": [cell.node() for cell in line]} for line in lines]}


def _placed(rows: list[list[Cell]]) -> list[Cell]:
    """Give each cell its place; a span ends where the table does or another cell begins."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            if column >= COLUMNS:
                raise Refused("too_wide")
            cell.row, cell.column = number, column
            cell.rowspan = max(1, min(cell.rowspan, len(rows) - number))
            free = 1
            while free < min(cell.colspan, COLUMNS - column) and (number, column + free) not in taken:
                free += 1
            cell.colspan = free
            taken.update(_places(cell))
            cells.append(cell)
            column += free
    return cells


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rowspan):
        for column in range(cell.column, cell.column + cell.colspan):
            yield row, column


def _closed_up(cells: list[Cell], place: str, span: str) -> int:
    """Take away the lines of the grid in which no cell begins (Word and Excel write many); return how many are left."""
    begins = sorted({getattr(cell, place) for cell in cells})
    number = {line: index for index, line in enumerate(begins)}
    for cell in cells:
        start, end = getattr(cell, place), getattr(cell, place) + getattr(cell, span)
        setattr(cell, span, sum(1 for line in begins if start <= line < end))
        setattr(cell, place, number[start])
    return len(begins)


def _fillers(cells: list[Cell], height: int, width: int) -> list[Cell]:
    """Empty cells for the places nobody has."""
    taken = {place for cell in cells for place in _places(cell)}
    free = ((row, column) for row in range(height) for column in range(width) if (row, column) not in taken)
    return [Cell(row=row, column=column) for row, column in free]


def cells_of(node: Node) -> list[list[Cell]]:
    """The rows of a regular table with the place of each cell."""
    rows = [
        [
            Cell(inside(cell), cell["type"] == "table_header", **(cell.get("attrs") or {}))
            for cell in inside(row)
        ]
        for row in inside(node)
    ]  # fmt: skip
    _placed(rows)
    return rows


def header_rows(rows: list[list[Cell]]) -> int:
    """How many rows on top are headings, with others under them; none where a heading reaches down into what is not."""
    count = 0
    while count < len(rows) and rows[count] and all(cell.is_header for cell in rows[count]):
        count += 1
    deepest = max((cell.row + cell.rowspan for row in rows[:count] for cell in row), default=0)
    return count if deepest <= count < len(rows) else 0
