"""Pictures and scans onto A4 pages, dot by dot anew: nothing of the file itself survives. In a child process only."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps, UnidentifiedImageError

from copies.rasterising import stream_of
from copies.refusals import Refused
from copies.unpacking import too_large

FORMATS = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF", "webp": "WEBP"}
A4 = (595.28, 841.89)
#: Dots of the longer side that a page keeps: 300 to the inch of A4.
SIDE = 3508
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError)


def bind_images(
    source: Path, kind: str, *, title: str, most: int, on_page: Callable[[int, int], None]
) -> tuple[pikepdf.Pdf, list[str]]:
    """Return a PDF of the pictures in a file, and what was left out; raise Refused. `most`: pages."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # counted here, by the same measure as pictures in a PDF
    pdf, removed = pikepdf.new(), ["properties"]
    try:
        with Image.open(source, formats=[FORMATS[kind]]) as image:
            total = _frames(image, kind, most)
            if kind != "tiff" and total > 1:
                removed, total = [*removed, "frames"], 1
            for number, frame in enumerate(_each(image, total)):
                _put(pdf, frame)
                on_page(number + 1, total)
    except Refused:
        raise
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused("broken") from None
    except (UnidentifiedImageError, *_BROKEN):
        raise Refused("broken") from None
    if title:
        pdf.docinfo["/Title"] = title
    return pdf, removed


def _frames(image: Image.Image, kind: str, most: int) -> int:
    if kind != "tiff":
        return int(getattr(image, "n_frames", 1))
    number = 0
    try:
        while True:
            image.seek(number)
            if too_large(*image.size):
                raise Refused("bomb")
            number += 1
            if number > most:
                raise Refused("pages")
    except EOFError:
        return number


def _each(image: Image.Image, total: int) -> Iterator[Image.Image]:
    for number in range(total):
        image.seek(number)
        if too_large(*image.size) or min(image.size) < 1:
            raise Refused("bomb")
        yield _plain(image)


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture upright, on white, in black and white, grey or colours, no finer than a printer is."""
    if max(image.size) > 4 * SIDE and image.format == "JPEG":
        image.draft(None, (SIDE, SIDE))  # decoded smaller, which costs less
    image.load()
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    turned = ImageOps.exif_transpose(image) or image
    if turned.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in turned.info:
        see_through = turned.convert("RGBA")
        turned = Image.new("RGB", see_through.size, "white")
        turned.paste(see_through, mask=see_through.getchannel("A"))
    if turned.mode not in ("1", "L", "RGB"):
        turned = turned.convert("RGB")
    if max(turned.size) > SIDE:
        if turned.mode == "1":
            turned = turned.convert("L")
        turned.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return turned


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of sixteen or more bits as grey of eight."""
    low, high = image.getextrema()
    low, high = float(low), float(high)  # type: ignore[arg-type]
    if high <= 255 and low >= 0:
        return image.convert("L")
    full = 65_535.0 if high > 1 and low >= 0 and high <= 65_535 else high or 1.0
    return image.convert("F").point(lambda value: value * (255.0 / full) + 0).convert("L")


def _put(pdf: pikepdf.Pdf, image: Image.Image) -> None:
    width, height = A4 if image.height >= image.width else A4[::-1]
    scale = min(width / image.width, height / image.height, 1.0)  # never larger than a dot to the point
    across, up = image.width * scale, image.height * scale
    page = pdf.add_blank_page(page_size=(width, height)).obj
    page["/MediaBox"] = Array([0, 0, width, height])
    page["/Resources"] = Dictionary(XObject=Dictionary(DcP=pdf.make_indirect(stream_of(pdf, image))))
    page["/Contents"] = pdf.make_stream(
        b"q %.3f 0 0 %.3f %.3f %.3f cm /DcP Do Q\n" % (across, up, (width - across) / 2, (height - up) / 2)
    )
    page["/Type"] = Name.Page
