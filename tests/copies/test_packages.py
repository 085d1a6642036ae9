"""What is left of an Office package when all that leads out of it, or is no paper, has been left behind."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from copies import making, office
from copies.bounds import Bounds, Unfit
from copies.packages import rewrite
from tests.copies import office_files as files


def rewritten(data: bytes, tmp_path: Path, bounds: Bounds | None = None) -> dict[str, bytes]:
    (tmp_path / "given").write_bytes(data)
    rewrite(tmp_path / "given", tmp_path / "made", bounds or Bounds())
    with zipfile.ZipFile(tmp_path / "made") as package:
        assert package.testzip() is None
        return {part.filename: package.read(part) for part in package.infolist()}


def test_a_plain_file_keeps_every_part_as_it_was(tmp_path: Path) -> None:
    data = files.odt(more={"Pictures/a.png": files.bomb_png(8, 8), "styles.xml": f"{files.HEAD}<a b='1'>&amp;chữ</a>"})
    with zipfile.ZipFile(tmp_path / "plain", "w"):
        pass
    (tmp_path / "plain").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "plain") as package:
        before = {part.filename: package.read(part) for part in package.infolist()}
    assert rewritten(data, tmp_path) == before
    assert (tmp_path / "made").read_bytes().startswith(b"PK\x03\x04")
    with zipfile.ZipFile(tmp_path / "made") as package:
        first = package.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_relationships_that_lead_out_go_and_clicked_ones_stay(tmp_path: Path) -> None:
    rels = files.related(
        ("rId1", "image", "http://127.0.0.1/a.png", True), ("rId2", "image", "media/a.png", False),
        ("rId3", "hyperlink", "https://hoinghi.example.vn/", True), ("rId4", "attachedTemplate", "file:///x.dotm", True),
        ("rId5", "oleObject", "embeddings/a.bin", False), ("rId6", "image", "\\\\may-chu\\chung\\a.png", False),
        ("rId7", "image", "FILE:/etc/passwd", False), ("rId8", "styles", "styles.xml", False),
    )  # fmt: skip
    parts = rewritten(files.docx(rels=rels, parts={"word/embeddings/a.bin": b"MZ"}), tmp_path)
    kept = ElementTree.fromstring(parts["word/_rels/document.xml.rels"])
    assert [row.get("Id") for row in kept] == ["rId2", "rId3", "rId8"]
    assert "word/embeddings/a.bin" not in parts


def test_addresses_in_odf_that_lead_out_go_and_the_words_stay(tmp_path: Path) -> None:
    body = (
        "<text:p>trước &lt;&amp;&gt; sau</text:p>" + files.picture_frame("http://127.0.0.1/a.png")
        + files.picture_frame("Pictures/a.png") + files.picture_frame("../../x.png")
        + '<text:p><text:a xlink:href="https://hoinghi.example.vn/">chỗ bấm</text:a></text:p>'
        + files.dde_section("soffice", "/etc/passwd", "a")
    )  # fmt: skip
    content = rewritten(files.odt(body), tmp_path)["content.xml"].decode()
    assert "127.0.0.1" not in content
    assert "../" not in content
    assert "dde-source" not in content
    assert 'xlink:href="Pictures/a.png"' in content
    assert "https://hoinghi.example.vn/" in content
    assert "trước &lt;&amp;&gt; sau" in content
    ElementTree.fromstring(content)


def test_a_prefix_hides_nothing(tmp_path: Path) -> None:
    body = '<draw:frame xmlns:q="http://www.w3.org/1999/xlink"><draw:image q:href="http://127.0.0.1/a.png"/></draw:frame>'
    assert b"127.0.0.1" not in rewritten(files.odt(body), tmp_path)["content.xml"]


def test_a_document_type_goes_and_an_encoding_is_made_plain(tmp_path: Path) -> None:
    data = files.odt("<text:p>chữ</text:p>", front='<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">')
    assert b"DOCTYPE" not in rewritten(data, tmp_path)["content.xml"]
    wide = '<?xml version="1.0" encoding="UTF-16"?><a>chữ</a>'.encode("utf-16")
    assert rewritten(files.odt(more={"styles.xml": wide}), tmp_path)["styles.xml"].decode() == '<?xml version="1.0"?><a>chữ</a>'


def test_films_stay_behind_and_pictures_are_not_packed_again(tmp_path: Path) -> None:
    parts = rewritten(files.docx(parts={"word/media/a.mp4": bytes(99), "word/media/a.png": files.bomb_png(8, 8)}), tmp_path)
    assert "word/media/a.mp4" not in parts
    with zipfile.ZipFile(tmp_path / "made") as package:
        assert package.getinfo("word/media/a.png").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("bounds", "word"),
    [(Bounds(parts=2), "bomb"), (Bounds(xml=100), "bomb"), (Bounds(rest=10), "bomb"), (Bounds(depth=2), "bomb")],
)
def test_every_bound_holds(bounds: Bounds, word: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit) as unfit:
        rewritten(files.docx(parts={"word/media/a.bin": bytes(300)}), tmp_path, bounds)
    assert unfit.value.word == word


def test_names_that_differ_in_their_capitals_are_two_parts_in_odf(tmp_path: Path) -> None:
    assert "pictures/A" in rewritten(files.odt(more={"pictures/a": b"1", "pictures/A": b"2"}), tmp_path)


def test_more_pages_are_made_than_are_taken_so_that_none_is_cut_off_in_silence() -> None:
    assert office.COSTS.pages > making.LIMITS.pages
