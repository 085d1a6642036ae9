"""A unit's whole list at once: pasted as it stands in a spreadsheet, or as a file; all of it or nothing, faults by row."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from attendance.models import AskedUnit
from attendance.registration.reading import read_list
from meetings.hooks import fold_differences
from sheets import write_xlsx
from tests.attendance.registration.conftest import ask_for, limit
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_registration

HEAD = ["Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"]
ROWS = [["Lò Văn Một", "Trưởng phòng", "Văn phòng Tỉnh ủy", "0912 345 678"], ["Lò Văn Hai", "Chuyên viên", "", ""]]


def names(text: str) -> list[str]:
    return [one.values["name"] for one in read_list(text=text, data=None, file_name="", asked=())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lò Văn Một\tTrưởng phòng\nLò Văn Hai", ["Lò Văn Một", "Lò Văn Hai"]),
        ("Họ và tên\tChức vụ\r\nLò Văn Một\tTrưởng phòng\r\n\r\n", ["Lò Văn Một"]),
        ("Danh sách đại biểu\t\t\nSTT\tHỌ VÀ TÊN\tChức vụ\n1\tLò Văn Một\tCán bộ", ["Lò Văn Một"]),
        ("Lò Văn Một; Trưởng phòng\nLò Văn Hai; Chuyên viên", ["Lò Văn Một", "Lò Văn Hai"]),
        ("  Lo\u0300\u00a0Văn\u200b  Một \t", ["Lò Văn Một"]),
    ],
)
def test_a_list_is_understood_as_people_paste_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""), ("\n \n", ""), ("Lò\0", ""), ("STT\tChức vụ\n1\tCán bộ", ""),
        ("Họ tên\tChức vụ\nLò Văn Một\tCán bộ\n\tChuyên viên", "3"),
        ("Lò Văn Một\n" + "a" * 121, "2"), ("Một\n" * 2001, "2000"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_row(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        names(text)
    assert said in " ".join(refused.value.messages)


@pytest.mark.django_db
def test_a_file_is_taken_whole(room: Room, unit: AskedUnit, clients: Clients) -> None:
    ask_for(room.meeting, asks_phone=True)
    file = SimpleUploadedFile("danh-sach.xlsx", write_xlsx("Danh sách", HEAD, ROWS))
    answer = knock(clients["focal_point"], room.meeting, "registrations.add", unit=unit, file=file, bridge_point=room.lao_cai)
    assert answer.status_code == 200, answer.content
    lines = unit.registrations.order_by("pk").values_list("name", "position", "unit_name", "phone", "bridge_point")
    assert list(lines) == [
        ("Lò Văn Một", "Trưởng phòng", "Văn phòng Tỉnh ủy", "0912 345 678", room.lao_cai.pk),
        ("Lò Văn Hai", "Chuyên viên", "Tỉnh ủy Lào Cai", "", room.lao_cai.pk),
    ]
    assert fold_differences(room.meeting) == []


@pytest.mark.django_db
def test_a_list_too_long_or_with_a_name_twice_is_not_taken_by_half(room: Room, unit: AskedUnit, clients: Clients) -> None:
    limit(unit, 3)
    make_registration(unit, "Người Cũ")
    refused = ("Một\nHai\nBa", "Một\nMột", "Một\nngười cũ")
    for text in refused:
        assert knock(clients["focal_point"], room.meeting, "registrations.add", unit=unit, text=text).status_code == 409
    assert unit.registrations.count() == 1
    assert knock(clients["focal_point"], room.meeting, "registrations.add", unit=unit, text="Một\nHai").status_code == 200
    assert unit.registrations.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00\x00", b"%PDF-1.7"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(data: bytes, room: Room, unit: AskedUnit, clients: Clients) -> None:
    file = SimpleUploadedFile("danh-sach.xlsx", data)
    answer = knock(clients["focal_point"], room.meeting, "registrations.add", unit=unit, file=file)
    assert answer.status_code == 400
    assert answer.json()["errors"]["file"][0]


@pytest.mark.django_db
def test_a_formula_is_no_name(room: Room, unit: AskedUnit, clients: Clients) -> None:
    book, out = Workbook(), BytesIO()
    book.active.append(["Họ và tên", "Chức vụ"])
    book.active.append(['=HYPERLINK("http://example.org","Lò Văn Một")', "Cán bộ"])
    book.save(out)
    file = SimpleUploadedFile("danh-sach.xlsx", out.getvalue())
    answer = knock(clients["focal_point"], room.meeting, "registrations.add", unit=unit, file=file)
    assert answer.status_code == 400
    assert "A2" in answer.json()["errors"]["file"][0]
