"""The mark of a reader across every page: hung on once when a copy is made, filled in for each reader by a small tail.

Every page of a stored copy draws one shared form. Stored, it says loudly that the copy has no reader yet. A reader gets the
stored bytes as they are and behind them a tail: an incremental update (PDF 32000-1, 7.5.6) that replaces that one form. So
ranges of the file can be read as they lie on the disk, and nothing is stored for each reader. The tail is plain bytes: the web
process touches no PDF library.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from copies.letters import as_hex, fitted, width_of

__all__ = ["LOUD", "Mark", "anchors_of", "appearance", "hang_on", "shown", "tail"]

#: The form's side. Each page lays one or more such squares over itself (copies/hanging.py).
SIDE = 1000
#: Height of the letters, from line to line, from block to block along the lines and across them, all in the form's units.
SIZE, LEADING, ACROSS, GAP, WIDEST = 11.5, 14.0, 128.0, 46.0, 330.0
#: Of the slope of the lines, 26° upwards.
COS, SIN = 0.8988, 0.4384
#: What stands on a copy without a reader: whoever cuts the tail off has not won.
LOUD = ("BẢN CHƯA GẮN DẤU NGƯỜI ĐỌC", "KHÔNG ĐƯỢC SỬ DỤNG")


@dataclass(frozen=True)
class Mark:
    """What stands across a copy: lines of words (reader, unit, time; the last beside the code) and the trace code, 12 letters."""

    lines: tuple[str, ...]
    code: str


def shown(code: str) -> str:
    """Return a trace code as people read it: XXXX-XXXX-XXXX."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def tail(anchors: Mapping[str, Any], size: int, mark: Mark) -> bytes:
    """Return what comes behind a stored copy of `size` bytes so that it carries a reader's mark. `anchors`: anchors_of."""
    *others, last = (line for line in (*mark.lines, shown(mark.code)) if line)
    rows = [*others[:-1], f"{others[-1]} · {last}"] if others else [last]
    content = zlib.compress(appearance(rows), 1)
    number, at = int(anchors["object"]), size + 1
    form = (
        b"\n%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Resources %d 0 R /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%s\nendstream\nendobj\n" % (number, SIDE, SIDE, int(anchors["resources"]), len(content), content)
    )
    where = size + len(form)
    identity = f" /ID [<{anchors['id'][0]}> <{anchors['id'][1]}>]" if anchors.get("id") else ""
    trailer = (
        f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n"
        f"<< /Size {int(anchors['size'])} /Root {int(anchors['root'])} 0 R /Prev {int(anchors['xref'])}{identity} >>\n"
        f"startxref\n{where}\n%%EOF\n"
    )
    return form + trailer.encode()


def appearance(rows: Sequence[str], *, loud: bool = False) -> bytes:
    """Return the drawing of a mark: its rows as blocks, on lines that climb over the whole square.

    Each block is drawn twice, light and then dark beside it: the dark one shows on white, the light one on dark pictures.
    """
    size = SIZE * 1.6 if loud else SIZE
    lead = LEADING * size / SIZE
    texts = [fitted(unicodedata.normalize("NFC", row), WIDEST / size) for row in rows]
    widths = [width_of(text) * size for text in texts]
    squeezed = [min(1.0, WIDEST / width) if width else 1.0 for width in widths]
    wide = max((width * narrow for width, narrow in zip(widths, squeezed, strict=True)), default=0.0)
    block = b"".join(
        b"%d Tz <%s> Tj 0 %.1f Td\n" % (narrow * 100, as_hex(text), -lead) for text, narrow in zip(texts, squeezed, strict=True)
    )
    places = _places(wide + GAP, max(ACROSS, lead * (len(rows) + 4.0)))
    passes = ((b"/Light gs 1 g", 0.8, -0.8), (b"/Loud gs 0.72 0.07 0.1 rg" if loud else b"/Dark gs 0.2 g", 0.0, 0.0))
    drawn = b"".join(
        b"%s\n%s" % (colour, b"".join(_at(x + right, y + up, block) for x, y in places)) for colour, right, up in passes
    )
    return b"BT /Mark %.1f Tf\n%sET" % (size, drawn)


def _places(along: float, across: float) -> list[tuple[float, float]]:
    """Return where blocks begin: row after row over the square, every other row half a block on."""
    found = []
    for row in takewhile(lambda n: n * across < SIDE * (COS + SIN), count(-1)):
        v = row * across - SIDE * SIN
        for n in range(int(SIDE * (COS + SIN) / along) + 2):
            u = (n - 1 + (row % 2) / 2) * along
            x, y = u * COS - v * SIN, u * SIN + v * COS
            if -along < x < SIDE and -along * SIN - across < y < SIDE + across:
                found.append((x, y))
    return found


def _at(x: float, y: float, block: bytes) -> bytes:
    return b"%.4f %.4f %.4f %.4f %.1f %.1f Tm\n%s" % (COS, SIN, -SIN, COS, x, y, block)


def hang_on(pdf: Any, *, bound: bool = False) -> None:
    """Give every page of a fresh pikepdf.Pdf its call of the shared form; in a child process only. Call it last, before saving.

    `bound`: its pages come from copies that have such a form already, which this one replaces.
    """
    from copies import hanging

    hanging.hang_on(pdf, bound=bound)


def anchors_of(path: Path) -> dict[str, Any]:
    """Return where in a saved copy the mark hangs, for Version.anchors; in a child process only."""
    from copies import hanging

    return hanging.anchors_of(path)
