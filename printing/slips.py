"""Sheets of slips to be cut apart: accounts with their one-time passwords, eight on a sheet of A4.

The passwords pass through here and stay nowhere: not in a file, not in the log, not in the name of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from printing.fonts import FAMILY
from printing.order import Particulars, make_order
from printing.papers import DEMONSTRATION_MARK
from printing.press import PRESS, Press
from printing.qr import qr_svg

ON_A_SHEET = 8
# Eight of 105 × 74.25 mm fill the sheet. What is written keeps 5 mm from the cut and never makes a slip higher: a name or a unit
# of more than two lines is cut off, the user name and the password never.
CSS = f"""
@page {{ size: 210mm 297mm; margin: 0 }}
html {{ font-family: "{FAMILY}", serif; color: #000 }}
body {{ margin: 0; font-size: 9.5pt; line-height: 11.5pt }}
.sheet {{ width: 210mm; border-collapse: collapse; table-layout: fixed; break-after: page }}
.sheet:last-child {{ break-after: auto }}
.sheet td.slip {{ padding: 0; vertical-align: top; border: .4pt dashed #777 }}
.sheet tr:first-child td.slip {{ border-top: 0 }}
.sheet tr:last-child td.slip {{ border-bottom: 0 }}
.sheet td.slip:first-child {{ border-left: 0 }}
.sheet td.slip:last-child {{ border-right: 0 }}
.words {{ height: 64mm; padding: 5mm 8mm; overflow: hidden }}
.kind {{ font-size: 8pt; line-height: 10.5pt; white-space: nowrap }}
.who {{ font-size: 12pt; line-height: 14.5pt; font-weight: bold; margin-top: 1mm; max-height: 29pt; overflow: hidden }}
.unit {{ max-height: 23pt; overflow: hidden }}
.inside {{ width: 100%; border-collapse: collapse; margin-top: 1.5mm }}
.inside td {{ padding: 0; border: 0; vertical-align: top }}
.inside .code {{ width: 23mm; text-align: right }}
.qr {{ width: 22mm; height: 22mm }}
.label {{ font-size: 8.5pt; line-height: 10pt; color: #333; margin-top: 1mm }}
.value {{ font-size: 12.5pt; line-height: 15pt; font-weight: bold; letter-spacing: .3pt; overflow-wrap: anywhere }}
.foot, .address {{ margin-top: 1mm; font-size: 8.5pt; line-height: 10.5pt; overflow-wrap: anywhere }}
.strong {{ font-weight: bold }}
"""


@dataclass(frozen=True)
class Slip:
    """One account on paper; `address` is where its QR code leads."""

    who: str
    unit: str
    username: str
    password: str
    address: str

    def __repr__(self) -> str:
        """Return it without the password: a repr ends in logs."""
        return f"Slip({self.username!r})"

    @property
    def qr(self) -> str:
        """The QR code as inline SVG."""
        return qr_svg(self.address, self.username)


def print_slips(
    slips: Sequence[Slip], *, address: str, until: str, about: Particulars, demonstration: bool = False, press: Press = PRESS
) -> bytes:
    """Return the PDF of slips; `address` is typed by hand, `until` says how long they hold. Raises PrintingError."""
    context = {
        "sheets": list(_sheets(slips)),
        "address": address,
        "until": until,
        "about": about,
        "mark": DEMONSTRATION_MARK if demonstration else "",
    }
    with translation.override("vi"):
        html = render_to_string("printing/slips.html", context)
    return press.print(make_order(html, CSS, about))


def _sheets(slips: Sequence[Slip]) -> Iterator[list[list[Slip | None]]]:
    """Yield sheets of four rows of two; the last rows may have an empty place."""
    for start in range(0, len(slips), ON_A_SHEET):
        places: list[Slip | None] = list(slips[start : start + ON_A_SHEET])
        places += [None] * (len(places) % 2)
        yield [places[n : n + 2] for n in range(0, len(places), 2)]
