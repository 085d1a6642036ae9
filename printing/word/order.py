"""One order for a Word file: the paper's HTML, the numbers of its layout, what the file says about itself. Plain values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from printing.order import Particulars, identified, one_line, readable
from printing.profiles import Length, Letters, Profile

#: Millimetres in a typographic point.
POINT_MM = 25.4 / 72


@dataclass(frozen=True)
class WordOrder:
    """What goes down the pipe to the child that makes Word files."""

    html: str
    letters: dict[str, dict[str, Any]]  # component → size, bold, italic, capitals, underlined
    lengths: dict[str, float]  # name of the profile's number → millimetres
    shares: dict[str, float]  # rules that are a part of their words' length
    body: str
    pages_apart: bool  # each annex counts its pages from 1
    title: str
    subject: str
    author: str
    language: str
    dated: str
    identifier: str

    def encode(self) -> bytes:
        """Return the order as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, data: bytes) -> WordOrder:
        """Read what `encode` wrote."""
        return cls(**json.loads(data))

    @property
    def text_width(self) -> float:
        """The page's width between its margins, in millimetres."""
        return self.lengths["page_width"] - self.lengths["margin_left"] - self.lengths["margin_right"]

    def points(self, length: str) -> float:
        """Return one of the profile's distances in points."""
        return self.lengths[length] / POINT_MM


def make_word_order(html: str, profile: Profile, about: Particulars) -> WordOrder:
    """Return an order; raise ValueError when `dated` has no time zone."""
    if about.dated.utcoffset() is None:
        raise ValueError("the date of a paper needs a time zone")
    values = {field.name: getattr(profile, field.name) for field in fields(profile)}
    return WordOrder(
        html=readable(html),
        letters={name: _plain(value) for name, value in values.items() if isinstance(value, Letters)},
        lengths={name: millimetres(value) for name, value in values.items() if isinstance(value, Length) and value.unit != "%"},
        shares={name: value.value / 100 for name, value in values.items() if isinstance(value, Length) and value.unit == "%"},
        body=profile.body,
        pages_apart=profile.keeps_its_pages_apart,
        title=one_line(about.title),
        subject=one_line(about.subject),
        author=one_line(about.author),
        language=about.language,
        dated=about.dated.isoformat(timespec="seconds"),
        identifier=identified(about.identifier),
    )


def millimetres(length: Length) -> float:
    """Return a distance in millimetres."""
    return length.value if length.unit == "mm" else length.value * POINT_MM


def _plain(letters: Letters) -> dict[str, Any]:
    return {
        "size": letters.size,
        **{name: getattr(letters, name) for name in ("bold", "italic", "capitals", "underlined")},
    }
