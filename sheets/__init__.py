"""Tables as files: XLSX and CSV read with care, written inert. Knows no model."""

from sheets.cells import Cell, Grid, Row, Sheet, Value
from sheets.reading import Unreadable, read, read_grid, refuse_formulas
from sheets.writing import TYPES, Table, write_csv, write_workbook, write_xlsx

__all__ = [
    "TYPES",
    "Cell",
    "Grid",
    "Row",
    "Sheet",
    "Table",
    "Unreadable",
    "Value",
    "read",
    "read_grid",
    "refuse_formulas",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]
