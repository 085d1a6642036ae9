"""Cover and contents of a packet, in the layout of the conference's other papers; set in type by the press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone, translation

from meetings import clock
from meetings.models import Meeting
from packets.binding.planning import Entry, Plan
from printing.names import in_lines, town, unbroken
from printing.order import Particulars, make_order
from printing.papers import DEMONSTRATION_MARK, Head
from printing.press import PRESS, Press
from printing.profiles import in_force
from printing.style import stylesheet

# The running numbers are put on when the packet is bound: the contents pages are counted along.
CSS = """
@page { @top-center { content: none } }
.cover { height: 205mm; padding-top: 55mm; box-sizing: border-box; position: relative }
.cover .name { margin: 0; font-size: 26pt; line-height: 34pt; font-weight: 700; text-align: center; text-indent: 0 }
.cover .of { margin: 8mm 6mm 0; font-size: 16pt; line-height: 22pt; font-weight: 700; text-align: center; text-indent: 0 }
.cover .when { margin: 5mm 0 0; font-size: 14pt; text-align: center; text-indent: 0 }
.cover .mind { position: absolute; bottom: 0; left: 0; right: 0; font-size: 11pt; line-height: 15pt; font-style: italic;
  text-align: center; text-indent: 0 }
.contents { break-before: page }
.contents h2 { text-align: center; text-indent: 0; margin: 0 0 6mm; bookmark-level: none }
.contents h3 { text-indent: 0; font-style: normal; margin: 4mm 0 1mm; bookmark-level: none }
.contents a { color: #000; text-decoration: none; display: block; break-inside: avoid }
.contents table { width: 100%; border-collapse: collapse; table-layout: fixed }
.contents td { padding: 1.2mm 0; vertical-align: bottom; text-align: left }
.contents .no { width: 12mm; vertical-align: top }
.contents .page { width: 32mm; text-align: right; white-space: nowrap }
.contents .aside { font-style: italic }
"""


@dataclass(frozen=True)
class Line:
    """One line of the contents. `target`: name of its link, which the binder turns into the page; empty: it has no page."""

    number: int
    title: str
    page: int | None
    note: str
    target: str


def target_of(entry: Entry) -> str:
    """Return the name of a paper's link in the contents."""
    return f"paper-{entry.document.number}" if entry.version is not None else ""


def print_front(plan: Plan, pages: Mapping[int, int], *, press: Press = PRESS) -> bytes:
    """Return cover and contents as a PDF. `pages`: by number of the paper, on which page of the whole it begins.

    Raises PrintingError with a sentence for people.
    """
    meeting = plan.meeting
    today = timezone.localtime(clock.now(meeting)).date()
    profile = in_force("party", today)
    about = Particulars(
        title=f"Bộ tài liệu {meeting.title}", identifier=f"packet:{meeting.pk}:{plan.key}",
        dated=timezone.localtime(clock.now(meeting)), author=meeting.organiser.name,
    )  # fmt: skip
    with translation.override("vi"):
        context = {"head": _head(meeting), "profile": profile, "mark": DEMONSTRATION_MARK, "about": about,
                   "title": unbroken(meeting.title), "when": unbroken(_when(meeting)), "parts": _parts(plan, pages)}  # fmt: skip
        html = render_to_string("packets/printing/packet.html", context)
    return press.print(make_order(html, stylesheet(profile) + CSS, about))


def _parts(plan: Plan, pages: Mapping[int, int]) -> list[tuple[str, list[Line]]]:
    return [
        (
            unbroken(part.heading) or ("Tài liệu chung" if len(plan.parts) > 1 else ""),
            [
                Line(one.document.number, unbroken(one.document.title), pages.get(one.document.number), one.note, target_of(one))
                for one in part.entries
            ],
        )
        for part in plan.parts
    ]


def _head(meeting: Meeting) -> Head:
    above = meeting.organiser.parent
    return Head(
        parent_body=in_lines(above.name) if above else "",
        issuing_body=in_lines(meeting.organiser.name),
        type_name="",
        abstract="",
        demonstration=meeting.is_demonstration,
    )


def _when(meeting: Meeting) -> str:
    """Return place and days: Hà Nội, ngày 26/11/2025."""
    days: list[date] = sorted({timezone.localtime(one.starts_at).date() for one in meeting.sittings.all() if one.starts_at})
    where = town(meeting.place) if meeting.place else ""
    if not days:
        return where
    span = f"ngày {days[0]:%d/%m/%Y}" if len(days) == 1 else f"từ ngày {days[0]:%d/%m/%Y} đến ngày {days[-1]:%d/%m/%Y}"
    return f"{where}, {span}" if where else span[0].upper() + span[1:]
