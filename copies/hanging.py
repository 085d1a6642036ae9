"""Hanging the mark on: what a copy gets before it is saved, and where it is found afterwards. Runs in child processes only."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from copies.branching import branch_out
from copies.letters import RANGES
from copies.marking import LOUD, SIDE, appearance

#: Where Debian's package fonts-liberation2 puts it.
FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf")
PAGE, MARK, OURS = "/DcPage", "/DcMark", "/DiemCau"
#: A page far longer than wide gets squares one after another; more than so many are no paper.
MOST_SQUARES = 60


def hang_on(pdf: Any, *, bound: bool = False) -> None:
    """See copies.marking.hang_on."""
    form = _form(pdf)
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        if bound and page.obj.get(OURS) is not None:
            page.obj.Resources.XObject[MARK] = form
        else:
            _hang(pdf, page, form, seen)
    branch_out(pdf)


def _hang(pdf: Any, page: Any, form: Any, seen: set[tuple[int, int]]) -> None:
    """Make what the page draws a form of its own, so that it leaves nothing behind for the mark: no scale, no clip, no colour."""
    from pikepdf import Array, Dictionary, Name

    box, turn = _box(page.mediabox), _turn(page.obj)
    resources = _inherited(page.obj, "/Resources")
    drawing = _drawing(pdf, page, seen)
    drawing.Type, drawing.Subtype, drawing.BBox = Name.XObject, Name.Form, Array(box)
    drawing.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    view = _within(_box(page.cropbox), box)
    page.obj.Contents = pdf.make_stream(b"q %s Do Q\n/DiemCau BMC\n%sEMC\n" % (PAGE.encode(), _calls(view, turn)))
    page.obj.Resources = Dictionary(XObject=Dictionary({PAGE: drawing, MARK: form}))
    page.obj[OURS] = True


def _drawing(pdf: Any, page: Any, seen: set[tuple[int, int]]) -> Any:
    if page.obj.get("/Contents") is None:
        return pdf.make_stream(b"")
    page.contents_coalesce()
    drawing = page.obj.Contents
    if drawing.objgen in seen or drawing.get("/Subtype") is not None:  # pages may share what they draw
        drawing = pdf.make_stream(drawing.read_bytes())
    seen.add(drawing.objgen)
    return drawing


def _calls(view: tuple[float, float, float, float], turn: int) -> bytes:
    """Return the drawing of the form over all that is seen of a page, upright as the page is turned."""
    x0, y0, x1, y1 = view
    wide, high = (x1 - x0, y1 - y0) if turn in (0, 180) else (y1 - y0, x1 - x0)
    turned = {
        0: (1, 0, 0, 1, x0, y0), 90: (0, 1, -1, 0, x1, y0), 180: (-1, 0, 0, -1, x1, y1), 270: (0, -1, 1, 0, x0, y1)
    }[turn]  # fmt: skip
    short, long = sorted((wide, high))
    if short <= 0:
        return b""
    side = max(short, long / min(MOST_SQUARES, max(1, round(long / short))))
    calls = []
    for row in range(int(high / side - 1e-6) + 1):
        for column in range(int(wide / side - 1e-6) + 1):
            calls.append(f"q {_n(side / SIDE)} 0 0 {_n(side / SIDE)} {_n(column * side)} {_n(row * side)} cm {MARK} Do Q\n")
    return f"q {' '.join(map(_n, turned))} cm\n{''.join(calls)}Q\n".encode()


def _n(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def _box(values: Any) -> tuple[float, float, float, float]:
    a, b, c, d = (float(value) for value in values)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _within(
    inner: tuple[float, float, float, float], outer: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Return what two boxes share; the outer one when that is nothing."""
    found = max(inner[0], outer[0]), max(inner[1], outer[1]), min(inner[2], outer[2]), min(inner[3], outer[3])
    return found if found[0] < found[2] and found[1] < found[3] else outer


def _turn(page: Any) -> int:
    try:
        return int(_inherited(page, "/Rotate") or 0) // 90 * 90 % 360
    except (TypeError, ValueError):
        return 0


