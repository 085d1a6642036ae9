"""The QR code of a paper as a picture for Word, read back from the squares it was drawn with; the width of words in print."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw, ImageFont

from printing import fonts
from printing.word.inline import tag

#: Pixels to a module of the code.
FINE = 8
#: A code has at most 177 modules and its quiet zone.
MOST_MODULES = 200
_BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def qr_picture(svg: Element) -> bytes:
    """Return a code that printing.qr drew as PNG; raise ValueError for any other drawing."""
    box = svg.get("viewBox", "").split()
    path = next((child.get("d", "") for child in svg if tag(child) == "path"), "")
    if len(box) != 4 or not box[2].isdigit() or not 0 < int(box[2]) <= MOST_MODULES or _BAR.sub("", path):
        raise ValueError("a drawing that is no QR code")
    side = int(box[2]) * FINE
    picture = Image.new("1", (side, side), 1)
    drawing = ImageDraw.Draw(picture)
    for x, y, length in (tuple(map(int, bar)) for bar in _BAR.findall(path)):
        drawing.rectangle((x * FINE, y * FINE, (x + length) * FINE - 1, (y + 1) * FINE - 1), fill=0)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()


def width_of(words: str, letters: dict[str, object], directory: Path) -> float:
    """Return how wide words stand in print, in millimetres: the font's letters are as wide as those of Times New Roman."""
    shown = words.upper() if letters.get("capitals") else words
    style = "italic" if letters.get("italic") else "normal"
    face = next(name for name, weight, slope in fonts.FACES if (weight == 700) == bool(letters.get("bold")) and slope == style)
    size = letters["size"]
    assert isinstance(size, float | int)
    return _face(directory / face).getlength(shown) / 1000 * float(size) * 25.4 / 72


@cache
def _face(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)
