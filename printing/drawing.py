"""QR codes drawn straight onto the pages of a PDF that is laid out: as an SVG of the page each takes ten milliseconds to be read,
as strokes of the page's own less than two. Used only inside the child process of the press.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from printing.order import DrawnCode
from printing.qr import dark_runs, digits_matrix

_POINTS = 72 / 25.4


def draw_codes(pdf: Any, codes: Sequence[DrawnCode]) -> None:
    """Draw each code onto its page: black squares on the white of the paper. IndexError when there is no such page."""
    if not codes:
        return
    pages = pdf.pages["Kids"][::3]
    for number, left, top, side, digits in codes:
        page = pdf.objects[pages[number]]
        contents = pdf.objects[int(page["Contents"].split()[0])]
        matrix = digits_matrix(digits)
        scale = side * _POINTS / len(matrix)
        place = f"q {scale:.5f} 0 0 {scale:.5f} {left * _POINTS:.3f} {top * _POINTS:.3f} cm 0 0 0 rg"
        contents.stream.append(" ".join((place, *_squares(matrix), "f Q")).encode())


def _squares(matrix: list[list[bool]]) -> Iterator[str]:
    """Yield the dark modules, those that touch in a row as one rectangle; y goes downwards, as the page's own drawing does."""
    for y, row in enumerate(matrix):
        for x, end in dark_runs(row):
            yield f"{x} {y} {end - x} 1 re"