def _inherited(page: Any, key: str) -> Any:
    """Return what a page has, or its parents in the tree, which may bite its own tail."""
    for _step in range(50):
        if page is None or page.get(key) is not None:
            break
        page = page.get("/Parent")
    return page.get(key) if page is not None else None


def _form(pdf: Any) -> Any:
    """Return the shared form as it is stored: loud, for nobody's eyes."""
    from pikepdf import Array, Dictionary, Name

    states = {"Light": 0.42, "Dark": 0.34, "Loud": 0.72}
    resources = Dictionary(
        Font=Dictionary(Mark=font(pdf)),
        ExtGState=Dictionary({f"/{name}": Dictionary(Type=Name.ExtGState, ca=value) for name, value in states.items()}),
    )
    form = pdf.make_stream(appearance(LOUD, loud=True))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, SIDE, SIDE])
    form.Resources = pdf.make_indirect(resources)
    return form


def font(pdf: Any) -> Any:
    """Embed the letters of marks once, numbered by their code points: so that a mark is written without knowing the font."""
    from pikepdf import Array, Dictionary, Name

    program, glyphs, widths, measures = _letters()
    last = max(glyphs)
    numbers = bytearray(2 * (last + 1))
    for code, glyph in glyphs.items():
        numbers[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    file = pdf.make_stream(program)
    file.Length1 = len(program)
    name = Name("/DCMARK+LiberationSans")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=32, FontBBox=Array(measures["box"]), ItalicAngle=0,
        Ascent=measures["ascent"], Descent=measures["descent"], CapHeight=729, StemV=80, FontFile2=file,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, FontDescriptor=pdf.make_indirect(descriptor), DW=556,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=pdf.make_stream(bytes(numbers)), W=Array(_runs(widths)),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(_to_unicode(last)),
        )
    )  # fmt: skip


def _runs(widths: dict[int, int]) -> list[Any]:
    from pikepdf import Array

    found: list[Any] = []
    for first, last in RANGES:
        found += [first, Array([widths.get(code, 0) for code in range(first, last + 1)])]
    return found


def _to_unicode(last: int) -> bytes:
    pages = range((last >> 8) + 1)
    ranges = "".join(f"<{page:02X}00> <{page:02X}FF> <{page:02X}00>\n" for page in pages)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /DcMark def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{len(pages)} beginbfrange\n{ranges}endbfrange\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


@cache
def _letters() -> tuple[bytes, dict[int, int], dict[int, int], dict[str, Any]]:
    """Return the font cut down to the letters of marks; its glyphs and widths by code point; its measures."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, layout_features=[], name_IDs=[], notdef_outline=True)
    options.drop_tables += ["FFTM"]
    font = TTFont(FONT)
    for table in ("GDEF", "GPOS", "GSUB", "kern"):  # how letters are set together: marks stand letter by letter
        if table in font:
            del font[table]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    unit = 1000 / font["head"].unitsPerEm
    cmap = font.getBestCmap()
    glyphs = {code: font.getGlyphID(name) for code, name in cmap.items()}
    widths = {code: round(font["hmtx"][name][0] * unit) for code, name in cmap.items()}
    head, lines = font["head"], font["hhea"]
    measures = {
        "box": [round(value * unit) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(lines.ascent * unit), "descent": round(lines.descent * unit),
    }  # fmt: skip
    written = io.BytesIO()
    font.save(written)
    return written.getvalue(), glyphs, widths, measures


def anchors_of(path: Path) -> dict[str, Any]:
    """See copies.marking.anchors_of."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        form = pdf.pages[0].obj.Resources.XObject[MARK]
        known = pdf.trailer.get("/ID")
        return {
            "object": form.objgen[0],
            "resources": form.Resources.objgen[0],
            "size": int(pdf.trailer.Size),
            "root": pdf.trailer.Root.objgen[0],
            "id": [bytes(part).hex() for part in known] if known is not None else [],
            "xref": _last_xref(path),
        }


def _last_xref(path: Path) -> int:
    """Return where the last cross-reference table stands, as the file's last lines say."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        end = file.read()
    return int(end[end.rindex(b"startxref") + 9 :].split()[0])
