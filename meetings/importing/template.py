"""The empty list to fill in: a sheet with the headings, one with examples, one with the values that are allowed."""

from __future__ import annotations

from itertools import zip_longest

from django.utils.translation import gettext as _

from meetings.importing.kinds import Kind
from meetings.models import Meeting
from sheets import Table, write_workbook


def template_of(kind: Kind, meeting: Meeting | None) -> bytes:
    """Return a workbook; only its first sheet is read when it comes back."""
    titles = [str(column.title) + (" *" if column.required else "") for column in kind.columns]
    allowed = kind.allowed(meeting)
    choices = {n: allowed[column.name] for n, column in enumerate(kind.columns) if column.name in allowed}
    examples = max((len(column.example) for column in kind.columns), default=0)
    rows = [[(column.example[n] if n < len(column.example) else "") for column in kind.columns] for n in range(examples)]
    lists = [column for column in kind.columns if allowed.get(column.name)]
    return write_workbook([
        Table(str(kind.title), titles, [], choices=choices),
        Table(_("Examples"), titles, rows),
        Table(_("Allowed values"), [str(column.title) for column in lists],
              list(zip_longest(*(allowed[column.name] for column in lists), fillvalue=""))),
    ])  # fmt: skip
