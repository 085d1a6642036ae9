"""HTML to PDF: the one module that imports weasyprint, used only inside the child process of the press."""

import logging
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from printing import fonts
from printing.errors import FontMissing
from printing.order import Order

#: Declared, not proved: no validator is at hand. Untagged on purpose: checking a signature on a tagged PDF takes minutes.
VARIANT = "pdf/a-2u"
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


class Remarks(logging.Handler):
    """Collects what WeasyPrint complains about while it prints."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one remark, shortened."""
        if len(self.lines) < MAX_REMARKS:
            self.lines.append(record.getMessage()[:300])


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
    options: dict[str, Any] = {"pdf_variant": VARIANT, "pdf_identifier": order.identifier.encode()}
    document = HTML(string=order.html, url_fetcher=fetcher).render(font_config=font_config, stylesheets=[sheet], **options)
    document.metadata = DocumentMetadata(
        title=order.title,
        authors=[order.author] if order.author else [],
        description=order.subject or None,
        generator="Điểm Cầu",
        created=order.dated,
        modified=order.dated,
        lang=order.language,
    )
    pdf: bytes = document.write_pdf(**options)
    return pdf
