"""A Word file made by hand from a paper's HTML: a few parts of XML, no macro, no address, no field but the page's number."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]

from printing.word import frame
from printing.word.blocks import EVERY_PAGE, Writer
from printing.word.inline import classes, tag
from printing.word.marks import HEADER, NAMESPACES, text_of
from printing.word.order import WordOrder
from printing.word.paragraphs import Place
from printing.word.styles import shapes, styles_part

#: The time inside the package, so that the same order gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)


def make_docx(order: WordOrder, font_directory: Path) -> bytes:
    """Return the DOCX of an order."""
    root = tinyhtml5.parse(order.html, namespace_html_elements=False)  # as WeasyPrint reads it: the same words stand in both
    known = shapes(order)
    writer = Writer(order, known, font_directory)
    body = next((child for child in root if tag(child) == "body"), Element("body"))
    writer.write(body, Place(width=order.text_width))
    writer.end()
    mark = _mark_of(body)
    parts = {
        "[Content_Types].xml": frame.content_types(len(writer.pictures)),
        "_rels/.rels": frame.package_relations(),
        "docProps/core.xml": _core(order),
        "docProps/app.xml": frame.application(),
        "word/document.xml": f"{HEADER}<w:document {NAMESPACES}><w:body>{''.join(writer.xml)}"
        f"{frame.section(order, anew=writer.sections > 1)}</w:body>"
        "</w:document>",
        "word/styles.xml": styles_part(order, known),
        "word/numbering.xml": writer.lists.part(),
        "word/settings.xml": frame.settings(),
        "word/fontTable.xml": frame.font_table(),
        **frame.headers_and_footers(order, mark),
        "word/_rels/document.xml.rels": frame.document_relations(len(writer.pictures)),
    }
    return _packed(parts, writer.pictures)


def _mark_of(body: Element) -> str:
    """Return the words that stand on every page of a paper without value; nothing on a real one."""
    found = [element for element in body.iter() if classes(element) & EVERY_PAGE]
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def _core(order: WordOrder) -> str:
    made = datetime.fromisoformat(order.dated).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{text_of(order.title)}</dc:title>'
        f"<dc:subject>{text_of(order.subject)}</dc:subject><dc:creator>{text_of(order.author)}</dc:creator>"
        f"<dc:identifier>{text_of(order.identifier)}</dc:identifier><dc:language>{text_of(order.language)}</dc:language>"
        f"<cp:lastModifiedBy>{text_of(order.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>'
    )


def _packed(parts: dict[str, str], pictures: list[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), text.encode(), zipfile.ZIP_DEFLATED)
        for number, picture in enumerate(pictures, start=1):
            package.writestr(zipfile.ZipInfo(f"word/media/picture{number}.png", _MADE), picture, zipfile.ZIP_STORED)
    return out.getvalue()
