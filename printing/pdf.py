"""HTML to PDF: the one module that imports weasyprint, used only inside the child process of the press."""

import contextlib
import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from printing import fonts
from printing.dividing import divided
from printing.drawing import draw_codes
from printing.errors import FontMissing
from printing.order import Order

#: Declared, not proved: no validator is at hand. Untagged on purpose: checking a signature on a tagged PDF takes minutes.
VARIANT = "pdf/a-2u"
#: The same for a paper with its data in it, which the second part of the standard does not allow.
VARIANT_WITH_FILES = "pdf/a-3u"
#: Remarks of the layout engine kept for the log; a paper full of mistakes must not fill the disk.
MAX_REMARKS = 50


class OnlyFonts(URLFetcher):
    """Serves the font files and refuses every other address: http, file, data, all of them."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        """Allow exactly `files`."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files = {path.as_uri(): path for path in files}
        self._served: set[str] = set()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a font's bytes, or raise ValueError."""
        if url not in self._files:
            raise ValueError("papers fetch nothing")
        self._served.add(url)
        return URLFetcherResponse(url, self._files[url].read_bytes(), {"Content-Type": "font/ttf"})

    def require_all_served(self) -> None:
        """Raise FontMissing unless each file was taken: WeasyPrint itself passes over a font it cannot load."""
        if missing := sorted(self._files.keys() - self._served):
            raise FontMissing(f"not loaded: {', '.join(missing)}")


class Enclosed(Attachment):
    """A file laid into the paper from memory: nothing is fetched, its kind is as told, its time is the paper's."""

    def __init__(self, name: str, kind: str, data: bytes, dated: datetime) -> None:
        """Describe it; what is enclosed is the data the paper was made from."""
        super().__init__(string=b"", name=name, created=dated, modified=dated, relationship="Data")
        self.source = _from_memory(kind, data)


@contextlib.contextmanager
def _from_memory(kind: str, data: bytes) -> Iterator[tuple[io.BytesIO, None, None, str]]:
    yield io.BytesIO(data), None, None, kind


class Remarks(logging.Handler):
    """Collects what WeasyPrint complains about while it prints."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the remark says, not about which words: it goes to the log, and a paper's words do not."""
        if len(self.lines) < MAX_REMARKS:
            self.lines.append(str(record.msg)[:300])


def make_pdf(order: Order, font_directory: Path) -> tuple[bytes, list[str]]:
    """Return the PDF and the engine's remarks; raise FontMissing rather than print in another font.

    Fonts are configured anew for each paper (8 ms): a font rule inside one paper must not reach the next.
    """
    fetcher, remarks = OnlyFonts(fonts.files(font_directory)), Remarks()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(remarks)
    try:
        return _write(order, fonts.face_rules(font_directory) + order.css, fetcher), remarks.lines
    finally:
        logger.removeHandler(remarks)


def _write(order: Order, css: str, fetcher: OnlyFonts) -> bytes:
    font_config = FontConfiguration()
    sheet = CSS(string=css, font_config=font_config, url_fetcher=fetcher)
    fetcher.require_all_served()
    variant = VARIANT_WITH_FILES if order.attachments else VARIANT
    options: dict[str, Any] = {
        "pdf_variant": variant,
        "pdf_identifier": order.identifier.encode(),
        "presentational_hints": True,  # for the first number of a list
    }
    made = datetime.fromisoformat(order.dated).astimezone(UTC)
    document = HTML(string=divided(order.html), url_fetcher=fetcher).render(
        font_config=font_config, stylesheets=[sheet], **options
    )
    document.metadata = DocumentMetadata(
        title=order.title,
        authors=[order.author] if order.author else [],
        description=order.subject or None,
        generator="Điểm Cầu",
        created=order.dated,
        modified=order.dated,
        lang=order.language,
        attachments=[Enclosed(name, kind, data, made) for name, kind, data in order.files()],
    )

    def finish(document: Any, pdf: Any) -> None:
        _named_once(document, pdf)
        draw_codes(pdf, order.codes)

    pdf: bytes = document.write_pdf(finisher=finish, **options)
    return pdf


def _named_once(document: Any, pdf: Any) -> None:
    """Name each enclosed file once in the catalogue: WeasyPrint 70 finds it by its name and again by its kind."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
