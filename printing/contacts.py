"""The contact sheet of bridge points: A4 landscape, a table with its heading on each page, for the office's own use only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from printing.fonts import FAMILY
from printing.order import Particulars, make_order
from printing.papers import DEMONSTRATION_MARK
from printing.press import PRESS, Press

CSS = f"""
@page {{ size: 297mm 210mm; margin: 12mm 12mm 14mm;
  @top-right {{ content: "CHỈ DÙNG NỘI BỘ"; font: bold 9pt "{FAMILY}", serif; padding-top: 4mm }}
  @bottom-left {{ content: string(about); font: 8.5pt "{FAMILY}", serif }}
  @bottom-right {{ content: string(part) "Trang " counter(page) "/" counter(pages); font: 8.5pt "{FAMILY}", serif }} }}
html {{ font-family: "{FAMILY}", serif; color: #000 }}
body {{ margin: 0; font-size: 9.5pt; line-height: 12pt; overflow-wrap: anywhere }}
h1 {{ font-size: 14pt; line-height: 17pt; margin: 0; text-align: center }}
.of {{ text-align: center; margin: 1mm 0 0 }}
.inside {{ text-align: center; font-weight: bold; margin: 1mm 0 3mm }}
.about {{ string-set: about content(); position: absolute; visibility: hidden; height: 0 }}
.part {{ string-set: part content(); position: absolute; visibility: hidden; height: 0 }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
thead {{ display: table-header-group }}
th, td {{ border: .5pt solid #000; padding: 1.5pt 4pt; vertical-align: top; text-align: left }}
th {{ text-align: center; vertical-align: middle }}
tr {{ break-inside: avoid }}
.no {{ width: 11mm; text-align: center }}
.site {{ width: 58mm }}
.place {{ width: 46mm }}
.top td {{ font-weight: bold; background: #eee }}
.top td .phone {{ font-weight: bold }}
.below .site {{ padding-left: 12pt }}
.phone {{ white-space: nowrap }}
.none {{ color: #777 }}
"""


@dataclass(frozen=True)
class Contact:
    """Somebody with a telephone number, or without."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Line:
    """One bridge point; `is_top`: it stands on top, with others under it."""

    number: int
    name: str
    place: str
    heads: Sequence[Contact] = ()
    operators: Sequence[Contact] = ()
    technicians: Sequence[Contact] = ()
    is_top: bool = False
    is_below: bool = False


def print_contacts(
    lines: Sequence[Line],
    *,
    title: str,
    as_of: str,
    about: Particulars,
    part: str = "",
    demonstration: bool = False,
    press: Press = PRESS,
) -> bytes:
    """Return the PDF of a contact sheet, or of one part of a long one, as its pages call it. Raises PrintingError."""
    context = {
        "lines": lines, "title": title, "as_of": as_of, "part": part, "about": about,
        "mark": DEMONSTRATION_MARK if demonstration else "",
    }  # fmt: skip
    with translation.override("vi"):
        html = render_to_string("printing/contacts.html", context)
    return press.print(make_order(html, CSS, about))
