"""Making a reading copy as the jobs do it: what stands there afterwards, what is said, what stays behind when it fails."""

# ruff: noqa: E501  (rows of cases)

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from copies import child, marking
from copies.identifying import ENDINGS, ending_of, identify
from copies.making import LIMITS, forget, make_reading_copy
from copies.refusals import Refused
from tests.copies import bombs, broken, papers
from tests.copies.bricks import objects_of, paper, stream, written
from tests.copies.hostile import bomb_of
from tests.copies.looking import found_in
from tests.copies.office_files import odt


def _bomb() -> bytes:
    return written({**objects_of(), 5: stream(bomb_of(300 << 20), b"/Filter /FlateDecode")})


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "nguon.pdf"
    path.write_bytes(papers.text())
    return path


def test_a_copy_stands_whole_at_its_place_and_is_described(report: Path, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    target = tmp_path / "copy.pdf"
    made = make_reading_copy(report, "Báo cáo.pdf", target, title="Báo cáo tình hình", on_page=lambda *pages: heard.append(pages))
    data = target.read_bytes()
    assert (made.kind, made.copy, made.pages) == ("pdf", "rebuilt", 3)
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert made.anchors == marking.anchors_of(target)
    assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in made.texts[0]
    assert "Ằ Ẵ Ẳ Ặ" in made.texts[2]
    assert made.contents == [[1, "I. Tình hình chung", 1], [2, "1. Số liệu", 1], [1, "II. Kiến nghị", 3]]
    assert made.removed == ["links", "properties"]
    assert heard[-1][0] == heard[-1][1]
    assert [path.name for path in tmp_path.iterdir()] == ["copy.pdf"]


def test_a_copy_is_linearised_with_a_plain_table_and_nothing_of_the_original(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdf"
    make_reading_copy(report, "a.pdf", target, title="Tên mới")
    data = target.read_bytes()
    assert b"/Linearized" in data[:200]
    assert b"/ObjStm" not in data
    assert b"/XRef" not in data
    assert b"WeasyPrint" not in data
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Tên mới"
        assert set(pdf.docinfo.keys()) == {"/Title"}
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Outlines"}
        assert pdf.check_pdf_syntax() == []
        with pikepdf.open(report) as original:
            assert pdf.trailer.ID[0] != original.trailer.get("/ID", [None])[0]


def test_links_within_a_paper_and_its_contents_still_lead_there(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdf"
    make_reading_copy(report, "a.pdf", target)
    document = pypdfium2.PdfDocument(target)
    assert [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()] == [
        ("I. Tình hình chung", 0), ("1. Số liệu", 0), ("II. Kiến nghị", 2),
    ]  # fmt: skip
    document.close()
    with pikepdf.open(target) as pdf:
        (link,) = pdf.pages[0].Annots
        assert set(link.keys()) == {"/Type", "/Subtype", "/Rect", "/Border", "/Dest"}
        assert link.Dest[0].objgen == pdf.pages[2].obj.objgen


@pytest.mark.parametrize(("name", "kind"), [("anh.png", "png"), ("anh.JPG", "jpg"), ("quet.tif", "tiff"), ("anh.webp", "webp")])
def test_pictures_become_pages_of_a4(name: str, kind: str, tmp_path: Path) -> None:
    source, target = tmp_path / name, tmp_path / "copy.pdf"
    format_ = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF", "webp": "WEBP"}[kind]
    frames = [papers.picture(size=(1240, 1754)), papers.picture("1", (2480, 1700)), papers.picture("L", (190, 160))]
    more = {"save_all": True, "append_images": frames[1:]} if kind == "tiff" else {}
    frames[0].save(source, format_, **more)
    made = make_reading_copy(source, name, target)
    assert (made.kind, made.copy, made.pages) == (kind, "rasterised", 3 if kind == "tiff" else 1)
    document = pypdfium2.PdfDocument(target)
    sizes = [tuple(map(round, document[n].get_size())) for n in range(made.pages)]
    document.close()
    assert sizes == [(595, 842), (842, 595), (842, 595)][: made.pages]
    assert found_in(target, ()) == []


@pytest.mark.parametrize("mode", sorted(broken.images()))
def test_a_picture_of_any_kind_is_taken(mode: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.tif", tmp_path / "copy.pdf"
    broken.images()[mode].save(source, "TIFF")
    assert make_reading_copy(source, "a.tif", target).pages == 1


def test_an_office_paper_is_converted_first_and_then_rebuilt_like_any_other(tmp_path: Path) -> None:
    source, target = tmp_path / "a.odt", tmp_path / "to" / "copy.pdf"
    target.parent.mkdir()
    source.write_bytes(odt())
    made = make_reading_copy(source, "Báo cáo.odt", target)
    assert (made.kind, made.copy, made.pages, made.texts) == ("odt", "rebuilt", 1, ["Báo cáo công tác"])
    assert [path.name for path in target.parent.iterdir()] == ["copy.pdf"]


def test_what_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "to" / "copy.pdf"
    target.parent.mkdir()
    for data, word in (
        (b"", "empty"), (b"%PDF-1.7\n", "broken"), (_bomb(), "bomb"),
        (broken.damaged()["locked with a password"][0], "encrypted"), (b"<html>", "ending"),
    ):  # fmt: skip
        source.write_bytes(data)
        with pytest.raises(Refused) as refused:
            make_reading_copy(source, "a.pdf", target)
        assert refused.value.word == word
        assert list(target.parent.iterdir()) == []


def test_a_paper_larger_than_allowed_is_refused(report: Path, tmp_path: Path) -> None:
    for limits, word in (({"size": 100}, "huge"), ({"pages": 2}, "pages"), ({"output": 5000}, "huge")):
        with pytest.raises(Refused) as refused:
            make_reading_copy(report, "a.pdf", tmp_path / "copy.pdf", limits=dataclasses.replace(LIMITS, **limits))
        assert refused.value.word == word
        assert list(tmp_path.iterdir()) == []


def test_a_scan_of_two_thousand_pages_is_no_trouble(tmp_path: Path) -> None:
    import resource

    pdf, jpeg = pikepdf.new(), io.BytesIO()
    papers.picture("L", (800, 1100)).save(jpeg, "JPEG", quality=20)
    image = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 800, "Height": 1100, "ColorSpace": Name.DeviceGray}
    for _page in range(2000):
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        stream_ = pikepdf.Stream(pdf, jpeg.getvalue(), BitsPerComponent=8, Filter=Name.DCTDecode, **image)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(stream_)))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    pdf.save(tmp_path / "scan.pdf")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = make_reading_copy(tmp_path / "scan.pdf", "scan.pdf", tmp_path / "copy.pdf")
    assert (made.copy, made.pages) == ("rebuilt", 2000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # KB: nothing of it passes through here


def test_what_was_filled_in_is_set_in_letters_of_vietnamese(tmp_path: Path) -> None:
    source, target = tmp_path / "form.pdf", tmp_path / "copy.pdf"
    source.write_bytes(papers.filled())
    made = make_reading_copy(source, "form.pdf", target)
    assert (made.copy, made.removed) == ("rebuilt", ["forms"])
    assert "Nguyễn Thị Ưu Điểm Sát mép phải" in made.texts[0].replace("\n", " ")
    assert "trước giờ khai mạc, báo cáo kết" in made.texts[0]
    assert "Trân trọng." in made.texts[0]
    assert "Lào Cai" in made.texts[0]
    assert "bí mật" not in made.texts[0]  # a field for passwords shows dots
    assert found_in(target, ()) == []


def test_what_never_ends_is_ended(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(bombs.crowds()["a pattern of tiny steps"])
    with pytest.raises(Refused) as refused:
        make_reading_copy(source, "a.pdf", tmp_path / "copy.pdf", limits=dataclasses.replace(LIMITS, step=1))
    assert refused.value.word == "slow"


def test_who_counts_the_pages_may_stop_it(report: Path, tmp_path: Path) -> None:
    class Stopped(BaseException):
        pass

    def stop(_page: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        make_reading_copy(report, "a.pdf", tmp_path / "copy.pdf", on_page=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "word"),
    [(OSError(errno.ENOSPC, "full"), "disk"), (OSError(errno.EFBIG, "large"), "huge"), (MemoryError(), "bomb"), (KeyError("x"), "broken"),
     (RecursionError(), "bomb"), (Refused("pages"), "pages")],
)  # fmt: skip
def test_whatever_goes_wrong_in_a_child_has_a_word(error: BaseException, word: str) -> None:
    answer: dict[str, object] = {"pages": 3}
    with child._words(answer):
        raise error
    assert answer == {"refused": word}


def test_what_a_killed_service_left_of_one_copy_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    for name in (".making-a-1.xyz", ".making-b-1.xyz"):
        (tmp_path / name / "office").mkdir(parents=True)
    for name in ("a-1.pdf", "b-1.pdf", "ba-1.pdf"):
        (tmp_path / name).write_bytes(b"x")
    forget(tmp_path, "a-")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".making-b-1.xyz", "b-1.pdf", "ba-1.pdf"]


@pytest.mark.parametrize(
    ("name", "ending"),
    [("Báo cáo.PDF", "pdf"), ("../../etc/passwd.pdf", "pdf"), ("bao-cao\u202efdp.exe", "exe"), ("a.pdf.exe", "exe"), ("a.pdf ", "pdf"),
     ("a.pdf.", "pdf"), ("a.p\u200bdf", "pdf"), ("pdf", ""), ("", ""), (".pdf", ""), ("a.рdf", ""), ("a.pdf\0.png", "png"), ("a." + "x" * 999, "x" * 999)],
)  # fmt: skip
def test_of_a_name_only_the_ending_is_used(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_a_kind_is_found_by_content(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for ending in sorted(ENDINGS):
        path.write_bytes(paper())
        if ending == "pdf":
            assert identify(path, f"a.{ending}") == "pdf"
            continue
        with pytest.raises(Refused) as refused:
            identify(path, f"a.{ending}")
        assert refused.value.word == "ending"


def test_text_is_cleaned_for_databases_and_searches() -> None:
    from copies.texts import cleaned

    assert cleaned("Đa\u0323i\u200b bie\u0302\u0309u\x00\r\n\r\n  hai\tba \ud800\u202e x") == "Đại biểu\nhai ba x"


def test_a_picture_says_nothing_of_its_camera(tmp_path: Path) -> None:
    from PIL import Image

    image, exif, out = papers.picture(), Image.Exif(), io.BytesIO()
    exif[0x010E], exif[0x0112] = "Bí mật của máy ảnh", 6
    image.save(out, "JPEG", exif=exif, comment=b"Bi mat cua may anh")
    source, target = tmp_path / "a.jpg", tmp_path / "copy.pdf"
    source.write_bytes(out.getvalue())
    make_reading_copy(source, "a.jpg", target)
    assert b"Bi mat" not in target.read_bytes()
    document = pypdfium2.PdfDocument(target)
    width, height = document[0].get_size()
    document.close()
    assert height > width  # the camera was held upright
