"""The emergency folder of a bridge point: A4 in black, with blank forms to go on by paper, each saying where it is entered.

Everything on it is Vietnamese, whatever the screens speak. It holds telephone numbers: for the bridge point's own use only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from printing.fonts import FAMILY
from printing.order import Particulars, make_order
from printing.papers import DEMONSTRATION_MARK
from printing.press import PRESS, Press
from printing.qr import qr_matrix, stroked_svg

# The head stands in the margin, so that it comes again on each page of its part.
CSS = f"""
@page {{ size: 210mm 297mm; margin: 35mm 14mm 15mm 20mm;
  @top-left {{ content: element(head); width: 100%; vertical-align: bottom; padding-bottom: 3mm }}
  @bottom-left {{ content: string(about); font: 8.5pt "{FAMILY}", serif; width: 84% }}
  @bottom-right {{ content: "Trang " counter(page) "/" counter(pages); font: 8.5pt "{FAMILY}", serif; white-space: nowrap }} }}
html {{ font-family: "{FAMILY}", serif; color: #000 }}
body {{ margin: 0; font-size: 11pt; line-height: 14pt; overflow-wrap: anywhere }}
.about {{ string-set: about content(); position: absolute; visibility: hidden; height: 0 }}
.head {{ position: running(head); width: 100%; border-collapse: collapse; border-bottom: .8pt solid #000; table-layout: fixed }}
.head td {{ border: 0; padding: 0; vertical-align: bottom }}
.head .mark {{ font-size: 9pt; line-height: 11pt; max-height: 22pt; overflow: hidden }}
.head .site {{ font-size: 12pt; line-height: 15pt; font-weight: bold; max-height: 30pt; overflow: hidden }}
.head .way {{ width: 46mm; text-align: right; font-size: 8.5pt; line-height: 10.5pt; padding-right: 2mm }}
.head .way b {{ font-size: 13pt; line-height: 16pt }}
.head .code {{ width: 22mm }}
.qr {{ width: 22mm; height: 22mm; display: block }}
.part {{ break-before: page }}
.part:first-of-type {{ break-before: auto }}
h1 {{ font-size: 15pt; line-height: 19pt; margin: 0 0 1mm; text-align: center }}
h2 {{ font-size: 12pt; line-height: 15pt; margin: 4mm 0 1.5mm; break-after: avoid }}
p {{ margin: 0 0 1.5mm }}
.of {{ text-align: center; margin: 0 0 3mm }}
.hint {{ font-size: 9.5pt; line-height: 12pt }}
.cover {{ text-align: center; padding-top: 22mm }}
.cover .body {{ font-size: 12pt; line-height: 16pt }}
.cover h1 {{ font-size: 24pt; line-height: 31pt; margin: 16mm 0 4mm }}
.cover .name {{ font-size: 18pt; line-height: 23pt; font-weight: bold; margin: 0 0 12mm }}
.facts {{ width: 100%; border-collapse: collapse; text-align: left; font-size: 12pt; line-height: 16pt }}
.facts th {{ width: 44mm; text-align: left; font-weight: normal; border: 0; border-bottom: .4pt solid #777; padding: 4pt 0 }}
.facts td {{ border: 0; border-bottom: .4pt solid #777; padding: 4pt 0; font-weight: bold }}
.inside {{ border: .8pt solid #000; padding: 3mm; margin-top: 12mm; text-align: left; font-size: 10pt; line-height: 13pt }}
.inside p {{ margin: 0 }}
.grid {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
.grid thead {{ display: table-header-group }}
.grid th, .grid td {{ border: .5pt solid #000; padding: 2pt 4pt; vertical-align: top; text-align: left }}
.grid th {{ text-align: center; vertical-align: middle; font-size: 10pt; line-height: 12.5pt }}
.grid tr {{ break-inside: avoid }}
.grid .no {{ width: 10mm; padding: 2pt; text-align: center }}
.grid .id {{ width: 24mm; text-align: center; white-space: nowrap; font-size: 10.5pt }}
.grid .time {{ width: 15mm; text-align: center }}
.grid .hours {{ width: 25mm; text-align: center }}
.grid .few {{ width: 19mm; text-align: center }}
.grid .who {{ width: 42mm }}
.grid .kind {{ width: 32mm }}
.grid .note {{ width: 32mm; font-size: 10pt; line-height: 12.5pt }}
.grid .sign {{ width: 26mm }}
.grid .phone {{ width: 34mm; font-weight: bold }}
.grid .role {{ width: 42mm }}
.grid .level-1 {{ padding-left: 5mm }}
.grid .level-2 {{ padding-left: 9mm }}
.grid .heading td {{ font-weight: bold }}
.roll td {{ height: 8.5mm; vertical-align: middle; padding: 1pt 4pt }}
.roll .office {{ font-size: 9.5pt; line-height: 11.5pt }}
.tall td {{ height: 25mm }}
.middle td {{ height: 15mm }}
.box {{ display: inline-block; width: 3mm; height: 3mm; border: .6pt solid #000; margin-right: 1.5mm }}
ol.steps {{ margin: 0; padding-left: 6mm }}
ol.steps li {{ margin-bottom: 1.2mm }}
.signs {{ width: 100%; border-collapse: collapse; margin-top: 5mm; break-inside: avoid }}
.signs td {{ width: 50%; text-align: center; vertical-align: top; border: 0; padding: 0 }}
.signs b {{ display: block }}
.line {{ border-bottom: .4pt solid #555; height: 8.6mm }}
.blank {{ display: inline-block; border-bottom: .4pt solid #555 }}
"""

#: The forms, by the letters of their code: title, and the part of the page where it is entered.
FORMS: dict[str, tuple[str, str]] = {
    "DD": ("PHIẾU ĐIỂM DANH", "attendance"),
    "DN": ("PHIẾU ĐẾM NGƯỜI DỰ", "hall"),
    "SC": ("PHIẾU GHI SỰ CỐ", "incidents"),
    "PB": ("PHIẾU ĐĂNG KÝ VÀ GHI PHÁT BIỂU", "notes"),
    "BQ": ("PHIẾU KIỂM ĐẾM BIỂU QUYẾT", "notes"),
    "YK": ("PHIẾU GHI Ý KIẾN", "notes"),
}
#: The parts that are read, not filled in.
READ: dict[str, tuple[str, str]] = {
    "TH": ("", ""),
    "LH": ("KHI MẤT KẾT NỐI: VIỆC CẦN LÀM VÀ NGƯỜI CẦN GỌI", ""),
    "CT": ("CHƯƠNG TRÌNH", ""),
    "DS": ("DANH SÁCH ĐẠI BIỂU CỦA ĐIỂM CẦU", "attendance"),
}
BLANK_LINES = 8
LINES_AT_LEAST = 18


@dataclass(frozen=True)
class Person:
    """A delegate on the list. `code`: the short code of the badge; `note`: group, online, substitute, excused."""

    name: str
    office: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Contact:
    """Somebody to call."""

    role: str
    name: str
    phone: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the programme."""

    number: str
    time: str
    title: str
    presenter: str
    depth: int = 0
    is_heading: bool = False


@dataclass(frozen=True)
class Part:
    """A sitting of the programme."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Folder:
    """What stands in the folder of one bridge point; `address`: the page where its forms are entered. Moments are words.

    `video`: the ways into the video conference, without any PIN.
    """

    number: int
    site: str
    place: str
    title: str
    organiser: str
    held_at: str
    when: str
    as_of: str
    version: int
    programme: str
    address: str
    parts: Sequence[Part] = ()
    people: Sequence[Person] = ()
    centre: Sequence[Contact] = ()
    own: Sequence[Contact] = ()
    video: Sequence[str] = ()
    demonstration: bool = False


def print_folder(folder: Folder, *, about: Particulars, press: Press = PRESS) -> bytes:
    """Return the PDF of a folder. Raises PrintingError."""
    blank = max(BLANK_LINES, LINES_AT_LEAST - len(folder.people))
    context = {
        "folder": folder, "about": about, "mark": DEMONSTRATION_MARK if folder.demonstration else "",
        "heads": heads_of(folder), "blank": range(len(folder.people) + 1, len(folder.people) + 1 + blank),
        "rows_8": range(1, 9), "rows_7": range(1, 8), "rows_12": range(1, 13), "lines": range(19),
    }  # fmt: skip
    with translation.override("vi"):
        html = render_to_string("printing/folder.html", context)
    return press.print(make_order(html, CSS, about))


def heads_of(folder: Folder) -> dict[str, dict[str, Any]]:
    """Return the head of each part by the letters of its code: title, code, and where it is entered as a QR code."""
    ways = {anchor: f"{folder.address}#{anchor}" if anchor else folder.address for anchor in _anchors()}
    drawn = {anchor: stroked_svg(qr_matrix(way), way) for anchor, way in ways.items()}
    return {
        letters: {"title": title, "code": code_of(folder.number, letters), "qr": drawn[anchor], "is_form": letters in FORMS}
        for letters, (title, anchor) in (READ | FORMS).items()
    }


def _anchors() -> set[str]:
    return {anchor for _title, anchor in (READ | FORMS).values()}


def code_of(number: int, letters: str) -> str:
    """Return the code of a form of a bridge point, as it is typed when it is entered: 15-DD."""
    return f"{number}-{letters}"
