"""The small words of WordprocessingML: text that XML can hold, distances as Word counts them, properties of runs."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

#: Letters XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile("[ \t\n\r\f]+")

#: The namespaces of a part with text in it.
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FONT = "Times New Roman"


def text_of(words: str) -> str:
    """Return words as XML text."""
    return escape(_ILLEGAL.sub("", words))


def attribute(words: str) -> str:
    """Return words as an XML attribute, in its quotes."""
    return quoteattr(_ILLEGAL.sub("", words))


def one_spaced(words: str) -> str:
    """Return words with each run of white space as one space, as CSS shows them."""
    return _SPACES.sub(" ", words)


def twips(millimetres: float) -> int:
    """Return a distance as Word counts it: twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def points(size: float) -> int:
    """Return a distance given in points in twentieths of a point."""
    return round(size * 20)


def run_marks(letters: dict[str, Any], *, base: bool = False) -> str:
    """Return the properties of letters; those of a style also say what is not (`base`), so that nothing is inherited."""
    marks = ""
    for name, tag in (("bold", "b"), ("italic", "i"), ("capitals", "caps")):
        if letters.get(name):
            marks += f"<w:{tag}/>"
        elif base:
            marks += f'<w:{tag} w:val="0"/>'
    if "size" in letters:
        marks += f'<w:sz w:val="{round(letters["size"] * 2)}"/><w:szCs w:val="{round(letters["size"] * 2)}"/>'
    if letters.get("underlined"):
        marks += '<w:u w:val="single"/>'
    return marks
