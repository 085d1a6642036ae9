"""Copies that are taken away: pictures with the mark burnt in, made by a child that ends with whoever listens."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from copies import flattening
from copies.flattening import Broken, Busy, flattened
from copies.flattening_child import Joined
from copies.marking import Mark, anchors_of, hang_on, tail

MARK = Mark(("Đại biểu 15-03", "Lào Cai", "26/11/2025 09:41:07"), "7KQ2M9XWT4HB")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages: white with a link to elsewhere, lying with a red field, small and dark."""
    path = tmp_path_factory.mktemp("flat") / "stored.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        lying = pdf.add_blank_page(page_size=(595, 842))
        lying.obj.Rotate = 90
        lying.obj.Contents = pdf.make_stream(b"1 0 0 rg 100 100 200 200 re f")
        pdf.add_blank_page(page_size=(200, 100)).obj.Contents = pdf.make_stream(b"0 g 0 0 200 100 re f")
        hang_on(pdf)
        pdf.save(path, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


@pytest.fixture(scope="module")
def taken(stored: Path) -> bytes:
    """The whole of it as it goes out."""
    return b"".join(flattened(stored, behind(stored)))


def behind(stored: Path) -> bytes:
    return tail(anchors_of(stored), stored.stat().st_size, MARK)


def test_every_page_is_one_picture_and_nothing_else(taken: bytes) -> None:
    with pikepdf.open(io.BytesIO(taken)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        for page in pdf.pages:
            assert [list(page.obj.Resources.keys()), list(page.obj.Resources.XObject.keys())] == [["/XObject"], ["/P"]]
            assert set(page.obj.keys()) == {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}
    read = pypdfium2.PdfDocument(taken)
    assert [page.get_size() for page in read] == [(595, 842), (842, 595), (200, 100)]
    assert not any(page.get_textpage().get_text_range() for page in read)


def test_the_mark_is_burnt_in_and_grey_pages_stay_grey(taken: bytes, stored: Path) -> None:
    wanted = pypdfium2.PdfDocument(stored.read_bytes() + behind(stored))
    with pikepdf.open(io.BytesIO(taken)) as pdf:
        colours = [str(page.obj.Resources.XObject["/P"].ColorSpace) for page in pdf.pages]
    assert colours == ["/DeviceGray", "/DeviceRGB", "/DeviceGray"]
    from PIL import ImageChops, ImageStat

    for page, same in zip(pypdfium2.PdfDocument(taken), wanted, strict=True):
        seen, should = (one.render(scale=2).to_pil().convert("L") for one in (page, same))
        assert ImageStat.Stat(ImageChops.difference(seen, should)).mean[0] < 2.5
        darkest, lightest = seen.getextrema()
        assert lightest - darkest > 30


def test_the_file_and_its_tail_are_read_as_one(stored: Path) -> None:
    whole = stored.read_bytes() + behind(stored)
    with stored.open("rb", buffering=0) as file:
        joined = Joined(file, behind(stored))
        assert joined.read() == whole
        edge = stored.stat().st_size
        for start, length in ((edge - 5, 10), (edge, 7), (edge + 3, 9), (len(whole) - 2, 50), (len(whole) + 9, 5)):
            joined.seek(start)
            assert joined.read(length) == whole[start : start + length]


def children() -> set[int]:
    own = os.getpid()
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(words[1]) == own and words[0] != "Z":
                found.add(int(entry.name))
    return found


def test_who_stops_listening_ends_the_child(stored: Path) -> None:
    before = children()
    copy = flattened(stored, behind(stored))
    assert next(block for block in copy if block).startswith(b"%PDF")
    assert children() - before
    copy.close()
    assert children() <= before


def test_a_file_that_is_none_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(b"no pdf at all")
    with pytest.raises(Broken):
        list(flattened(path, b""))
    with pytest.raises(Broken):
        list(flattened(tmp_path / "not-there.pdf", b""))


def test_a_child_that_is_silent_is_not_waited_for(stored: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(flattening, "CHILD", sleeper)
    began = time.monotonic()
    with pytest.raises(Broken):
        list(flattened(stored, b"", flattening.Limits(silence=1)))
    assert time.monotonic() - began < 10


def test_only_so_many_are_made_at_once(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flattening, "PLACES", flattening._Places(at_once=1, waiting=0, patience=1.0))
    first: Iterator[bytes] = flattened(stored, behind(stored))
    next(first)
    assert flattening.PLACES.full
    with pytest.raises(Busy):
        next(flattened(stored, behind(stored)))
    list(first)
    assert not flattening.PLACES.full


def test_one_account_has_one_copy_made_at_a_time_and_another_waiting(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flattening, "PLACES", flattening._Places(at_once=2, waiting=5, patience=1.5))
    places, slow = flattening.PLACES, flattened(stored, behind(stored), whose=7)
    assert next(slow).startswith(b"%PDF")
    second = flattened(stored, behind(stored), whose=7)
    assert next(second) == b"", "it waits for the first of the same account"
    assert places.are_full_for(7)
    with pytest.raises(Busy):
        next(flattened(stored, behind(stored), whose=7))
    assert not places.are_full_for(8)
    assert b"".join(flattened(stored, behind(stored), whose=8)).startswith(b"%PDF"), "others have their places"
    with pytest.raises(Busy):  # nobody waits for ever
        next(second)
    slow.close()
    assert b"".join(flattened(stored, behind(stored), whose=7)).startswith(b"%PDF")
    assert (places._in, dict(places._own), places._served) == (0, {}, set())
