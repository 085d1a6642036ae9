"""A Word file as LibreOffice lays it out, and the words of pages without what stands in their margins."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2 as pdfium

from tests.printing.measuring import MM

#: Above and below this only page numbers and marks stand, in millimetres.
HEAD, FOOT = 17.0, 17.0
PATIENCE_S = 120


def laid_out(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return the PDFs that LibreOffice makes of Word files, all in one run with a profile of its own."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
            str(folder), *(str(folder / f"{name}.docx") for name in files),
        ],
        capture_output=True, timeout=PATIENCE_S, check=True,
    )  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def words(pdf: bytes) -> list[list[str]]:
    """The words of each page in their order, without those in the margins above and below."""
    pages = []
    for page in pdfium.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, FOOT * MM, width, height - HEAD * MM)
        pages.append(text.split())
    return pages
