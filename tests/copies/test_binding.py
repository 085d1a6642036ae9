"""Reading copies bound into one file: pages, numbers, links, outline, the reader's mark; in a child process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from copies.binding import Bound, Part, bind
from copies.marking import Mark, tail
from copies.numbering import seen
from copies.refusals import Refused
from tests.pdfs import as_stored, make_pdf, page_texts

MARK = Mark(("Đại biểu 15-03", "Lào Cai", "26/11/2025 08:00:00"), "ABCD2345WXYZ")
SHAPES: list[dict[str, Any]] = [
    {}, {"rotate": 90}, {"size": (842, 595)}, {"rotate": 270}, {"rotate": 180, "size": (300, 300)}, {"size": (2400, 200)}
]  # fmt: skip


def linked(data: bytes, page: int, goal: int) -> bytes:
    """Return a PDF with a link within it, from one page to another, and one that leads to a name nobody knows."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        link: dict[str, Any] = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": [60, 700, 200, 720]}
        own = pikepdf.Dictionary(**link, Dest=[pdf.pages[goal].obj, pikepdf.Name.XYZ, 0, 700, None])
        pdf.pages[page].Annots = pikepdf.Array([own, pikepdf.Dictionary(**link, Dest=pikepdf.String("nowhere"))])
        pdf.save(out)
    return out.getvalue()


