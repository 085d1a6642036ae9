"""What a paper's template is given, and the way from a template to a PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from printing.order import Attachment, Particulars, make_order
from printing.press import PRESS, Press
from printing.profiles import Profile
from printing.qr import qr_svg
from printing.style import COLUMN_WIDTHS, stylesheet

#: On every page of every paper of a demonstration or rehearsal.
DEMONSTRATION_MARK = "BẢN TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ"


@dataclass(frozen=True)
class Head:
    """The components above the text, as plain words; empty ones are left out. Line breaks are kept in the bodies.

    `number` comes without “Số” (01-BB/VPTW). `place` and `on` make the line “Hà Nội, ngày 26 tháng 11 năm 2025”.
    """

    issuing_body: str
    type_name: str
    abstract: str
    parent_body: str = ""
    number: str = ""
    place: str = ""
    on: date | None = None
    urgency: str = ""
    draft_mark: str = ""
    demonstration: bool = False

    @property
    def place_date(self) -> str:
        """The line under the title; nothing when the paper bears no place and date."""
        return place_and_date(self.place, self.on) if self.place and self.on else ""


@dataclass(frozen=True)
class Signature:
    """Who signs: the authority or the role (bold), the post (regular), the name; room is left when the name is empty."""

    authority: str = ""
    post: str = ""
    name: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table: heading, width in millimetres (a multiple of 5 to 120; 0 shares the rest), alignment."""

    title: str
    width: int = 0
    align: Literal["left", "centre", "right"] = "left"

    def __post_init__(self) -> None:
        """Refuse a width the stylesheet has no class for."""
        if self.width and self.width not in COLUMN_WIDTHS:
            raise ValueError(f"no column is {self.width} mm wide")


@dataclass(frozen=True)
class Table:
    """Columns and rows of text; its heading is repeated on each page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    caption: str = ""

    @property
    def lines(self) -> list[list[tuple[Column, object]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Verification:
    """Where a reader checks the paper: the address behind the QR code and the code to compare."""

    address: str
    code: str

    @property
    def qr(self) -> SafeString:
        """The QR code as inline SVG."""
        return qr_svg(self.address, self.code)


def place_and_date(place: str, on: date) -> str:
    """Return the line of place and date as papers write it."""
    return f"{place}, {day_in_words(on)}"


def day_in_words(on: date) -> str:
    """Return a date as papers write it: a leading zero for days under 10 and for January and February."""
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def print_paper(
    template: str, context: Mapping[str, Any], *, profile: Profile, about: Particulars, press: Press = PRESS
) -> bytes:
    """Return the PDF of a template that extends printing/party.html; raise PrintingError with a sentence for people.

    Papers are in Vietnamese whatever language the person who prints them has chosen for the screens.
    """
    with translation.override("vi"):
        html = render_to_string(template, {**context, "profile": profile, "mark": DEMONSTRATION_MARK, "about": about})
    return press.print(make_order(html, stylesheet(profile), about))


def press_html(
    html: str, profile: Profile, about: Particulars, attachments: Sequence[Attachment] = (), *, press: Press = PRESS
) -> bytes:
    """Return the PDF of a whole document in the vocabulary of papers, with files laid into it (their data, as JSON).

    Raise PrintingError with a sentence for people; ValueError when an attachment has no plain name or kind.
    """
    return press.print(make_order(html, stylesheet(profile), about, attachments))
