"""One order to the press: what to print and what the file says about itself. Knows neither Django nor WeasyPrint."""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True)
class Particulars:
    """What a PDF file says about itself.

    `dated` is the moment written into the file as its time of making (with a time zone), `identifier` names paper and
    version for good: the press adds nothing of its own, so the same order always gives the same bytes.
    """

    title: str
    identifier: str
    dated: datetime
    subject: str = ""
    author: str = ""
    language: str = "vi"


@dataclass(frozen=True)
class Order:
    """What goes down the pipe to the child: plain text only."""

    html: str
    css: str
    title: str
    subject: str
    author: str
    language: str
    dated: str  # as the W3C profile of ISO 8601 writes it, to the second
    identifier: str  # 32 hexadecimal digits

    def encode(self) -> bytes:
        """Return the order as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Order":
        """Read what `encode` wrote."""
        return cls(**json.loads(data))


def make_order(html: str, css: str, about: Particulars) -> Order:
    """Return an order; raise ValueError when `dated` has no time zone.

    Letters are composed (NFC) here, once for all papers, so that a search in the PDF finds what a keyboard types.
    """
    if about.dated.utcoffset() is None:
        raise ValueError("the date of a paper needs a time zone")
    return Order(
        html=unicodedata.normalize("NFC", html),
        css=css,
        title=_line(about.title),
        subject=_line(about.subject),
        author=_line(about.author),
        language=about.language,
        dated=about.dated.isoformat(timespec="seconds"),
        identifier=hashlib.sha256(about.identifier.encode()).hexdigest()[:32],
    )


def _line(text: str) -> str:
    """Return text as one line without control characters, which the XML inside a PDF does not allow."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in composed).split())
