"""The text of each page of a PDF, cleaned, for searching. In a child process only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import closing

import pypdfium2

#: Characters of one page: more are no words.
PAGE = 100_000


def texts_of(document: pypdfium2.PdfDocument, *, most: int, on_page: Callable[[int], None] = lambda number: None) -> list[str]:
    """Return the text of each page in order; `most`: characters of all together, beyond which pages stay empty."""
    found: list[str] = []
    left = most
    for number in range(len(document)):
        text = text_of(document, number)[: max(left, 0)]
        left -= len(text)
        found.append(text)
        on_page(number)
    return found


def text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return the text of one page; nothing where there is none, or it cannot be made out."""
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            count = text.count_chars()
            return cleaned(text.get_text_range(0, min(count, PAGE)) if count > 0 else "")
    except (pypdfium2.PdfiumError, ValueError, UnicodeError):
        return ""


def cleaned(text: str) -> str:
    """Return text as a database, a page and a search take it: composed letters, no unseen ones, lines as lines."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-")).split("\n")
    return "\n".join(line for line in (" ".join(_seen(line).split()) for line in lines) if line)


def _seen(line: str) -> str:
    return "".join(" " if one.isspace() else one for one in line if one.isspace() or unicodedata.category(one)[0] != "C")
