"""Measuring a PDF: ink in millimetres, letters in points, text as a reader extracts it."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

MM = 72 / 25.4
#: Pixels to the millimetre in pictures of pages.
FINE = 10


@dataclass(frozen=True)
class Box:
    """Distances from the page's edges in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


def texts(pdf: bytes) -> list[str]:
    """The text of each page, its lines joined by line feeds."""
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdfium.PdfDocument(pdf)]


def picture(pdf: bytes, page: int) -> Image.Image:
    """A page in grey, FINE pixels to the millimetre."""
    return pdfium.PdfDocument(pdf)[page].render(scale=FINE / MM).to_pil().convert("L")


def ink(pdf: bytes, page: int, *, above: float = 0, below: float = 297, right_of: float = 0, left_of: float = 210) -> Box:
    """The box of everything printed in an area of a page: under and over two heights, between two lines, in millimetres."""
    grey = picture(pdf, page)
    area = (round(right_of * FINE), round(above * FINE), round(left_of * FINE), round(below * FINE))
    found = ImageChops.invert(grey.crop(area)).getbbox()
    assert found, "nothing is printed there"
    left, right = found[0] + area[0], found[2] + area[0]
    top, bottom = found[1] + area[1], found[3] + area[1]
    return Box(left / FINE, top / FINE, (grey.width - right) / FINE, (grey.height - bottom) / FINE)


def dark_pixels(pdf: bytes, page: int) -> set[tuple[int, int]]:
    """Where a page is dark."""
    grey = picture(pdf, page)
    return {(i % grey.width, i // grey.width) for i, value in enumerate(grey.tobytes()) if value < 128}


def letters_of(pdf: bytes, page: int, text: str, *, last: bool = False) -> tuple[float, str]:
    """Size in points of a text on a page where it stands first, or last, and the name of its font."""
    textpage = pdfium.PdfDocument(pdf)[page].get_textpage()
    words = textpage.get_text_range()
    index = words.rindex(text) if last else words.index(text)
    matrix, name = raw.FS_MATRIX(), ctypes.create_string_buffer(100)
    assert raw.FPDFText_GetMatrix(textpage, index, matrix)
    raw.FPDFText_GetFontInfo(textpage, index, name, len(name), ctypes.c_int())
    size = raw.FPDFText_GetFontSize(textpage, index) * matrix.a
    return round(size, 2), name.value.decode().split("+")[-1]


def box_of(pdf: bytes, page: int, text: str) -> Box:
    """Where the ink of a text stands on a page."""
    shown = pdfium.PdfDocument(pdf)[page]
    textpage = shown.get_textpage()
    first = textpage.get_text_range().index(text)
    boxes = [textpage.get_charbox(first + i) for i, letter in enumerate(text) if letter.strip()]
    width, height = shown.get_size()
    return Box(
        min(box[0] for box in boxes) / MM,
        (height - max(box[3] for box in boxes)) / MM,
        (width - max(box[2] for box in boxes)) / MM,
        min(box[1] for box in boxes) / MM,
    )
