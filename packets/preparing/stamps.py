"""Stamps of secrecy in the text of pages: MẬT, TỐI MẬT, TUYỆT MẬT as they stand on a paper, not as words of a sentence. Pure.

A stamp stands alone on its line, at the edge of a line with a gap before the rest, beside the motto in the heading, or behind
“Độ mật:”. Old fonts (TCVN3, VNI) and spaced letters are read too. Whoever releases judges what was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: The gravest first.
WORDS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
#: How they look in text set with fonts of before Unicode: TCVN3 (its capitals are small letters) and VNI.
_OLD = {
    "tuyöt mët": "TUYỆT MẬT", "tèi mët": "TỐI MẬT", "mët": "MẬT",
    "tuyeät maät": "TUYỆT MẬT", "toái maät": "TỐI MẬT", "maät": "MẬT",
}  # fmt: skip
_EDGE = " \t.,:;-–—_*|/\\[](){}<>\"'“”‘’«»•·"
_LABEL = re.compile(r"^(?:mức\s+)?độ\s+mật\s*[:\-–]?\s*(tuyệt mật|tối mật|mật)$", re.IGNORECASE)
_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")
_SPACED = re.compile(r"^(?:\w\s+){2,}\w$")
_MOTTO = re.compile(r"\s*(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM)\s*")
#: A line that ends so goes on in the next: “bí / mật” is no stamp, “TUYỆT / MẬT” in a narrow box is one.
_GOES_ON = {"bí": "", "tuyệt": "TUYỆT MẬT", "tối": "TỐI MẬT"}


@dataclass(frozen=True)
class Stamp:
    """A stamp that was found: its word as stamped, and the page, from 1."""

    word: str
    page: int


def stamps_in(texts: Sequence[str]) -> list[Stamp]:
    """Return each stamp once for every page it stands on, the gravest of a page first."""
    return [Stamp(word, page) for page, text in enumerate(texts, start=1) for word in words_on(text)]


def words_on(text: str) -> list[str]:
    """Return the stamps on one page."""
    found = set(_words(unicodedata.normalize("NFC", text).splitlines()))
    return [word for word in WORDS if word in found]


def _words(lines: Sequence[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        bare = " ".join(line.split()).strip(_EDGE)
        if not bare:
            continue
        if len(line) <= 400:
            yield from _of_line(line, bare, before)
        before = bare


def _of_line(line: str, bare: str, before: str) -> Iterator[str]:
    label = _LABEL.match(bare)
    if label:
        yield " ".join(label.group(1).upper().split())
        return
    if bare in ("MẬT", "Mật"):
        yield from filter(None, [_ending_of(before)])
        return
    whole = _stamp(bare)
    for part in [bare] if whole else [*_GAP.split(line.strip()), *_MOTTO.split(bare)]:
        word = _stamp(part.strip(_EDGE))
        if word:
            yield word


def _ending_of(before: str) -> str:
    """Return the stamp that MẬT alone on its line is, behind the line before it."""
    words = before.split()
    last = words[-1].casefold() if words else ""
    if last not in _GOES_ON:
        return "MẬT"
    return _GOES_ON[last] if len(words) == 1 else ""


def _stamp(part: str) -> str:
    """Return the stamp that a piece of a line is, or nothing. Small letters alone are a word of a sentence."""
    if _SPACED.match(part):
        part = _closed_up(part)
    plain = " ".join(part.split())
    if plain in WORDS or (plain[:1].isupper() and plain.upper() in WORDS and plain == plain.capitalize()):
        return plain.upper()
    if plain.title() == plain and plain.upper() in WORDS:
        return plain.upper()
    return _OLD.get(plain.casefold(), "")


def _closed_up(part: str) -> str:
    """Return spaced letters as words: “T Ố I   M Ậ T”, or without wider gaps “T Ố I M Ậ T”."""
    letters = "".join(part.split())
    return next((word for word in WORDS if word.replace(" ", "") == letters.upper()), part)
