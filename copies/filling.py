"""What was filled into fields that bring no look of their own, set in letters that Vietnamese has. In a child process only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from copies.geometry import Box
from copies.letters import as_hex, fitted, width_of

_SIZE = re.compile(r"(\d{1,3}(?:\.\d{0,3})?)\s+Tf")
_MULTILINE, _SECRET = 1 << 12, 1 << 13
_MARGIN, _LEAD, _SMALLEST = 2.0, 1.2, 4.0
_MOST = 4000  # letters of one field


def shown_in(field: Callable[[str], Any]) -> str | None:
    """Return what a field of text or choice shows; None when it is something else, which only its program draws.

    `field`: a value of the field by its key, inherited or its own.
    """
    if str(field("/FT")) not in ("/Tx", "/Ch"):
        return ""
    value, flags = field("/V"), field("/Ff")
    values = list(value)[:50] if isinstance(value, Array) else [] if value is None else [value]
    if not all(isinstance(one, String) for one in values):
        return None
    names = _names(field("/Opt"))
    words = ", ".join(names.get(str(one), str(one)) for one in values)[:_MOST].strip()
    return "•" * len(words) if isinstance(flags, int) and flags & _SECRET and str(field("/FT")) == "/Tx" else words


def _names(options: Any) -> dict[str, str]:
    """Return what choices are called, by what they stand for."""
    pairs = [one for one in list(options)[:2000] if isinstance(one, Array)] if isinstance(options, Array) else []
    return {str(one[0]): str(one[1]) for one in pairs if len(one) == 2 and all(isinstance(part, String) for part in one)}


def look_of(pdf: pikepdf.Pdf, words: str, field: Callable[[str], Any], box: Box, font: Callable[[], Object]) -> Object:
    """Return a form that shows words within a field's rectangle: in the size it asks for, or one that fits."""
    flags, asked = field("/Ff"), _SIZE.search(str(field("/DA") or ""))
    several = isinstance(flags, int) and bool(flags & _MULTILINE)
    size, room = float(asked.group(1)) if asked else 0.0, max(box.width - 2 * _MARGIN, 1.0)
    if several:
        size = size or 10.0
        lines = _broken(words, room / size)
        top = box.height - _MARGIN - size
    else:
        lines = [fitted(words, 1e6)]
        size = size or min(12.0, box.height * 0.7, room / max(width_of(lines[0]), 0.1))
        top = (box.height - size * 0.72) / 2
    size = max(size, _SMALLEST)
    drawn = b"".join(
        b"1 0 0 1 %.2f %.2f Tm <%s> Tj\n" % (_left(line, size, room, field("/Q")), top - n * size * _LEAD, as_hex(line))
        for n, line in enumerate(lines)
    )
    look = pdf.make_stream(b"q 0 0 %.2f %.2f re W n BT /DcF %.2f Tf 0 g\n%sET Q" % (box.width, box.height, size, drawn))
    look["/Type"], look["/Subtype"], look["/BBox"] = (
        Name.XObject,
        Name.Form,
        Array([0, 0, round(box.width, 2), round(box.height, 2)]),
    )
    look["/Resources"] = Dictionary(Font=Dictionary(DcF=font()))
    return look


def _left(line: str, size: float, room: float, side: Any) -> float:
    free = max(room - width_of(line) * size, 0.0)
    return _MARGIN + free * {1: 0.5, 2: 1.0}.get(side if isinstance(side, int) else 0, 0.0)


def _broken(words: str, room: float) -> list[str]:
    """Break words into lines no wider than there is room, measured in heights of a letter."""
    lines: list[str] = []
    for paragraph in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = ""
        for word in fitted(paragraph, 1e6).split():
            longer = f"{line} {word}".strip()
            if line and width_of(longer) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
