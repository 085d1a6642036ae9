"""A unit's own list, pasted from a spreadsheet or given as a file: read into rows, each fault with its row and what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people.spelling import clean, fold
from sheets import Unreadable, read_grid, refuse_formulas

MOST_ROWS, MOST_BYTES, MOST_CHARACTERS = 2000, 5_000_000, 400_000
HEAD_WITHIN = 15  # lines of title above the columns' names
LENGTHS = {"name": 120, "position": 160, "unit_name": 200, "phone": 40, "email": 254, "needs": 300}
# How people call the columns, folded.
HEADS = {
    "name": ("ho va ten", "ho ten", "ten", "full name", "name", "dai bieu"),
    "position": ("chuc vu", "chuc danh", "position", "title"),
    "unit_name": ("don vi", "co quan", "don vi cong tac", "unit", "organisation"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "telephone", "phone", "telephone number"),
    "email": ("email", "e-mail", "thu dien tu", "hop thu", "mail address"),
    "needs": ("nhu cau dac biet", "special needs"),
}
ORDER = ("name", "position", "unit_name", "phone", "email")  # of a list without a head


@dataclass(frozen=True)
class Person:
    """One row: its number as people count, and what stands in it."""

    number: int
    values: Mapping[str, str]


def read_list(*, text: str, data: bytes | None, file_name: str, asked: Sequence[str]) -> list[Person]:
    """Return the rows of a list; `asked`: the optional data that are kept. Raises ValidationError, a sentence a fault."""
    rows = _of_file(data, file_name) if data is not None else _of_text(text)
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise ValidationError(_("The list is empty. Paste at least one line, or choose a file."))
    columns, rows = _columns(rows)
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("A list holds at most %(limit)d lines.") % {"limit": MOST_ROWS})
    kept = {"name", "position", "unit_name", *asked}
    people = [Person(number, _values(columns, cells, kept)) for number, cells in rows]
    faults = [fault for person in people for fault in _faults(person)]
    if faults:
        raise ValidationError(faults[:20])
    return people


def _of_file(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is too large: at most 5 MB."))
    try:
        grid = read_grid(data, name)
        refuse_formulas([cell for row in grid.rows for cell in row])
    except Unreadable as error:
        raise ValidationError(str(error)) from error
    return [(number, [clean(cell.text) for cell in row]) for number, row in enumerate(grid.rows, start=1)]


def _of_text(text: str) -> list[tuple[int, list[str]]]:
    if "\0" in text:
        raise ValidationError(_("The list holds characters that are no text."))
    mark = "\t" if "\t" in text else ";"
    rows = csv.reader(io.StringIO(text[:MOST_CHARACTERS], newline=""), delimiter=mark)
    try:
        return [(number, [clean(cell) for cell in cells]) for number, cells in enumerate(rows, start=1)]
    except csv.Error as error:
        raise ValidationError(_("The list could not be understood. Paste the cells as they are in the spreadsheet.")) from error


def _columns(rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return what stands in each column, and the rows under their head; without a head, name, position, unit in this order."""
    for at, (_number, cells) in enumerate(rows[:HEAD_WITHIN]):
        named = [next((name for name, words in HEADS.items() if fold(cell) in words), "") for cell in cells]
        if "name" in named:
            return named, rows[at + 1 :]
    if fold(rows[0][1][0]) in ("stt", "tt", "no", "no."):
        raise ValidationError(_("No column is called “Full name”. Name the columns in the first line."))
    return list(ORDER), rows


def _values(columns: Sequence[str], cells: Sequence[str], kept: set[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name in kept}


def _faults(person: Person) -> list[Any]:
    """Return what is wrong with a row, in sentences that name it."""
    found: list[Any] = []
    if not person.values.get("name"):
        found.append(_("Row %(row)d: the name is missing.") % {"row": person.number})
    for name, value in person.values.items():
        if len(value) > LENGTHS[name]:
            found.append(_("Row %(row)d: “%(text)s…” is too long.") % {"row": person.number, "text": value[:30]})
    if person.values.get("email"):
        try:
            validate_email(person.values["email"])
        except ValidationError:
            found.append(
                _("Row %(row)d: “%(text)s” is no mail address.") % {"row": person.number, "text": person.values["email"]}
            )
    return found
