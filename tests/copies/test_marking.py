"""The mark: on every page of every shape, legible, from a crop to the code, and accepted by readers of PDF that are not ours."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from copies import letters
from copies.marking import Mark, anchors_of, hang_on, shown, tail

CODE = "7KQ2M9XWT4HB"
MARK = Mark(("Đại biểu Ưng Thị Ước 15-03", "Đoàn đại biểu tỉnh Lào Cai", "26/11/2025 09:41:07"), CODE)


@dataclass(frozen=True)
class Shape:
    """A page: its box, how it is turned and cropped, and what it draws."""

    box: Sequence[float] = (0, 0, 595, 842)
    turn: int = 0
    crop: Sequence[float] = ()
    unit: float = 0
    content: bytes = b""


DARK = b"0 g 0 0 3000 3000 re f"
UNBALANCED = b"q q q 0.01 0 0 0.01 0 0 cm 1 0 0 RG 0 0 1 rg 0 0 10 10 re W n"
OVERDRAWN = b"Q Q Q 0.01 0 0 0.01 0 0 cm 0 0 1 1 re W n /Nothing gs"
HIDING = b"BT 3 Tr 0 Tz /OC /Layer BDC BT"
SHAPES = {
    "A4": Shape(),
    "turned right": Shape(turn=90),
    "upside down": Shape(turn=180, content=DARK),
    "turned left": Shape(turn=270, content=DARK),
    "turned below zero": Shape(turn=-90),
    "lying": Shape((0, 0, 842, 595)),
    "A3 lying and turned": Shape((0, 0, 1191, 842), turn=90),
    "a slip": Shape((0, 0, 120, 80)),
    "a poster": Shape((0, 0, 2384, 3370)),
    "a ribbon": Shape((0, 0, 200, 3000)),
    "a band": Shape((0, 0, 3000, 150), turn=270),
    "away from zero": Shape((-300, 1000, 295, 1842)),
    "upside down box": Shape((595, 842, 0, 0)),
    "cropped": Shape(crop=(100, 200, 400, 600)),
    "cropped and turned": Shape(turn=90, crop=(100, 200, 400, 600)),
    "cropped beyond": Shape(crop=(-500, -500, 5000, 5000)),
    "cropped to nothing": Shape(crop=(10, 10, 10, 10)),
    "large units": Shape(unit=4.0),
    "unbalanced": Shape(content=UNBALANCED),
    "overdrawn": Shape(content=OVERDRAWN),
    "hiding": Shape(content=HIDING),
    "dark": Shape(content=DARK),
}


def marked(folder: Path, shapes: Sequence[Shape], mark: Mark = MARK) -> tuple[Path, Path]:
    """Store pages as a reading copy is stored; the stored file and the same with a reader's tail."""
    stored, read = folder / "stored.pdf", folder / "read.pdf"
    with pikepdf.new() as pdf:
        for shape in shapes:
            page = pdf.add_blank_page(page_size=(10, 10))
            page.obj.MediaBox = pikepdf.Array(shape.box)
            page.obj.Rotate = shape.turn
            if shape.crop:
                page.obj.CropBox = pikepdf.Array(shape.crop)
            if shape.unit:
                page.obj.UserUnit = shape.unit
            page.obj.Contents = pdf.make_stream(shape.content)
        hang_on(pdf)
        pdf.save(stored, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    read.write_bytes(stored.read_bytes() + tail(anchors_of(stored), stored.stat().st_size, mark))
    return stored, read


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """All shapes in one file: stored, and as a reader has it."""
    return marked(tmp_path_factory.mktemp("marks"), list(SHAPES.values()))


@pytest.fixture(scope="module")
def pages(files: tuple[Path, Path]) -> Any:
    """The pages as a reader has them."""
    return pypdfium2.PdfDocument(files[1])


def page_named(pages: Any, name: str) -> Any:
    return pages[list(SHAPES).index(name)]


@pytest.mark.parametrize("name", SHAPES)
def test_every_page_carries_the_whole_mark(name: str, pages: Any) -> None:
    text = unicodedata.normalize("NFC", page_named(pages, name).get_textpage().get_text_range())
    for words in (*MARK.lines, shown(CODE)):
        assert words in text, f"{words} is not on the page"


@pytest.mark.parametrize("name", SHAPES)
def test_every_quarter_of_every_page_holds_the_code(name: str, pages: Any) -> None:
    page = page_named(pages, name)
    text = page.get_textpage()
    left, bottom, right, top = page.get_cropbox() if name not in ("cropped beyond", "cropped to nothing") else page.get_mediabox()
    wide, high = (right - left) / 2, (top - bottom) / 2
    if min(wide, high) * 4 < max(wide, high):
        return  # half of a ribbon's width holds no line; its whole width is looked at below
    for column in (0, 1):
        for row in (0, 1):
            x, y = left + column * wide, bottom + row * high
            seen = text.get_text_bounded(left=x, bottom=y, right=x + wide, top=y + high)
            assert leads_back(seen), f"nothing in quarter {column}, {row} of {name}"


def test_a_piece_of_a_ribbon_holds_the_code(pages: Any) -> None:
    text = page_named(pages, "a ribbon").get_textpage()
    for y in range(0, 2800, 200):
        assert leads_back(text.get_text_bounded(left=0, bottom=y, right=200, top=y + 200))


def leads_back(text: str) -> bool:
    """Whether four letters of the code that stand together, or more, can be read in a text."""
    flat = re.sub(r"[\s-]", "", text)
    return any(CODE[n : n + 4] in flat for n in range(len(CODE) - 3))


@pytest.mark.parametrize("name", ["A4", "dark", "turned left", "unbalanced", "cropped and turned", "large units", "a poster"])
def test_the_mark_is_seen_on_white_and_on_dark(name: str, pages: Any) -> None:
    page = page_named(pages, name)
    wide, high = page.get_size()
    scale = 500 / max(wide, high)
    picture = page.render(scale=scale).to_pil().convert("L")
    across, down = picture.size
    for box in ((0, 0, across // 2, down // 2), (across // 2, down // 2, across, down)):
        darkest, lightest = picture.crop(box).getextrema()
        assert lightest - darkest >= 40, "the mark cannot be told from the page"


@pytest.mark.parametrize("name", ["A4", "turned right", "upside down", "turned left", "A3 lying and turned"])
def test_the_mark_climbs_to_the_right_however_the_page_is_turned(name: str, pages: Any) -> None:
    page = page_named(pages, name)
    text = page.get_textpage()
    searcher = text.search(shown(CODE))
    at, count = searcher.get_next()
    first, last = text.get_charbox(at), text.get_charbox(at + count - 1)
    right, up = last[0] - first[0], last[1] - first[1]  # in the page's own, unturned space
    for _quarter in range(SHAPES[name].turn % 360 // 90):
        right, up = up, -right
    assert right > 0
    assert 0.4 < up / right < 0.6


def test_stored_it_says_loudly_that_it_has_no_reader(files: tuple[Path, Path]) -> None:
    text = pypdfium2.PdfDocument(files[0])[0].get_textpage().get_text_range()
    assert "BẢN CHƯA GẮN DẤU NGƯỜI ĐỌC" in unicodedata.normalize("NFC", text)
    assert shown(CODE) not in text


def test_the_tail_is_small_and_leaves_the_stored_bytes_alone(files: tuple[Path, Path]) -> None:
    stored, read = (path.read_bytes() for path in files)
    assert read.startswith(stored)
    assert len(read) - len(stored) < 4096


def test_other_readers_of_pdf_accept_the_tail(files: tuple[Path, Path]) -> None:
    with pikepdf.open(files[1]) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == len(SHAPES)
    ours = plain_reading(files[1].read_bytes())
    assert shown(CODE).encode("utf-16-be").hex().encode() in ours


def plain_reading(data: bytes) -> bytes:
    """Follow the file by hand, as the standard says: the last table, its one entry, that object's stream."""
    import zlib

    table = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    match = re.match(rb"xref\n(\d+) 1\n(\d{10}) 00000 n \n", data[table:])
    assert match
    number, at = int(match[1]), int(match[2])
    assert data[at:].startswith(b"%d 0 obj" % number)
    before = int(re.search(rb"/Prev (\d+)", data[table:])[1])  # type: ignore[index]
    assert data[before:].startswith(b"xref")
    length = int(re.search(rb"/Length (\d+)", data[at:])[1])  # type: ignore[index]
    start = data.index(b"stream\n", at) + 7
    return zlib.decompress(data[start : start + length])


@pytest.mark.parametrize(
    "lines",
    [
        ("", "", ""), ("(\\) >> endstream endobj", "<script>", "%%EOF"), ("\u202eegnadgnirts", "a\u0000b\r\nc", "\ufeff"),
        ("A" * 5000, "Ư" * 5000, "x"),
        ("李小明", "Министерство", "🤖"), ("Nguye\u0302\u0303n", "Đỗ", "26/11/2025"),
    ],
    ids=["empty", "pdf", "turning", "long", "strange", "decomposed"],
)  # fmt: skip
def test_any_name_leaves_the_code_whole(lines: tuple[str, ...], tmp_path: Path) -> None:
    _stored, read = marked(tmp_path, [Shape()], Mark(lines, CODE))
    text = pypdfium2.PdfDocument(read)[0].get_textpage().get_text_range()
    assert shown(CODE) in text
    with pikepdf.open(read) as pdf:
        assert pdf.check_pdf_syntax() == []
    if lines[1] == "Đỗ":
        assert "Nguyễn" in unicodedata.normalize("NFC", text)


def test_the_font_has_what_letters_says_and_is_as_wide_as_it_says() -> None:
    from fontTools.ttLib import TTFont

    from copies.hanging import FONT

    font = TTFont(FONT)
    cmap, unit = font.getBestCmap(), font["head"].unitsPerEm
    wanted = [code for first, last in letters.RANGES for code in range(first, last + 1)]
    assert [hex(code) for code in wanted if code not in cmap] == []
    said = "".join(map(chr, [*range(0x20, 0x7F), *range(0x1EA0, 0x1EFA), 0x110, 0x111, 0x1A0, 0x1B0, 0x1A1, 0x1B1]))
    for letter in said:
        if letters.has(letter):
            true = font["hmtx"][cmap[ord(letter)]][0] / unit
            assert abs(letters.width_of(letter) - true) < 0.13, letter


def test_a_bound_file_has_one_mark_for_all_its_parts(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, _ = marked(tmp_path / "one", [Shape()])
    second, _ = marked(tmp_path / "two", [Shape((0, 0, 842, 595))])
    bound = tmp_path / "bound.pdf"
    with pikepdf.new() as pdf, pikepdf.open(first) as one, pikepdf.open(second) as two:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages.extend(one.pages)
        pdf.pages.extend(two.pages)
        hang_on(pdf, bound=True)
        pdf.save(bound, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    read = tmp_path / "read.pdf"
    read.write_bytes(bound.read_bytes() + tail(anchors_of(bound), bound.stat().st_size, MARK))
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(read)]
    assert [shown(CODE) in text for text in texts] == [True, True, True]
    assert not any("CHƯA GẮN" in unicodedata.normalize("NFC", text) for text in texts)


def test_what_has_pages_in_common_is_marked_once_each(tmp_path: Path) -> None:
    stored = tmp_path / "stored.pdf"
    with pikepdf.new() as pdf:
        shared = pdf.make_stream(b"0 0 1 rg 0 0 100 100 re f")
        for _ in range(3):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj.Contents = pikepdf.Array([shared, shared])
        pdf.pages[2].obj.Contents = shared
        pdf.add_blank_page(page_size=(595, 842)).obj.Contents = shared
        hang_on(pdf)
        pdf.save(stored, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = stored.read_bytes() + tail(anchors_of(stored), stored.stat().st_size, MARK)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    counts = {text.count(shown(CODE)) for text in texts}
    assert len(texts) == 4
    assert len(counts) == 1
    assert counts.pop() > 4


def test_the_web_process_needs_no_pdf_library_for_a_mark() -> None:
    code = "import copies.marking, sys; print(*{'pikepdf', 'pypdfium2', 'PIL', 'fontTools'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
