"""Measuring a PDF: ink, text runs and ruled lines in millimetres, letters in points, text as a reader extracts it."""

import ctypes
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
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


@dataclass(frozen=True)
class Run:
    """Letters of one font on one line: their text, size in points, and box in millimetres from the top left corner."""

    text: str
    font: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    baseline: float

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    """A horizontal line that is drawn, in millimetres from the top left corner."""

    left: float
    right: float
    top: float
    thickness: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """What stands on a page: its runs and rules in the order of drawing."""

    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]

    def lines(self) -> list[list[Run]]:
        """The runs line by line from top to bottom, those of a line from left to right."""
        found: list[list[Run]] = []
        for run in sorted(self.runs, key=lambda run: (round(run.baseline, 1), run.left)):
            if found and abs(found[-1][0].baseline - run.baseline) < 0.2 and run.left >= found[-1][-1].right - 0.5:
                found[-1].append(run)
            else:
                found.append([run])
        return found

    def ink(self, *, below: float = 0) -> tuple[float, float, float, float]:
        """The box of all that is written or ruled and ends below a height: left, top, right, bottom."""
        things = [(one.left, one.top, one.right, one.bottom) for one in self.runs if one.bottom > below]
        things += [(one.left, one.top, one.right, one.top + one.thickness) for one in self.rules]
        return min(t[0] for t in things), min(t[1] for t in things), max(t[2] for t in things), max(t[3] for t in things)


def _part(text: str, wanted: str) -> bool:
    return text in wanted or wanted in text


class Measured:
    """A PDF opened once and measured page by page."""

    #: A drawn thing no thicker than this is a rule, in millimetres.
    THIN = 0.6

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        document = pdfium.PdfDocument(pdf)
        self.pages = [self._page(page) for page in document]

    def _page(self, page: Any) -> Page:
        width, height = page.get_size()
        textpage = page.get_textpage()
        runs, rules = [], []
        for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH), max_depth=4, textpage=textpage):
            left, bottom, right, top = (edge / MM for edge in thing.get_bounds())
            box = {"left": left, "top": height / MM - top, "right": right}
            if thing.type == raw.FPDF_PAGEOBJ_TEXT:
                text = thing.extract()
                if text.strip():
                    placed, name = thing.get_matrix(), thing.get_font().get_base_name().split("+")[-1]
                    size, baseline = round(thing.get_font_size() * placed.a, 2), (height - placed.f) / MM
                    runs.append(Run(text, name, size, **box, bottom=height / MM - bottom, baseline=baseline))
            elif 0 < top - bottom < self.THIN < right - left:
                rules.append(Rule(**box, thickness=top - bottom))
        return Page(width / MM, height / MM, runs, rules)

    @cached_property
    def fonts(self) -> dict[str, bool]:
        """The fonts of the file by name, and whether their letters are laid into it as a subset."""
        found = {}
        with pikepdf.open(BytesIO(self.pdf)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                    tag, _plus, name = str(thing.FontName).lstrip("/").rpartition("+")
                    found[name] = len(tag) == 6 and ("/FontFile2" in thing or "/FontFile3" in thing)
        return found

    def all_of(self, text: str, *, page: int | None = None) -> list[tuple[int, list[Run]]]:
        """The page and the runs of every line that holds a text, and of that line only what belongs to the text."""
        wanted, found = "".join(text.split()), []
        for number, one in enumerate(self.pages):
            for line in one.lines() if page in (None, number) else ():
                if wanted in "".join("".join(run.text.split()) for run in line):
                    found.append((number, [run for run in line if _part("".join(run.text.split()), wanted)] or line))
        assert found, f"“{text}” stands nowhere"
        return found

    def find(self, text: str, *, page: int | None = None) -> tuple[int, list[Run]]:
        """The first of them."""
        return self.all_of(text, page=page)[0]
