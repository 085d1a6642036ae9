"""Stamps of secrecy are found as they stand on papers, and ordinary sentences are left in peace."""

from __future__ import annotations

import unicodedata

import pytest

from packets.preparing.stamps import Stamp, stamps_in, words_on

HEADING = "ĐẢNG BỘ TỈNH LÀO CAI                    ĐẢNG CỘNG SẢN VIỆT NAM"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MẬT", ["MẬT"]),
        ("  [ TỐI MẬT ]  ", ["TỐI MẬT"]),
        ("TUYỆT  MẬT", ["TUYỆT MẬT"]),
        ("Tuyệt mật", ["TUYỆT MẬT"]),
        ("Tối Mật", ["TỐI MẬT"]),
        ("Độ mật: Tối mật", ["TỐI MẬT"]),
        ("MỨC ĐỘ MẬT: MẬT", ["MẬT"]),
        ("T Ố I   M Ậ T", ["TỐI MẬT"]),
        ("M Ậ T", ["MẬT"]),
        ("TUYỆT\nMẬT", ["TUYỆT MẬT"]),
        ("TỐI MẬT          ĐẢNG CỘNG SẢN VIỆT NAM", ["TỐI MẬT"]),
        ("ĐẢNG CỘNG SẢN VIỆT NAM MẬT", ["MẬT"]),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM TUYỆT MẬT", ["TUYỆT MẬT"]),
        (f"{HEADING}\n   MẬT\nHội nghị", ["MẬT"]),
        ("MẬT\nTUYỆT MẬT\nMẬT", ["TUYỆT MẬT", "MẬT"]),
        ("Số: 12-BC/TU | MẬT", ["MẬT"]),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), ["TUYỆT MẬT"]),
        ("tuyÖt mËt", ["TUYỆT MẬT"]),
        ("TOÁI MAÄT", ["TỐI MẬT"]),
    ],
)
def test_a_stamp_is_found(text: str, words: list[str]) -> None:
    assert words_on(text) == words


@pytest.mark.parametrize(
    "text",
    [
        HEADING,
        "Quy định về tài liệu mật, tối mật và tuyệt mật của Đảng.",
        "QUY ĐỊNH VỀ BẢO VỆ TÀI LIỆU TUYỆT MẬT CỦA ĐẢNG",
        "mật",
        "bảo vệ bí\nmật nhà nước",
        "BẢO VỆ BÍ\nMẬT",
        "Công tác bảo vệ bí mật nhà nước",
        "Bí mật",
        "mật ong Bắc Hà",
        "MẬT ĐỘ DÂN SỐ",
        "MẬT ONG",
        "thông tin thuộc phạm vi tối\nmật.",
        "Mật khẩu",
        "",
        "M",
        "MAT",
        "MẬT " * 200,
    ],
)
def test_a_sentence_is_left_in_peace(text: str) -> None:
    assert words_on(text) == []


def test_each_page_tells_its_stamps_once() -> None:
    found = stamps_in(["Trang bìa", "MẬT\nMẬT", "", "TỐI MẬT"])
    assert found == [Stamp("MẬT", 2), Stamp("TỐI MẬT", 4)]


def test_a_page_of_a_million_letters_is_read_in_no_time() -> None:
    assert words_on(" ".join(["A"] * 500_000)) == []
    assert words_on("\n".join(["A  B"] * 50_000)) == []
