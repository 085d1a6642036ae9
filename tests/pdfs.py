"""Small PDFs as an office makes them: Vietnamese text in an embedded font, a table of contents, the same bytes every time."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
A4 = (595, 842)
LETTERS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA), 0x2013, 0x201C, 0x201D, 0x2026]))
PARAGRAPH = (
    "Công tác số hóa văn bản ở các điểm cầu đã đi vào nền nếp.",
    "Đại biểu đọc tài liệu trên máy tính bảng trước phiên họp.",
    "Ủy ban các tỉnh, thành phố báo cáo kết quả hằng quý.",
    "Kiến nghị được tổng hợp và trả lời trong năm ngày làm việc.",
)


@lru_cache
def _font() -> tuple[bytes, dict[str, int], list[int]]:
    """Return the font with our letters alone, its glyph for each letter, and the width of each glyph in thousandths."""
    font = TTFont(FONT)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    names, units = font.getBestCmap(), font["head"].unitsPerEm
    glyphs = {chr(code): font.getGlyphID(name) for code, name in names.items()}
    return out.getvalue(), glyphs, [round(font["hmtx"][name][0] * 1000 / units) for name in font.getGlyphOrder()]


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    lines = [f"<{glyph:04x}> <{ord(letter):04x}>" for letter, glyph in sorted(glyphs.items())]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Ours def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _add_font(pdf: pikepdf.Pdf) -> Any:
    data, glyphs, widths = _font()
    name = pikepdf.Name("/ABCDEF+LiberationSans")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=32, FontBBox=[-544, -303, 1302, 980], ItalicAngle=0, Ascent=905,
        Descent=-212, CapHeight=729, StemV=80, FontFile2=pdf.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        DW=500, W=[0, pikepdf.Array(widths)], CIDToGIDMap=pikepdf.Name.Identity,
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(below)],
            ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
        )
    )


def _content(text: str, size: tuple[int, int]) -> bytes:
    glyphs = _font()[1]
    lines = ["BT /F1 13 Tf 20 TL", f"60 {size[1] - 80} Td"]
    for line in text.split("\n"):
        lines.append("<" + "".join(f"{glyphs.get(letter, 0):04x}" for letter in line) + "> Tj T*")
    return "\n".join([*lines, "ET"]).encode()


def page_texts(pages: int, title: str = "Báo cáo tổng kết") -> list[str]:
    """Return what stands on the pages of a paper: its title on the first, a heading and a few sentences on each."""
    texts = [f"Phần {n}\n\n" + "\n".join(PARAGRAPH) for n in range(1, pages + 1)]
    return [f"{title}\n\n{texts[0]}", *texts[1:]]


@lru_cache(maxsize=32)
def make_pdf(
    texts: tuple[str, ...], *, size: tuple[int, int] = A4, rotate: int = 0, contents: tuple[tuple[str, int], ...] = ()
) -> bytes:
    """Return a PDF with one page for each text; `contents`: its outline, titles with page numbers from 1."""
    pdf = pikepdf.new()
    font = _add_font(pdf)
    for text in texts:
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(_content(text, size))
        if rotate:
            page.Rotate = rotate
    with pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, number - 1) for title, number in contents)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def as_stored(source: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a PDF in the form in which reading copies are stored, with the anchors a reader's mark is hung on."""
    from copies import marking

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stored.pdf"
        with pikepdf.open(BytesIO(source)) as pdf:
            marking.hang_on(pdf)
            pdf.save(path, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        return path.read_bytes(), marking.anchors_of(path)


def plain_texts(texts: Sequence[str]) -> list[str]:
    """Return page texts as they are kept for searching: one line after the other."""
    return [text.replace("\n\n", "\n") for text in texts]
