"""Pieces that several kinds of paper are made of: rich text from words, tables, numbered parts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from minutes.papers import rich


class Written:
    """What people have written in a paper's fields, else what the data say; `used` keeps by field what stands in the paper."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        """Read from words; a field that is there and empty was emptied by somebody."""
        self._words = words
        self.used: dict[str, Any] = {}

    def doc(self, name: str, default: str = "") -> dict[str, Any]:
        """Return rich text."""
        found = self._words.get(name, default)
        self.used[name] = dict(found) if rich.is_doc(found) else rich.paragraphs(str(found or ""))
        kept: dict[str, Any] = self.used[name]
        return kept

    def line(self, name: str, default: str = "") -> str:
        """Return one line."""
        self.used[name] = " ".join(str(self._words.get(name, default)).split())
        return str(self.used[name])

    def lines(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """Return several lines."""
        found = self._words.get(name)
        lines = list(default) if found is None else [" ".join(one.split()) for one in str(found).splitlines()]
        lines = [one for one in lines if one]
        self.used[name] = "\n".join(lines)
        return lines

    def tick(self, name: str) -> bool:
        """Return a tick."""
        self.used[name] = bool(self._words.get(name))
        return bool(self.used[name])


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return a table as rich text."""
    made = [_row(titles, "table_header"), *(_row(row, "table_cell") for row in rows)]
    return {"type": "doc", "content": [{"type": "table", "content": made}]}


def _row(cells: Sequence[str], kind: str) -> dict[str, Any]:
    return {
        "type": "table_row",
        "content": [{"type": kind, "content": rich.paragraphs(cell)["content"] or [{"type": "paragraph"}]} for cell in cells],
    }


def day(on: date | None) -> str:
    """Return a date in figures, or nothing."""
    return f"{on:%d/%m/%Y}" if on else ""


def sentence(words: str) -> str:
    """Return words with a capital at their beginning and a full stop at their end."""
    return words[:1].upper() + words[1:].rstrip(" .") + "." if words else ""
