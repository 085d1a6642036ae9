"""Names of files as people meet them, and the headers of tus."""

from __future__ import annotations

from base64 import b64encode

import pytest

from packets.uploading import tus
from packets.uploading.names import ending_of, harmless, objection_to, title_from


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\báo cáo.docx", "báo cáo.docx"),
        ("C:\\Users\\a\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("bao\u202efdp.exe", "baofdp.exe"),
        ("  .hidden ", "hidden"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("", "tai-lieu"),
        ("...", "tai-lieu"),
        ("\u200b\u2066", "tai-lieu"),
        ("Bao ca\u0301o.pdf", "Bao cáo.pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert harmless(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = harmless("ă" * 900 + ".docx")
    assert (len(kept), kept[-5:]) == (200, ".docx")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("01. bao_cao tổng kết.pdf", "Bao cao tổng kết"),
        ("3 - Dự thảo.docx", "Dự thảo"),
        ("IV. Phụ lục.xlsx", "Phụ lục"),
        ("2025.pdf", "2025"),
        ("Nghị quyết 57-NQ.TW", "Nghị quyết 57-NQ.TW"),
        ("a/b/../Kế hoạch.PDF", "Kế hoạch"),
    ],
)
def test_a_paper_is_called_like_its_file_at_first(name: str, title: str) -> None:
    assert title_from(name) == title


@pytest.mark.parametrize(
    ("name", "word"),
    [("a.pdf", ""), ("a.PDF", ""), ("a.docm", "macro"), ("a.xlsb", "macro"), ("a.exe", "unknown"), (".pdf", "unknown")],
)
def test_files_that_no_copy_can_be_made_of_are_refused_by_their_name(name: str, word: str) -> None:
    assert objection_to(name) == word


def test_the_ending_of_a_name_with_marks_is_the_one_that_counts() -> None:
    assert ending_of("bao\u202egnp.exe") == "exe"


def told(**pairs: str) -> str:
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())


def test_metadata_of_an_upload_is_read() -> None:
    assert tus.metadata(told(filename="Báo cáo.pdf", item="3")) == {"filename": "Báo cáo.pdf", "item": "3"}
    assert tus.metadata("filename") == {"filename": ""}
    assert tus.metadata("") == {}


@pytest.mark.parametrize("text", ["filename ***", "filename /w==", "a YQ==,a YQ==", "tên YQ==", "x" * 9000])
def test_metadata_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(tus.Malformed):
        tus.metadata(text)


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "١٢", "1" * 16, "0x10"])
def test_a_size_is_a_whole_number(text: str | None) -> None:
    with pytest.raises(tus.Malformed):
        tus.number(text, "Upload-Length")
