"""Page numbers through a whole, at the lower right of each page as it is seen: whatever its size, rotation or unit."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf

#: Points as they are seen: distance of the number from the edges, its size, the height of its ground.
EDGE, SIZE, GROUND = 14.0, 9.0, 14.0
_DIGIT, _SPACE, _SLASH = 0.556, 0.278, 0.278  # widths of Helvetica


def number_pages(whole: Pdf, *, after: int = 0) -> None:
    """Write “12 / 240” on every page but the first `after`; they are counted all the same."""
    font = whole.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    pale = whole.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.8))
    total = len(whole.pages)
    for number, page in enumerate(whole.pages, start=1):
        if number > after:
            _write(whole, page, f"{number} / {total}", font, pale)


def seen(page: Page) -> tuple[list[float], float, float]:
    """Return the matrix from points as seen (from the lower left of the upright page) to the page's own, and the seen size."""
    left, bottom, right, top = _box(page)
    unit = float(page.obj.get("/UserUnit", 1) or 1)
    turned = int(page.obj.get("/Rotate", 0) or 0) % 360
    wide, high = (right - left) * unit, (top - bottom) * unit
    u = 1 / unit
    matrix, size = {
        90: ([0, u, -u, 0, right, bottom], (high, wide)),
        180: ([-u, 0, 0, -u, right, top], (wide, high)),
        270: ([0, -u, u, 0, left, top], (high, wide)),
    }.get(turned, ([u, 0, 0, u, left, bottom], (wide, high)))
    return matrix, *size


def _box(page: Page) -> list[float]:
    """Return what is seen of a page: its crop box within its media box, sides in order."""
    media = _sorted(page.mediabox)
    crop = _sorted(page.cropbox)
    within = [max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])]
    return within if within[2] > within[0] and within[3] > within[1] else media


def _sorted(box: Any) -> list[float]:
    x1, y1, x2, y2 = (float(side) for side in box)
    return [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]


def _own(holder: Any, key: str) -> Any:
    """Return what a dictionary holds as a copy of its own, since pages share what they draw with."""
    return Dictionary(holder.get(key, Dictionary()))


def _write(whole: Pdf, page: Page, words: str, font: Any, pale: Any) -> None:
    matrix, wide, high = seen(page)
    size = min(SIZE, wide / 12, high / 12)
    long = sum(_SLASH if one == "/" else _SPACE if one == " " else _DIGIT for one in words) * size
    x, y = max(0.0, wide - EDGE - long), min(EDGE, high / 40)
    drawn = (
        f"q /Pale gs 1 g {x - 4:.2f} {y - 4:.2f} {long + 8:.2f} {GROUND * size / SIZE:.2f} re f Q "
        f"q 0.25 g BT /F {size:.2f} Tf {x:.2f} {y:.2f} Td ({words}) Tj ET Q"
    )
    form = whole.make_stream(
        drawn.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, round(wide, 2), round(high, 2)],
        Resources=Dictionary(Font=Dictionary(F=font), ExtGState=Dictionary(Pale=pale)),
    )
    page.obj.Resources = _own(page.obj, "/Resources")
    named = _own(page.obj.Resources, "/XObject")
    name = next(Name(f"/PageNumber{n}") for n in range(1000) if f"/PageNumber{n}" not in named)
    named[name] = form
    page.obj.Resources.XObject = named
    placed = " ".join(f"{one:.5f}" for one in matrix)
    before, after = b"q\n", f"\nQ q {placed} cm {name} Do Q\n".encode()
    contents = page.obj.get("/Contents", Array())
    own = list(contents) if isinstance(contents, Array) else [contents]
    page.obj.Contents = Array([whole.make_stream(before), *own, whole.make_stream(after)])
