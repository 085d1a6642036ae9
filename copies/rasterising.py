"""Pictures of the pages of a PDF, for those that cannot be rebuilt; and whether two pages look alike. In a child process only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from copies.refusals import Refused

#: Dots to the inch of a picture of a page, and how many dots its longer side has at most.
DENSITY, SIDE = 200, 3400
QUALITY = 82
LONGEST = 3370.0  # points: the longer side of A0; a page that says it is larger is shown as A4
A4 = 842.0
#: Two pages are compared at so many dots; of any part of them so much may differ, as letters drawn a little to the side do.
GLANCE, PARTS, STRONG, SHARE = 360, 12, 96, 0.16


class Unopenable(Exception):
    """Not even pictures can be had."""


@contextmanager
def opened(path: Path, *, with_forms: bool = False) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF with the second parser; `with_forms`: fields are drawn as well, without any of their programs."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("encrypted") from None
        raise Unopenable from None
    try:
        if with_forms:
            document.init_forms()
        yield document
    finally:
        document.close()


def picture_of(document: pypdfium2.PdfDocument, number: int, *, dots: int = 0) -> tuple[Image.Image, float, float]:
    """Return a page as a picture and its size in points. `dots`: of the longer side, instead of what a reader needs."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Image.new("L", (595, 842), 255), 595.0, 842.0
    try:
        width, height = (max(side, 1.0) for side in page.get_size())
        longer = max(width, height)
        scale = min((dots or SIDE) / longer, 10.0 if dots else DENSITY / 72)
        if longer > LONGEST * 4.3:  # no paper: its size is nonsense, or meant to do harm
            scale = A4 * (dots or SIDE) / A4 / longer
        if min(width, height) * scale < 1:
            return Image.new("L", (595, 842), 255), 595.0, 842.0
        image = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True).to_pil()
        return image.convert("RGB"), width, height
    finally:
        page.close()


def put_picture(pdf: pikepdf.Pdf, number: int, image: Image.Image, width: float, height: float) -> None:
    """Make a page of a PDF show a picture and nothing else."""
    if max(width, height) > LONGEST:
        width, height = width * A4 / max(width, height), height * A4 / max(width, height)
    page = pdf.pages[number].obj
    for key in list(page.keys()):
        if key not in ("/Type", "/Parent"):
            del page[key]
    page["/MediaBox"] = Array([0, 0, round(width, 2), round(height, 2)])
    page["/Resources"] = Dictionary(XObject=Dictionary(DcP=pdf.make_indirect(stream_of(pdf, image))))
    page["/Contents"] = pdf.make_stream(b"q %.3f 0 0 %.3f 0 0 cm /DcP Do Q\n" % (width, height))


def stream_of(pdf: pikepdf.Pdf, image: Image.Image) -> Stream:
    """Return a picture packed as small as its kind allows: black and white, grey or coloured."""
    grey = image if image.mode in ("1", "L") else image.convert("L") if _is_grey(image) else None
    kept = grey or image.convert("RGB")
    kept.info = {}  # remarks of the original would go along
    stream = Stream(pdf, b"")
    common: dict[str, Any] = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": kept.width, "/Height": kept.height}
    if kept.mode == "1":
        import zlib

        stream.write(zlib.compress(kept.tobytes(), 6), filter=Name.FlateDecode)
        common |= {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 1}
    else:
        packed = io.BytesIO()
        kept.save(packed, "JPEG", quality=QUALITY, optimize=False)
        stream.write(packed.getvalue(), filter=Name.DCTDecode)
        common |= {"/ColorSpace": Name.DeviceGray if kept.mode == "L" else Name.DeviceRGB, "/BitsPerComponent": 8}
    for key, value in common.items():
        stream[key] = value
    return stream


def _is_grey(image: Image.Image) -> bool:
    small = image.convert("RGB").resize((min(image.width, 300), min(image.height, 300)), Image.Resampling.BOX)
    red, green, blue = small.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(one, other).getextrema()[1] <= 6 for one, other in pairs)  # type: ignore[operator]


def look_alike(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures show the same: of no part of them does more than a little differ strongly."""
    if abs(one.width - other.width) > 2 or abs(one.height - other.height) > 2:
        return False
    if one.size != other.size:
        other = other.resize(one.size)
    apart = ImageChops.difference(one.convert("L"), other.convert("L")).point([255 if n > STRONG else 0 for n in range(256)])
    parts = apart.resize((PARTS, PARTS), Image.Resampling.BOX)
    return parts.getextrema()[1] <= 255 * SHARE  # type: ignore[operator]
