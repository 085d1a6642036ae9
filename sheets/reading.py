"""Reading XLSX and CSV that somebody sends us: in a child process within limits, refused with a sentence each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sheets.cells import Cell, Grid, Sheet, grid_of

CHILD = Path(__file__).with_name("child.py")
ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")
#: Files read at once: the machine of a small office has two cores and a conference to serve.
_PLACES = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Limits:
    """What one file may be (bytes, rows, columns, characters in all cells, parts and bytes unpacked), and what reading it may
    cost (bytes, seconds)."""

    size: int = 10 * 1024 * 1024
    rows: int = 20_100
    columns: int = 100
    characters: int = 16_000_000
    parts: int = 500
    unpacked: int = 120 * 1024 * 1024
    memory: int = 768 * 1024 * 1024
    seconds: int = 15


LIMITS = Limits()

SENTENCES: dict[str, Any] = {
    "broken": _("The file is damaged and cannot be read. Open it in Excel, save it again as .xlsx, and upload that."),
    "macro": _("The file holds macros (a program), which we do not open. Save it as .xlsx without macros, and upload that."),
    "encrypted": _("The file is protected with a password. Save it without a password, and upload that."),
    "old": _("This is the old Excel format (.xls). Save it as .xlsx or as CSV UTF-8, and upload that."),
    "other": _("This is neither an Excel workbook (.xlsx) nor a CSV file. Save it as .xlsx, and upload that."),
    "bomb": _("The file unpacks to far more than a list can be. Copy the list into a new workbook, and upload that."),
    "huge": _("The file is too large to be read. Copy the list alone into a new workbook, and upload that."),
    "empty": _("The first sheet of the file is empty. Put the list there, with its headings in the first row."),
    "busy": _("Many files are being read at the moment. Try again in a minute."),
    "encoding": _("The letters of the file cannot be made out. Save it as CSV UTF-8, and upload that."),
}


class Unreadable(Exception):
    """A file is not read; `sentence` says to people why, and what to do."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active now."""
        return str(self._sentence)


def read_grid(data: bytes, name: str, *, limits: Limits = LIMITS) -> Grid:
    """Return all cells of the first visible sheet that holds any; raise Unreadable with a sentence for people.

    Blocks the calling thread: about 0.1 s for a list of thousands, at most the limit of seconds, twice when two files
    are being read already.
    """
    if len(data) > limits.size:
        megabytes = limits.size // 1024 // 1024
        raise Unreadable(_("The file is larger than %(megabytes)d MB. Upload the list alone.") % {"megabytes": megabytes})
    if not data:
        raise Unreadable(SENTENCES["empty"])
    if name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise Unreadable(SENTENCES["macro"])
    if not _PLACES.acquire(timeout=limits.seconds):
        raise Unreadable(SENTENCES["busy"])
    try:
        said = _ask(data, limits)
    finally:
        _PLACES.release()
    if "rows" in said:
        return grid_of(said["rows"])
    raise Unreadable(_sentence(said["refused"], limits))


def read(data: bytes, name: str) -> Sheet:
    """Return the rows of a list under its headings, which are the first row that holds at least two words."""
    grid = read_grid(data, name)
    return grid.under(next((n for n, row in enumerate(grid.rows) if sum(bool(c.text) for c in row) > 1), 0))


def refuse_formulas(cells: list[Cell]) -> None:
    """Raise Unreadable, naming the first, when cells that are needed hold formulas or errors instead of values."""
    found = [cell.reference for cell in cells if cell.is_formula]
    if found:
        sentence = ngettext(
            "Cell %(cells)s holds a formula. Copy the list, paste it as values only, and upload that.",
            "Cells %(cells)s hold formulas. Copy the list, paste it as values only, and upload that.",
            len(found),
        )
        raise Unreadable(sentence % {"cells": ", ".join(found[:5]) + (" …" if len(found) > 5 else "")})


def _ask(data: bytes, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), json.dumps(asdict(limits))]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False, env=environment, start_new_session=True
        )
        return json.loads(done.stdout) if done.returncode == 0 else {"refused": "huge"}
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "huge"}


def _sentence(word: str, limits: Limits) -> object:
    if word == "rows":
        return _("The list has more than %(rows)d rows. Divide it into several files.") % {"rows": limits.rows - 100}
    if word == "columns":
        return _("The list has more than %(columns)d columns. Leave out those that are not needed.") % {"columns": limits.columns}
    return SENTENCES[word]
