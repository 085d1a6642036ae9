"""What a file of rows holds, as plain values: cells with their places, rows, and a list under its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sheets.lines import one_line

Value = str | int | float | bool | date | datetime | None

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Cell(NamedTuple):
    """One cell: its value as the file has it, and its place, counted from 0. A formula has no value."""

    value: Value
    row: int
    column: int
    is_formula: bool = False

    @property
    def reference(self) -> str:
        """Where it stands, such as B17."""
        return f"{letters(self.column)}{self.row + 1}"

    @property
    def text(self) -> str:
        """The value as text: NFC, every kind of white space one plain space, nothing invisible; 15.0 is 15."""
        value = self.value
        if isinstance(value, str):
            if value.isascii() and value.isprintable() and "  " not in value:
                return value.strip()
            return one_line(value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "1" if value else "0"
        return value.isoformat() if isinstance(value, date) else str(value)

    @property
    def day(self) -> date | None:
        """The value as a date: one of the sheet's own, 26/11/2025 or 2025-11-26; raises ValueError when it is none."""
        if isinstance(self.value, datetime):
            return self.value.date()
        if isinstance(self.value, date):
            return self.value
        text = self.text
        if not text:
            return None
        if found := _DAY_FIRST.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        raise ValueError(text)


class Row(NamedTuple):
    """One row of a list: its number as the spreadsheet shows it, and its cells by heading."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A list: its headings as they stand, and the rows under them that are not empty."""

    header: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Grid:
    """All cells of a sheet, row by row, before it is known where the headings are."""

    rows: Sequence[Sequence[Cell]]

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.rows), default=0)

    def below(self, row: int) -> list[Sequence[Cell]]:
        """Return the rows under one (counted from 0) that are not empty."""
        return [cells for cells in self.rows[row + 1 :] if any(cell.value not in (None, "") or cell.is_formula for cell in cells)]

    def under(self, row: int) -> Sheet:
        """Return the list whose headings stand in a row, counted from 0; columns without a heading are left out."""
        names = {n: cell.text for n, cell in enumerate(self.rows[row]) if cell.text}
        rows = [
            Row(cells[0].row + 1, {name: cells[n] for n, name in names.items() if n < len(cells)}) for cells in self.below(row)
        ]
        return Sheet(list(names.values()), rows)


def grid_of(rows: list[list[Any]]) -> Grid:
    """Return a grid from what the child process says."""
    return Grid([[_cell(value, r, c) for c, value in enumerate(row)] for r, row in enumerate(rows)])


def _cell(value: Any, row: int, column: int) -> Cell:
    if not isinstance(value, dict):
        return Cell(value, row, column)
    if "f" in value:
        return Cell(None, row, column, True)
    said = value["d"]
    return Cell(datetime.fromisoformat(said) if len(said) > 10 else date.fromisoformat(said), row, column)
