"""The rows of an uploaded list: found under their headings, kept as plain values, read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from meetings.importing.columns import NO_HEADING, TWICE, Column, Unfit, plain
from sheets import Cell, Grid, Unreadable, refuse_formulas

#: The headings stand in one of the first rows; above them are titles of the paper.
SEARCHED = 30
ERROR, WARNING = "error", "warning"


@dataclass
class Values:
    """One row while it is judged: what its cells say, and the remarks on them."""

    number: int
    cells: dict[str, Cell]
    read: dict[str, Any] = field(default_factory=dict)
    remarks: list[dict[str, str]] = field(default_factory=list)

    def get(self, column: str) -> Any:
        """Return what a column says; "" when it is empty, missing or unfit."""
        return self.read.get(column, "")

    def error(self, column: str, sentence: object) -> None:
        """Say what is wrong: nothing of the list is applied as long as an error stands."""
        self._remark(column, sentence, ERROR)

    def warn(self, column: str, sentence: object) -> None:
        """Say what somebody should look at; it does not hinder."""
        self._remark(column, sentence, WARNING)

    @property
    def worst(self) -> str:
        """The worst level among the remarks, or nothing."""
        levels = {remark["level"] for remark in self.remarks}
        return ERROR if ERROR in levels else WARNING if WARNING in levels else ""

    def _remark(self, column: str, sentence: object, level: str) -> None:
        cell = self.cells.get(column)
        self.remarks.append({"cell": cell.reference if cell else "", "text": str(sentence), "level": level})


def table_of(grid: Grid, columns: Sequence[Column]) -> dict[str, Any]:
    """Return a list as plain values: {columns: {name: [place, heading]}, rows: [[number, {name: value}], …]}.

    Raises Unreadable when the needed headings are not there, one stands twice, or a needed cell holds a formula.
    """
    at, places = _headings(grid, columns)
    rows = grid.below(at)
    refuse_formulas([cells[place] for cells in rows for place in places.values() if place < len(cells)])
    return {
        "columns": {name: [place, grid.rows[at][place].text] for name, place in places.items()},
        "rows": [
            [cells[0].row, {name: _packed(cells[place].value) for name, place in places.items() if place < len(cells)}]
            for cells in rows
            if any(cells[place].value not in (None, "") for place in places.values() if place < len(cells))
        ],
    }


def values_of(table: dict[str, Any], columns: Sequence[Column]) -> list[Values]:
    """Return the rows of a kept table, read: unfit cells have their remark."""
    places = {column: table["columns"][column.name][0] for column in columns if column.name in table["columns"]}
    found = []
    for row, packed in table["rows"]:
        values = Values(row + 1, {c.name: Cell(_unpacked(packed.get(c.name)), row, place) for c, place in places.items()})
        for column in places:
            _read(values, column)
        found.append(values)
    return found


def _read(values: Values, column: Column) -> None:
    try:
        values.read[column.name] = column.read(values.cells[column.name], column)
    except Unfit as unfit:
        values.error(column.name, unfit)


def _headings(grid: Grid, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Return the row of the headings (that which names most columns, the last of them) and the place of each column."""
    known = {heading: column.name for column in reversed(columns) for heading in column.headings()}
    best: tuple[int, dict[str, int]] = (0, {})
    for n, row in enumerate(grid.rows[:SEARCHED]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = known.get(plain(cell.text)) if cell.text else None
            if name and name not in places:
                places[name] = place
        if places and len(places) >= len(best[1]):
            best = n, places
    missing = [str(column.title) for column in columns if column.required and column.name not in best[1]]
    if missing or not best[1]:
        raise Unreadable(NO_HEADING % {"missing": ", ".join(missing or [str(columns[0].title)])})
    _refuse_twice(grid.rows[best[0]], known, best[1])
    return best


def _refuse_twice(row: Sequence[Cell], known: dict[str, str], places: dict[str, int]) -> None:
    for place, cell in enumerate(row):
        name = known.get(plain(cell.text)) if cell.text else None
        if name and places[name] != place:
            first = row[places[name]]
            words = {"heading": cell.text, "first": first.reference, "second": cell.reference}
            raise Unreadable(TWICE % words)


def _packed(value: Any) -> Any:
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["d"]) if "T" in value["d"] else date.fromisoformat(value["d"])
    return value
