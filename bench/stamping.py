"""Marking 100 pages for a reader, ours against pikepdf alone, in turn on one core: a process of ``bench.papers``.

Run as ``python -m bench.stamping``. Both end with all bytes of a marked PDF in memory. Ours: the tail behind the stored copy.
pikepdf alone: the same words as an overlay on every page, saved. Beside it what a flattened copy (downloads, prints) costs.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from bench.lines import say
from copies.flattening import flattened
from copies.marking import Mark, anchors_of, hang_on, tail

PAGES, ROUNDS = 100, 15
MARK = Mark(("Đại biểu 15-03", "Văn phòng Tỉnh ủy Lào Cai", "26/11/2025 09:41:07"), "7KQ2M9XWT4HB")


def main() -> None:
    """Measures and says the figures."""
    with tempfile.TemporaryDirectory(prefix="diemcau-bench-") as folder:
        source, stored = Path(folder) / "source.pdf", Path(folder) / "stored.pdf"
        with text_pages(PAGES) as pdf:
            pdf.save(source)
            hang_on(pdf)
            pdf.save(stored, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        anchors = anchors_of(stored)
        stamp = stored.with_name("stamp.pdf")
        with pikepdf.new() as one:
            one.add_blank_page(page_size=(595, 842))
            hang_on(one)
            one.save(stamp)
        ours, bare = times(lambda: _ours(stored, anchors)), times(lambda: _bare(source, stamp))
        start = time.perf_counter()
        flat = sum(map(len, flattened(stored, tail(anchors, stored.stat().st_size, MARK))))
        flattened_s = time.perf_counter() - start
    say({
        "ours_ms": median(ours), "bare_ms": median(bare), "pages": PAGES, "flattened_s": flattened_s,
        "flattened_kb": flat // 1024, "tail_bytes": len(tail(anchors, 1, MARK)),
    })  # fmt: skip


def text_pages(count: int) -> pikepdf.Pdf:
    """A paper of pages full of text, as an office writes them."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(count):
        page = pdf.add_blank_page(page_size=(595, 842))
        lines = "".join(
            f"(Noi dung {number} dong {line}: ket qua cong tac so hoa van ban o cac diem cau) Tj T*\n" for line in range(45)
        )
        page.Contents = pdf.make_stream(f"BT /F 11 Tf 16 TL 60 780 Td\n{lines}ET".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    return pdf


def times(work: Callable[[], Any]) -> list[float]:
    """Does a work some times after a first one; milliseconds of each."""
    work()
    found = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return found


def _ours(stored: Path, anchors: dict[str, Any]) -> bytes:
    return stored.read_bytes() + tail(anchors, stored.stat().st_size, MARK)


def _bare(source: Path, stamp: Path) -> bytes:
    with pikepdf.open(source) as pdf, pikepdf.open(stamp) as mark:
        for page in pdf.pages:
            page.add_overlay(mark.pages[0], None)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


if __name__ == "__main__":
    main()
