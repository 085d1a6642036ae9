"""One order to the press: what to print and what the file says about itself. Knows neither Django nor WeasyPrint."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

#: A file laid into a PDF: its name, its kind (application/json), its bytes.
Attachment = tuple[str, str, bytes]
#: A QR code drawn onto a page: the page (0 is the first), left, top and side with quiet zone in millimetres, its digits.
DrawnCode = tuple[int, float, float, float, str]

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KIND = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}")
#: Marks that turn the order of letters about, as letters and as a template could write them: a reader sees what is stored.
_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TURNING = re.compile(
    rf"[{_TURNS}]|&(?:lrm|rlm|#0*(?:823[4-8]|829[4-7]|820[67]|1564)(?!\d)"
    r"|#[xX]0*(?:20(?:2[a-eA-E]|6[6-9]|0[eEfF])|61[cC])(?![0-9a-fA-F]));?"
)
#: More marks on one letter than any script writes: the layout of a hundred thousand takes half a minute.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILES = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
#: Halves of letters, which no file can hold: a browser sends them when half an emoji was cut away.
_HALVES = re.compile("[\ud800-\udfff]")


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
    attachments: Sequence[Sequence[str]] = ()  # name, kind, bytes in base64
    codes: Sequence[DrawnCode] = ()

    def encode(self) -> bytes:
        """Return the order as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Order":
        """Read what `encode` wrote."""
        return cls(**json.loads(data))

    def files(self) -> list[Attachment]:
        """Return the files to be laid into the PDF."""
        return [(name, kind, base64.b64decode(data)) for name, kind, data in self.attachments]


def make_order(
    html: str, css: str, about: Particulars, attachments: Sequence[Attachment] = (), codes: Sequence[DrawnCode] = ()
) -> Order:
    """Return an order; raise ValueError when `dated` has no time zone, or an attachment no plain name or kind.

    Letters are composed (NFC) here, once for all papers, so that a search in the PDF finds what a keyboard types.
    """
    if about.dated.utcoffset() is None:
        raise ValueError("the date of a paper needs a time zone")
    names = [name for name, kind, _data in attachments if _FILE_NAME.fullmatch(name) and _KIND.fullmatch(kind)]
    if len(set(names)) < len(attachments):
        raise ValueError("an attachment needs a plain name of its own and a kind")
    return Order(
        html=readable(html),
        css=css,
        title=one_line(about.title),
        subject=one_line(about.subject),
        author=one_line(about.author),
        language=about.language,
        dated=about.dated.isoformat(timespec="seconds"),
        identifier=identified(about.identifier),
        attachments=tuple((name, kind, base64.b64encode(data).decode()) for name, kind, data in attachments),
        codes=tuple(codes),
    )


def readable(html: str) -> str:
    """Return HTML with composed letters, without halves of letters, heaps of marks, and what turns the order of letters about."""
    return _PILES.sub(r"\1", _TURNING.sub("", _HALVES.sub("\ufffd", unicodedata.normalize("NFC", html))))


def identified(identifier: str) -> str:
    """Return a paper's identifier as 32 hexadecimal digits: as files carry it, and as the log names a paper."""
    return hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()[:32]


def one_line(text: str) -> str:
    """Return text as one line without control characters, which the XML inside a PDF does not allow."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in composed).split())
