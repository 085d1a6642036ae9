"""Badges (thẻ đại biểu) of A6: one on a page, or four on a sheet of A4 with marks to cut along.

The codes pass through here and stay nowhere: not in the log, not in the name of the paper. Large words shrink to their box, which
is reckoned before (printing/fitting.py); the QR code is drawn by the press itself (printing/drawing.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from printing.fitting import lines_of
from printing.fonts import FAMILY
from printing.order import DrawnCode, Order, Particulars, make_order, one_line
from printing.papers import DEMONSTRATION_MARK
from printing.press import PRESS, Press

A6, A4 = "a6", "a4"
ON_A_SHEET = 4
#: All in millimetres: the page of each form, the place of one badge, the room between its sides, the QR code with its quiet zone.
PAGES = {A6: (105, 148), A4: (210, 297)}
PLACE = (105, 148.5)
ROOM = 93
CODE_LEFT, CODE_TOP, CODE_SIDE = 6, 102, 40
#: Sizes in points from the largest, and how many lines of each there is room for.
_BAND = ((19, 1), (15, 1), (12, 1), (9, 1))
_GROUP = ((10.5, 1), (9, 1), (7, 1), (6, 2))
_BODY = ((8.5, 1), (7, 2), (6, 2))
_TITLE = ((12, 2), (10.5, 3), (9, 4), (8, 4), (7, 5), (6, 6), (5, 7))
_NAME = ((34, 1), (30, 2), (26, 2), (22, 3), (18, 4), (15, 4), (12, 5), (10, 6), (8, 8))
_OFFICE = ((12, 4), (10.5, 4), (9, 5), (8, 6), (7, 7), (6, 8), (5, 9))
_SITE = ((12, 1), (10, 1), (8, 2), (6, 3), (5, 3), (4, 4))
_LEADING = 1.15
#: What a name may take of the height, in points: it stands in the middle of that.
_NAME_ROOM = 87
#: Everything the press lays out costs its time a hundred times over: few boxes, one after the other, sizes as classes.
CSS = f"""
html {{ font-family: "{FAMILY}"; color: #000; line-height: {_LEADING}; text-align: center }}
body, p {{ margin: 0 }}
p {{ white-space: pre }}
.page {{ position: relative; break-after: page }}
.page:last-child {{ break-after: auto }}
.badge {{ width: {ROOM}mm; padding: 5mm 6mm 0 }}
.placed {{ position: absolute; height: 143mm; overflow: hidden }}
.band {{ height: 15mm; border-radius: 2mm; color: #fff; font-weight: bold }}
.band.two {{ height: 13.8mm; padding-top: 1.2mm }}
.band.alone {{ line-height: 15mm }}
.body {{ height: 8.5mm; padding-top: 1.5mm; box-sizing: border-box }}
.title {{ height: 15.5mm; font-weight: bold }}
.name {{ height: 31mm; font-weight: bold }}
.office {{ height: 20mm }}
.sheet {{ height: 297mm }}
.site {{ height: 13mm; font-weight: bold }}
.enter {{ margin-left: 42mm; font-size: 17pt; font-weight: bold }}
.mark {{ font-size: 7.5pt }}
.wraps {{ white-space: pre-wrap }}
.long {{ white-space: pre-wrap; overflow-wrap: anywhere }}
.chair {{ background: #8c1515 }}
.secretary {{ background: #5b2a86 }}
.delegate {{ background: #163d7a }}
.guest {{ background: #17603a }}
.staff {{ background: #39434d }}
.observer {{ background: #74440f }}
.cut {{ position: absolute; background: #555 }}
.side {{ width: 5mm; height: .2mm }}
.end {{ width: .2mm; height: 5mm }}
"""


@dataclass(frozen=True)
class Badge:
    """What stands on one badge. `kind` names the role in words, `tone` its colour; `code` and `short` open the door."""

    name: str
    kind: str
    tone: str
    office: str
    site: str
    group: str
    code: str
    short: str

    def __repr__(self) -> str:
        """Return it without the codes: a repr ends in logs."""
        return f"Badge({self.name!r})"


@dataclass(frozen=True)
class Occasion:
    """What all badges of a meeting share: its title and who holds it."""

    title: str
    body: str
    demonstration: bool = False


def print_badges(badges: Sequence[Badge], occasion: Occasion, *, form: str, about: Particulars, press: Press = PRESS) -> bytes:
    """Return the PDF of badges in one form, `a6` or `a4`. Raises PrintingError."""
    return press.print(set_badges(badges, occasion, form=form, about=about))


def set_badges(badges: Sequence[Badge], occasion: Occasion, *, form: str, about: Particulars) -> Order:
    """Return the order to the press."""
    width, height = PAGES[form]
    sizes = _Sizes()
    corners = [_corner(place) for place in range(ON_A_SHEET)]
    context = {
        "sheets": [[_words(one, sizes) for one in sheet] for sheet in _sheets(badges, form)],
        "form": form,
        "body": _Word(one_line(occasion.body), sizes.of(_BODY, one_line(occasion.body))),
        "title": _Word(one_line(occasion.title), sizes.of(_TITLE, one_line(occasion.title))),
        "mark": DEMONSTRATION_MARK if occasion.demonstration else "",
        "about": about,
    }
    with translation.override("vi"):
        html = render_to_string("printing/badges.html", context)
    page = f"@page {{ size: {width}mm {height}mm; margin: 0 }}"
    places = "".join(f".at{n} {{ left: {left}mm; top: {top}mm }}" for n, (left, top) in enumerate(corners))
    return make_order(
        html, page + CSS + places + sizes.rules(), about, codes=[_code(n, one, form) for n, one in enumerate(badges)]
    )


@dataclass(frozen=True)
class _Word:
    """A text of one line or more, and the classes that give it its size."""

    text: str
    css: str


class _Sizes:
    """The sizes that are used, as classes."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}

    def of(self, steps: Sequence[tuple[float, int]], text: str, above: float = 0) -> str:
        """Return the classes of the largest size at which a text has room; `above`: in how many points it is centred."""
        size = next((size for size, most in steps if lines_of(text, ROOM, size) <= most), steps[-1][0])
        lines = lines_of(text, ROOM, size)
        free = max(0, round(above - lines * size * _LEADING)) // 2 if above else 0
        name = f"s{round(size * 10)}-{free}"
        padding = f"; padding-top: {free}pt; box-sizing: border-box" if free else ""
        self._rules[name] = f".{name} {{ font-size: {size}pt{padding} }}"
        if any(lines_of(word, ROOM, size) > 1 for word in text.split()):
            return f"{name} long"
        return f"{name} wraps" if lines > 1 else name

    def rules(self) -> str:
        """Return the stylesheet of the sizes."""
        return "\n".join(self._rules.values())


def _words(one: Badge, sizes: _Sizes) -> dict[str, Any]:
    """Return what the template says of a badge."""
    kind, group, name, office, site = map(one_line, (one.kind, one.group, one.name, one.office, one.site))
    if group.casefold() == kind.casefold():
        group = ""
    return {
        "tone": one.tone,
        "kind": _Word(kind, sizes.of(_BAND, kind)),
        "group": _Word(group, sizes.of(_GROUP, group)),
        "name": _Word(name, sizes.of(_NAME, name, above=_NAME_ROOM)),
        "office": _Word(office, sizes.of(_OFFICE, office)),
        "site": _Word(site, sizes.of(_SITE, site)),
        "short": one.short,
    }


def _sheets(badges: Sequence[Badge], form: str) -> Iterator[Sequence[Badge]]:
    each = ON_A_SHEET if form == A4 else 1
    for start in range(0, len(badges), each):
        yield badges[start : start + each]


def _corner(at: int) -> tuple[float, float]:
    return at % 2 * PLACE[0], at // 2 * PLACE[1]


def _code(at: int, one: Badge, form: str) -> DrawnCode:
    page, place = divmod(at, ON_A_SHEET if form == A4 else 1)
    left, top = _corner(place)
    return page, left + CODE_LEFT, top + CODE_TOP, CODE_SIDE, one.code
