"""What fields and comments show, drawn into their page: the look they bring along, or a plain one of ours. In a child only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from copies.filling import look_of, shown_in
from copies.geometry import Box, box_of, numbers_of
from copies.pruning import Pruner, Unpackable

_HIDDEN, _NO_VIEW = 2, 32
_MOST = 2000  # annotations of one page
_MEDIA = frozenset({"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
#: Subtypes that are the hand of a commentator; the others belong to the paper.
_COMMENTS = frozenset(
    ("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly",
     "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Redact")
)  # fmt: skip


class Flattened:
    """What is drawn behind a page's own content: the forms by name, and the content that places them.

    `is_filled`: some of it was set by us, and need not look as another program would set it.
    """

    def __init__(self) -> None:
        self.forms: dict[str, Object] = {}
        self.content: list[bytes] = []
        self.states: dict[str, Object] = {}
        self.is_filled = False


def annotations_of(page: Object) -> Iterator[Object]:
    """Return the annotations of a page, each once, as far as they are any."""
    given = page.get("/Annots")
    seen: set[tuple[int, int]] = set()
    for one in list(given)[:_MOST] if isinstance(given, Array) else ():
        if isinstance(one, Dictionary) and (one.objgen == (0, 0) or one.objgen not in seen):
            seen.add(one.objgen)
            yield one


def flatten(
    pdf: pikepdf.Pdf, page: Object, pruner: Pruner, is_hidden: Callable[[Any], bool], note: Callable[[str], None],
    font: Callable[[], Object],
) -> Flattened:  # fmt: skip
    """Return what a page's fields and comments show; raise Unpackable when only a picture of the page can tell."""
    made = Flattened()
    for one in annotations_of(page):
        kind = str(one.get("/Subtype"))
        _note(one, kind, note)
        flags = one.get("/F", 0)
        if kind == "/Popup" or (isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW)) or is_hidden(one.get("/OC")):
            continue
        rectangle = box_of(one.get("/Rect"))
        if rectangle is None:
            continue
        look = _look(one)
        if look is not None and pruner.keep(look, "form"):
            _place(made, look, rectangle)
        elif look is None and kind == "/Widget":
            _fill(pdf, made, one, rectangle, font)
        elif look is None:
            _draw(pdf, made, one, kind, rectangle)
    return made


def _note(one: Object, kind: str, note: Callable[[str], None]) -> None:
    if kind == "/Widget":
        note("signatures" if str(_inherited(one, "/FT")) == "/Sig" and _inherited(one, "/V") is not None else "forms")
    elif kind == "/FileAttachment":
        note("files")
    elif kind in _MEDIA:
        note("media")
    elif kind in _COMMENTS:
        note("comments")


def _look(one: Object) -> Object | None:
    """Return the stream that shows how something looks now, in the state it is in."""
    looks = one.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Dictionary):
        state = one.get("/AS")
        look = look.get(str(state)) if isinstance(state, Name) else None
        return look if isinstance(look, Stream) else None
    if not isinstance(look, Stream):
        return None
    look["/Subtype"] = Name.Form  # some leave it out
    return look


def _fill(pdf: pikepdf.Pdf, made: Flattened, one: Object, rectangle: Box, font: Callable[[], Object]) -> None:
    """Set what was filled in, where a field has no look yet; one that only its own program can draw makes its page a picture."""
    words = shown_in(lambda key: _inherited(one, key))
    if words is None:
        raise Unpackable
    if words and rectangle.width > 1 and rectangle.height > 1:
        made.is_filled = True
        _place(made, look_of(pdf, words, lambda key: _inherited(one, key), rectangle, font), rectangle)


def _inherited(one: Object, key: str) -> Any:
    field: Any = one
    for _step in range(12):
        if not isinstance(field, Dictionary):
            return None
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None