def front_of(targets: list[str], pages: int = 2) -> bytes:
    """Return a front whose last page has a link by name for each target, in two boxes, as the press makes them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(make_pdf(tuple(f"Bìa {n}" for n in range(1, pages + 1))))) as pdf:
        links = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[60, 700 - 20 * n, 60 + wide, 715 - 20 * n],
                Dest=pikepdf.String(name),
            )
            for n, name in enumerate(targets)
            for wide in (40, 400)
        ]  # fmt: skip
        pdf.pages[-1].Annots = pikepdf.Array(links)
        pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Part]:
    """Reading copies of every shape, three pages each; the first leads from its first page to its last."""
    folder, found = tmp_path_factory.mktemp("copies"), []
    for n, shape in enumerate(SHAPES, start=1):
        plain = make_pdf(tuple(page_texts(3, f"Báo cáo {n}")), **shape)
        path = folder / f"{n}.pdf"
        path.write_bytes(as_stored(linked(plain, 0, 2) if n == 1 else plain)[0])
        own = [[1, "Phần 1", 1], [2, "Mục con", 2], [1, "Ngoài", 9]]
        heading = "Nội dung 1: Mở đầu" if n < 3 else "Nội dung 2: Thảo luận"
        found.append(Part(str(path), 3, f"Báo cáo {n}", f"paper-{n}", heading, own))
    return found


@pytest.fixture(scope="module")
def bound(parts: list[Part], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bound, list[list[int]]]:
    """All of them in one file; what the front was told is kept."""
    target, told = tmp_path_factory.mktemp("bound") / "whole.pdf", list[list[int]]()

    def front(begins: list[int]) -> bytes:
        told.append(begins)
        return front_of([part.target for part in parts])

    return target, bind(front, parts, target, title="Bìa và mục lục"), told


def texts_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_every_page_is_there_in_order_with_its_number_through_the_whole(bound: tuple[Path, Bound, Any]) -> None:
    path, made, _told = bound
    texts = texts_of(path.read_bytes())
    assert len(texts) == made.pages == 2 + 3 * len(SHAPES)
    assert made.size == path.stat().st_size
    assert "/ 20" not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number} / 20" in text
    for n in range(len(SHAPES)):
        assert f"Báo cáo {n + 1}" in texts[2 + 3 * n]
        assert "Phần 3" in texts[4 + 3 * n]


def test_the_front_is_told_where_each_part_begins(bound: tuple[Path, Bound, list[list[int]]]) -> None:
    assert bound[2] == [[3, 6, 9, 12, 15, 18]]


def test_a_reader_s_mark_stands_on_every_page_and_the_loud_one_is_gone(bound: tuple[Path, Bound, Any]) -> None:
    path, made, _told = bound
    stored = path.read_bytes()
    assert all("BẢN CHƯA GẮN" in text for text in texts_of(stored))
    for text in texts_of(stored + tail(made.anchors, made.size, MARK)):
        assert "ABCD-2345-WXYZ" in text
        assert "Đại biểu 15-03" in text
        assert "BẢN CHƯA GẮN" not in text


def test_links_lead_to_pages_of_the_whole_and_nowhere_else(bound: tuple[Path, Bound, Any]) -> None:
    with pikepdf.open(bound[0]) as whole:
        numbers = {page.obj.objgen: n for n, page in enumerate(whole.pages, start=1)}
        found = {
            n: [(numbers[link.Dest[0].objgen], [float(side) for side in link.Rect]) for link in page.get("/Annots", [])]
            for n, page in enumerate(whole.pages, start=1)
        }
        kinds = {str(link.Subtype) for page in whole.pages for link in page.get("/Annots", [])}
        assert not any("/A" in link for page in whole.pages for link in page.get("/Annots", []))
    assert [goal for goal, _box in found.pop(2)] == [3, 6, 9, 12, 15, 18]
    assert found.pop(3) == [(5, [60, 700, 200, 720])]
    assert not any(found.values())
    assert kinds == {"/Link"}


def test_the_outline_names_item_paper_and_what_the_paper_says_of_itself(bound: tuple[Path, Bound, Any]) -> None:
    with pypdfium2.PdfDocument(bound[0]) as document:
        rows = [(one.level, one.get_title(), one.get_dest().get_index() + 1) for one in document.get_toc()]
    assert rows[:6] == [
        (0, "Bìa và mục lục", 1), (0, "Nội dung 1: Mở đầu", 3), (1, "Báo cáo 1", 3), (2, "Phần 1", 3), (3, "Mục con", 4),
        (1, "Báo cáo 2", 6),
    ]  # fmt: skip
    assert (0, "Nội dung 2: Thảo luận", 9) in rows
    assert not any(title == "Ngoài" for _level, title, _page in rows)


def test_it_is_one_plain_linearised_file_that_says_nothing_of_its_parts(bound: tuple[Path, Bound, Any]) -> None:
    with pikepdf.open(bound[0]) as whole:
        assert whole.is_linearized
        assert "/Metadata" not in whole.Root
        assert "/Info" not in whole.trailer or not len(whole.docinfo)
    assert b"/ObjStm" not in bound[0].read_bytes()


def test_a_front_with_more_pages_than_was_thought_is_set_again(parts: list[Part], tmp_path: Path) -> None:
    told = []

    def front(begins: list[int]) -> bytes:
        told.append(begins)
        return front_of([], pages=4)

    assert bind(front, parts[:2], tmp_path / "whole.pdf").pages == 10
    assert told == [[3, 6], [5, 8]]
    assert [path.name for path in tmp_path.iterdir()] == ["whole.pdf"]


def test_the_same_paper_twice_and_a_single_one_are_no_trouble(parts: list[Part], tmp_path: Path) -> None:
    twice = [parts[0], replace(parts[0], target="paper-9", title="Báo cáo \u202ecuối")]
    made = bind(lambda begins: front_of(["paper-9"]), twice, tmp_path / "whole.pdf")
    texts = texts_of((tmp_path / "whole.pdf").read_bytes() + tail(made.anchors, made.size, MARK))
    assert len(texts) == 8
    assert all("ABCD-2345-WXYZ" in text for text in texts)


WRONG: dict[str, Callable[[Part, Path], Part]] = {
    "other pages than were said": lambda part, folder: replace(part, pages=7),
    "no PDF": lambda part, folder: replace(part, path=str(_written(folder / "x.pdf", b"%PDF-1.7 nothing"))),
    "an empty file": lambda part, folder: replace(part, path=str(_written(folder / "x.pdf", b""))),
    "gone": lambda part, folder: replace(part, path=str(folder / "gone.pdf")),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_part_that_is_not_what_it_was_gives_a_word_and_leaves_nothing(what: str, parts: list[Part], tmp_path: Path) -> None:
    folder = tmp_path / "bound"
    folder.mkdir()
    with pytest.raises(Refused):
        bind(lambda begins: front_of([]), [parts[1], WRONG[what](parts[0], tmp_path)], folder / "whole.pdf")
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("turned", "corner", "right"),
    [(0, (10, 20), (1, 0)), (90, (110, 20), (0, 1)), (180, (110, 220), (-1, 0)), (270, (10, 220), (0, -1))],
)
def test_what_is_seen_of_a_page_begins_at_its_lower_left_however_it_is_turned(
    turned: int, corner: tuple[int, int], right: tuple[int, int]
) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        page.CropBox = pikepdf.Array([110, 220, 10, 20])
        page.Rotate, page.UserUnit = turned, 2
        (a, b, _c, _d, x, y), wide, high = seen(page)
    assert (x, y) == corner
    assert (a * 2, b * 2) == right
    assert (wide, high) == ((200, 400) if turned in (0, 180) else (400, 200))
