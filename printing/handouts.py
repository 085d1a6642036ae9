"""The register of numbered paper copies: A4 landscape, one table for each paper, with room to sign for getting and returning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

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
  @bottom-right {{ content: "Trang " counter(page) "/" counter(pages); font: 8.5pt "{FAMILY}", serif }} }}
html {{ font-family: "{FAMILY}", serif; color: #000 }}
body {{ margin: 0; font-size: 10pt; line-height: 13pt; overflow-wrap: anywhere }}
h1 {{ font-size: 14pt; line-height: 17pt; margin: 0; text-align: center }}
h2 {{ font-size: 11pt; line-height: 14pt; margin: 5mm 0 2mm; break-after: avoid }}
.of {{ text-align: center; margin: 1mm 0 0 }}
.about {{ string-set: about content(); position: absolute; visibility: hidden; height: 0 }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
thead {{ display: table-header-group }}
th, td {{ border: .5pt solid #000; padding: 2pt 4pt; vertical-align: top; text-align: left }}
th {{ text-align: center; vertical-align: middle }}
tr {{ break-inside: avoid }}
tbody td {{ height: 9mm }}
.no {{ width: 12mm; text-align: center }}
.copy {{ width: 16mm; text-align: center; font-weight: bold }}
.site {{ width: 36mm }}
.when {{ width: 38mm }}
.sign {{ width: 30mm }}
.lost {{ font-weight: bold }}
"""

#: Words of the law for each level; the others are no secret.
LEVELS = {"confidential": "Mật", "secret": "Tối mật", "top_secret": "Tuyệt mật"}


@dataclass(frozen=True)
class Line:
    """One copy: its paper, its number, who has it, that it came back, or was reported lost. Moments are words."""

    paper: int
    title: str
    secrecy: str
    copy: int
    receiver: str
    site: str
    issued: str
    issued_by: str
    collected: str = ""
    collected_by: str = ""
    lost: str = ""
    lost_by: str = ""
    lost_why: str = ""


def print_hand_outs(
    lines: Sequence[Line], *, title: str, as_of: str, about: Particulars, demonstration: bool = False, press: Press = PRESS
) -> bytes:
    """Return the PDF of the register, lines in their order, papers together. Raises PrintingError."""
    papers = [
        {"number": number, "title": rows[0].title, "level": LEVELS.get(rows[0].secrecy, ""), "lines": rows}
        for number, group in groupby(lines, key=lambda line: line.paper)
        if (rows := list(group))
    ]
    context = {
        "papers": papers, "title": title, "as_of": as_of, "about": about, "mark": DEMONSTRATION_MARK if demonstration else "",
    }  # fmt: skip
    with translation.override("vi"):
        html = render_to_string("printing/hand_outs.html", context)
    return press.print(make_order(html, CSS, about))
