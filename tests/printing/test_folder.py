"""The emergency folder on paper: nothing in it runs over the edge of its page, whatever the directory holds."""

from __future__ import annotations

from datetime import UTC, datetime

from printing.folder import Contact, Folder, Person, print_folder
from printing.order import Particulars
from tests.printing.measuring import ink, texts

ABOUT = Particulars(title="Tập hồ sơ dự phòng", identifier="folder", dated=datetime(2026, 3, 2, tzinfo=UTC))
WIDEST = "W" * 120
PHONE = "+84 24 3845 1234, máy lẻ 1234 hoặc 5678"  # forty letters, the most there can be


def folder(**kw: object) -> Folder:
    said = {
        "number": 3321, "site": "W" * 200, "place": "W" * 200, "title": "W" * 300, "organiser": "W" * 200, "held_at": "W" * 200,
        "when": "08:00, thứ tư, ngày 26/11/2025", "as_of": "07:00, 26/11/2025", "version": 123456, "programme": "số 3",
        "address": "https://hoinghi.example.vn/folder/15/entry/",
    }  # fmt: skip
    return Folder(**said | kw)  # type: ignore[arg-type]


def test_the_widest_words_and_a_long_telephone_number_stay_on_the_page() -> None:
    calls = [Contact("Cán bộ trực điểm cầu, " + "W" * 80, WIDEST, PHONE), Contact("Thư ký hội nghị", "Lò Thị Mai", "0" * 40)]
    people = [Person(WIDEST, "W" * 362, "482 915 307", "W" * 80)]
    pdf = print_folder(folder(people=people, centre=calls, own=calls), about=ABOUT)
    said = texts(pdf)
    for page in range(len(said)):
        assert ink(pdf, page).right >= 12, f"page {page + 1}"
    assert PHONE.replace(" ", "") in "".join("".join(said).split())
