"""QR codes as inline SVG: the one module that imports qrcode."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Quiet zone around the code in modules; readers need four.
BORDER = 4
_DARK = re.compile(rb"\x01+")


def qr_matrix(text: str) -> list[list[bool]]:
    """Return the modules of the code row by row, dark ones true, with the quiet zone; ValueError when text is too long."""
    import qrcode  # with Pillow: not for every process that starts
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise ValueError(f"{len(text)} characters do not fit into a QR code") from error
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_svg(text: str, label: str = "") -> SafeString:
    """Return the code for `text` as one SVG element of class `qr`, for pages and papers; its size is the stylesheet's.

    It has no style attribute and no id, so that it stands under a strict content security policy, twice on a page too;
    its ground is white in a dark theme as well, or readers fail. `label` names it to those who cannot see it.
    """
    matrix = qr_matrix(text)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        len(matrix),
        label or text,
        "".join(_row_path(y, row) for y, row in enumerate(matrix)),
    )


def dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Return the dark modules of a row, those that touch together: where each run begins, and where it has ended."""
    return (run.span() for run in _DARK.finditer(bytes(row)))


def _row_path(y: int, row: list[bool]) -> str:
    return "".join(f"M{x} {y}h{end - x}v1h-{end - x}z" for x, end in dark_runs(row))


def digits_svg(digits: str, label: str) -> SafeString:
    """Return the code for many digits, as `qr_svg` does, seven times as fast: for papers with hundreds of them.

    Digits are packed closest (numeric mode), and the pattern laid over them is always the same: choosing the best of eight
    takes six times as long as the code itself, and signed numbers hold no figure that would look like a corner of the code.
    """
    return stroked_svg(digits_matrix(digits), label)


def stroked_svg(matrix: Sequence[Sequence[bool]], label: str) -> SafeString:
    """Return modules as strokes through the middle of each row: the press reads them in a third of what outlines take.

    For papers that show a code on every page; Word knows only the outlines of `qr_svg`.
    """
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<path d="{2}" fill="none" stroke="#000" stroke-width="1"/></svg>',
        len(matrix),
        label,
        "".join(_row_line(y, row) for y, row in enumerate(matrix)),
    )


def digits_matrix(digits: str) -> list[list[bool]]:
    """Return the modules of the code for digits, as `qr_matrix` does."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.util import MODE_NUMBER, QRData

    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("no digits")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDER, mask_pattern=3)
    code.add_data(QRData(digits.encode(), mode=MODE_NUMBER))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _row_line(y: int, row: Sequence[bool]) -> str:
    path, at = "", None
    for x, end in dark_runs(row):
        path += f"m{x - at} 0h{end - x}" if at is not None else f"M{x} {y}.5h{end - x}"
        at = end
    return path