def _place(made: Flattened, look: Object, rectangle: Box) -> None:
    """Lay a look's box over a rectangle (PDF 32000-1, 12.5.5)."""
    box = box_of(look.get("/BBox"))
    if box is None or not box.width or not box.height:
        return
    matrix = numbers_of(look.get("/Matrix"), 6) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    turned = box.turned(matrix)
    if not turned.width or not turned.height:
        return
    across, up = rectangle.width / turned.width, rectangle.height / turned.height
    name = f"/DcA{len(made.forms)}"
    made.forms[name] = look
    made.content.append(
        b"q %.5f 0 0 %.5f %.4f %.4f cm %s Do Q\n"
        % (across, up, rectangle.left - turned.left * across, rectangle.bottom - turned.bottom * up, name.encode())
    )


# Looks of our own, for marks that bring none: viewers draw them too


def _draw(pdf: pikepdf.Pdf, made: Flattened, one: Object, kind: str, rectangle: Box) -> None:
    strokes = _strokes(one, kind, rectangle)
    if not strokes:
        return
    colour = numbers_of(one.get("/C"), 3) or ([1.0, 0.82, 0.0] if kind == "/Highlight" else [0.0, 0.0, 0.0])
    opacity = one.get("/CA", 1)
    state = Dictionary(Type=Name.ExtGState, CA=opacity, ca=opacity) if _is_share(opacity) else Dictionary(Type=Name.ExtGState)
    if kind == "/Highlight":
        state.BM = Name.Multiply
    name = f"/DcS{len(made.states)}"
    made.states[name] = pdf.make_indirect(state)
    r, g, b = (min(max(part, 0.0), 1.0) for part in colour)
    made.content.append(b"q %s gs %.3f %.3f %.3f RG %.3f %.3f %.3f rg %s Q\n" % (name.encode(), r, g, b, r, g, b, strokes))


def _strokes(one: Object, kind: str, rectangle: Box) -> bytes:
    if kind in ("/Highlight", "/Underline", "/StrikeOut", "/Squiggly"):
        return b"".join(_along(points, kind) for points in _quadrangles(one))
    style = one.get("/BS")
    width = style.get("/W", 1) if isinstance(style, Dictionary) else 1
    pen = b"%.2f w " % min(max(float(width), 0.0), 50.0) if _is_number(width) else b"1 w "
    if kind == "/Square":
        return pen + b"%.3f %.3f %.3f %.3f re S" % (rectangle.left, rectangle.bottom, rectangle.width, rectangle.height)
    if kind == "/Line":
        ends = numbers_of(one.get("/L"), 4)
        return pen + b"%.3f %.3f m %.3f %.3f l S" % tuple(ends) if ends else b""
    if kind == "/Ink":
        lines = one.get("/InkList")
        return pen + b"".join(_line(line) for line in list(lines)[:500]) if isinstance(lines, Array) else b""
    return b""


def _quadrangles(one: Object) -> Iterator[list[float]]:
    points = numbers_of(one.get("/QuadPoints"))
    for at in range(0, min(len(points or []), 8000) - 7, 8):
        yield (points or [])[at : at + 8]


def _along(points: list[float], kind: str) -> bytes:
    """Draw over, under or through one line of words: its corners are upper left, upper right, lower left, lower right."""
    (ax, ay, bx, by, cx, cy, dx, dy) = points
    if kind == "/Highlight":
        return b"%.3f %.3f m %.3f %.3f l %.3f %.3f l %.3f %.3f l f " % (ax, ay, bx, by, dx, dy, cx, cy)
    up = 0.45 if kind == "/StrikeOut" else 0.08
    left, low, right, high = cx + (ax - cx) * up, cy + (ay - cy) * up, dx + (bx - dx) * up, dy + (by - dy) * up
    return b"0.8 w %.3f %.3f m %.3f %.3f l S " % (left, low, right, high)


def _line(line: Any) -> bytes:
    points = numbers_of(line) or []
    pairs = list(zip(points[::2], points[1::2], strict=False))[:5000]
    return b"".join(b"%.2f %.2f %s " % (x, y, b"l" if n else b"m") for n, (x, y) in enumerate(pairs)) + b"S " if pairs else b""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal | float) and not isinstance(value, bool) and -1e6 < float(value) < 1e6


def _is_share(value: Any) -> bool:
    return _is_number(value) and bool(0 <= value <= 1)
