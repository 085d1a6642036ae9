"""Importing participants: each row is understood or named with its cell; all of them are written, or none."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.test import Client

from meetings.hooks import fold_differences
from meetings.importing import find, runs
from meetings.importing.models import ImportRun
from meetings.models import Meeting, Participant
from people.models import Person
from sheets import write_csv, write_xlsx
from tests.cast import Room
from tests.knocking import knock
from tests.make import make_group, make_meeting, make_participant, make_participants, the_secretariat

pytestmark = pytest.mark.django_db
HEAD = [
    "Họ và tên",
    "Chức vụ",
    "Đơn vị",
    "Điểm cầu",
    "Vai trò",
    "Hình thức",
    "Nhóm",
    "Email",
    "SĐT",
    "Dự thay cho",
    "Thường xuyên",
]


def upload(room: Room, *rows: list[Any], head: list[str] | None = None) -> ImportRun:
    kind = find("participants", of_meeting=True)
    assert kind is not None
    full = [[*row, *[""] * (len(head or HEAD) - len(row))] for row in rows]
    data = write_xlsx("Danh sách", head or HEAD, full)
    return runs.start(kind, room.meeting, by=the_secretariat().user, name="ds.xlsx", data=data)


def judged(room: Room, *rows: list[Any], head: list[str] | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = upload(room, *rows, head=head).judged["rows"]
    return found


def apply(room: Room, client: Client, *rows: list[Any]) -> Any:
    run = upload(room, *rows)
    return knock(client, room.meeting, "participants.import", run=run, seen=run.judged["digest"])


def named(meeting: Meeting, name: str) -> Participant:
    return meeting.participants.select_related("person", "bridge_point", "group").get(name=name)


def test_a_whole_row_becomes_a_participant(room: Room, clients: dict[str, Client]) -> None:
    answer = apply(
        room, clients["secretary"],
        ["Đ/c Lò Văn Mới", "Phó Bí thư", "Tỉnh uỷ Lào Cai", "lao cai", "khách mời", "Trực tuyến", "Khối tỉnh", "A@x.vn",
         912345678, "", "x"],
    )  # fmt: skip
    assert answer.status_code == 200
    one = named(room.meeting, "Lò Văn Mới")
    assert (one.position, one.unit, one.role, one.mode, one.is_standing) == (
        "Phó Bí thư", "Tỉnh ủy Lào Cai", "guest", "online", True,
    )  # fmt: skip
    assert one.organisation is not None
    assert (one.bridge_point, one.group and one.group.name) == (room.lao_cai, "Khối tỉnh")
    assert (one.person.email, one.person.phone) == ("a@x.vn", "0912345678")
    assert fold_differences(room.meeting) == []
    fact = room.meeting.journal.entries.get(kind="participants.imported").payload
    assert ([row["name"] for row in fact["participants"]], fact["edited"]) == (["Lò Văn Mới"], [])
    assert "0912345678" not in str(fact)
    assert "a@x.vn" not in str(fact)


def test_each_row_is_new_changed_or_the_same(room: Room) -> None:
    same, changed, new = judged(
        room,
        ["Giàng A Đại", "Phó Bí thư", "Lào Cai"],
        ["Lâm Út Tư", "Trưởng ban", "Cà Mau", "Hà Tĩnh"],
        ["Lò Thị Mới", "", "Cà Mau"],
    )
    assert [row["verdict"] for row in (same, changed, new)] == ["same", "changed", "new"]
    assert (
        changed["changes"] == [["Position", "Ủy viên", "Trưởng ban"], ["Bridge point", "Cà Mau", "Hà Tĩnh"]]
        or len(changed["changes"]) == 2
    )
    assert changed["target"] == room.people["ca_mau"].pk


def test_changed_rows_are_written_and_empty_cells_leave_what_is_known(room: Room, clients: dict[str, Client]) -> None:
    group = make_group(room.meeting, "Khách mời")
    before = Person.objects.count()
    answer = apply(room, clients["secretary"], ["LÂM ÚT TƯ", "Trưởng ban", "", "", "", "online", "khách mời", "tu@x.vn"])
    assert answer.status_code == 200
    one = named(room.meeting, "Lâm Út Tư")
    assert (one.pk, one.position, one.unit, one.bridge_point, one.mode, one.group) == (
        room.people["ca_mau"].pk, "Trưởng ban", "Cà Mau", room.sites[3], "online", group,
    )  # fmt: skip
    assert (one.person.email, one.folded, Person.objects.count()) == ("tu@x.vn", "lam ut tu truong ban ca mau", before)
    assert fold_differences(room.meeting) == []


@pytest.mark.parametrize(
    ("typed", "listed"),
    [("Nguyễn Thị Thuý Hoà", "Nguyễn Thị Thúy Hòa"), ("TRẦN UỶ", "Trần Ủy"), ("Lê\u00a0Khoẻ ", "Lê Khỏe")],
)
def test_two_spellings_of_one_name_are_one_person(typed: str, listed: str, room: Room) -> None:
    make_participant(room.meeting, listed, unit="Thành ủy Huế")
    for text in (typed, unicodedata.normalize("NFD", typed), typed.upper()):
        (row,) = judged(room, [text, "", "thành uỷ Huế"])
        assert (row["verdict"], row["title"]) == ("same", listed)


def test_names_that_differ_in_a_mark_are_two_people_and_asked_about(room: Room) -> None:
    make_participant(room.meeting, "Nguyễn Văn Hùng", unit="Huế")
    (row,) = judged(room, ["Nguyễn Văn Hưng", "", "Huế"])
    assert (row["verdict"], row["does"]) == ("warning", "new")
    assert "Nguyễn Văn Hùng" in row["remarks"][0]["text"]


@pytest.mark.parametrize(
    ("wanted", "site"),
    [("Lào Cai", 1), ("LAO CAI", 1), ("Điểm cầu Lào Cai", 1), ("điểm cầu hà tĩnh", 2), ("Tỉnh Cà Mau", 3), ("Trung tâm", 0)],
)
def test_a_bridge_point_is_found_by_any_of_its_names(wanted: str, site: int, room: Room) -> None:
    (row,) = judged(room, ["Lò Mới", "", "x", wanted])
    assert (row["verdict"], row["data"]["bridge_point"]) == ("new", room.sites[site].pk)


def test_a_bridge_point_is_found_by_the_province_s_code(room: Room, clients: dict[str, Client]) -> None:
    from meetings.models import BridgePoint
    from people.models import Organisation

    for code, site in (("15", 1), ("01", 2)):
        BridgePoint.objects.filter(pk=room.sites[site].pk).update(organisation=Organisation.objects.get(code=code))
    first, second = judged(room, ["Một", "", "x", 15], ["Hai", "", "x", 1])
    assert [row["data"]["bridge_point"] for row in (first, second)] == [room.sites[1].pk, room.sites[2].pk]


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["Lò Mới", "", "x", "Lao Cay"], "D2", "Lào Cai"), (["Lò Mới", "", "x", "Sao Hỏa"], "D2", "Sao Hỏa"),
        (["", "Bí thư", "Huế"], "A2", ""), (["x" * 121, "", "Huế"], "A2", "120"), (["Lò Mới", "", "x", "", "vua"], "E2", "vua"),
        (["Lò Mới", "", "x", "", "", "nửa"], "F2", "nửa"), (["Lò Mới", "", "x", "", "", "", "", "a@b"], "H2", "a@b"),
        (["Lò Mới", "", "x", "", "", "", "", "", "gọi sau"], "I2", "gọi sau"),
        (["Lò Mới", "", "x", "", "", "", "", "", "", "Ai Đó"], "J2", "Ai Đó"),
        (["Lò Mới", "", "x", "", "Technician"], "D2", ""), (["Lò Mới", "", "x", "", "", "", "", "", "", "", "có lẽ"], "K2", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_cell(row: list[Any], cell: str, words: str, room: Room) -> None:
    (found,) = judged(room, row)
    assert found["verdict"] == "error"
    assert [remark["cell"] for remark in found["remarks"] if remark["level"] == "error"][:1] == [cell]
    assert words in found["remarks"][0]["text"]


def test_the_same_name_twice_is_named_unless_the_units_tell_them_apart(room: Room) -> None:
    rows = judged(room, ["Lò Mới", "", "Huế"], ["lò  mới", "", "Thành ủy Huế"], ["Lò Mới", "", "Cà Mau"], ["Lò Mới"])
    assert [row["verdict"] for row in rows] == ["new", "error", "new", "error"]
    assert "2" in rows[1]["remarks"][0]["text"]


def test_a_missing_unit_is_taken_from_the_bridge_point_or_named(room: Room) -> None:
    from people.models import Organisation

    room.lao_cai.organisation = Organisation.objects.get(code="15")
    room.lao_cai.save()
    first, second = judged(room, ["Lò Một", "", "", "Lào Cai"], ["Lò Hai"])
    assert (first["verdict"], first["data"]["unit"]) == ("warning", "Tỉnh ủy Lào Cai")
    assert (second["verdict"], second["remarks"][0]["cell"]) == ("warning", "C3")


def test_several_of_a_name_and_unit_are_an_error_that_names_them_until_the_position_tells(room: Room) -> None:
    make_participants(room.meeting, ["Lò Hai", "Lò Hai"], unit="Huế", position="Ủy viên")
    Participant.objects.filter(pk=room.meeting.participants.filter(name="Lò Hai").first().pk).update(position="Bí thư")  # type: ignore[union-attr]
    (row,) = judged(room, ["Lò Hai", "", "Huế"])
    assert (row["verdict"], row["remarks"][0]["cell"]) == ("error", "A2")
    assert "Bí thư" in row["remarks"][0]["text"]
    (row,) = judged(room, ["Lò Hai", "Bí thư", "Huế"])
    assert row["verdict"] == "same"


def test_somebody_of_the_directory_is_recognised_by_name_and_unit(room: Room, clients: dict[str, Client]) -> None:
    from tests.make import make_meeting

    old = make_participant(make_meeting(title="Năm trước"), "Lò Văn Cũ", unit="Tỉnh ủy Lào Cai")
    before = Person.objects.count()
    assert apply(room, clients["secretary"], ["Lò Văn Cũ", "", "tỉnh uỷ Lào Cai"]).status_code == 200
    assert (named(room.meeting, "Lò Văn Cũ").person_id, Person.objects.count()) == (old.person_id, before)


def test_a_namesake_of_the_directory_is_a_warning_and_two_are_an_error(room: Room) -> None:
    from tests.make import make_meeting

    make_participant(make_meeting(title="Năm trước"), "Lò Văn Cũ", unit="Huế")
    (row,) = judged(room, ["Lò Văn Cũ", "", "Cà Mau"])
    assert (row["verdict"], row["data"]["person"]) == ("warning", None)
    assert "Huế" in row["remarks"][0]["text"]
    make_participant(make_meeting(title="Năm kia"), "Lò Văn Cũ", unit="Huế")
    (row,) = judged(room, ["Lò Văn Cũ", "", "Huế"])
    assert row["verdict"] == "error"


def test_a_substitute_comes_instead(room: Room, clients: dict[str, Client]) -> None:
    answer = apply(room, clients["secretary"], ["Lò Thay", "", "Cà Mau", "Cà Mau", "", "", "", "", "", "Lâm Út Tư"])
    assert answer.status_code == 200
    one = named(room.meeting, "Lò Thay")
    assert one.substitute_for == room.people["ca_mau"]
    assert named(room.meeting, "Lâm Út Tư").is_excused
    assert fold_differences(room.meeting) == []
    (row,) = judged(room, ["Lò Khác", "", "Cà Mau", "", "", "", "", "", "", "Lâm Út Tư"])
    assert (row["verdict"], row["remarks"][0]["cell"]) == ("error", "J2")


def test_headings_are_found_in_any_order_language_and_under_titles(room: Room) -> None:
    kind = find("participants", of_meeting=True)
    assert kind is not None
    by = the_secretariat().user
    for head in (["STT", "HỌ TÊN (viết hoa)", "Co quan", "Ghi chú"], ["No", "full name", "Organisation *", "x"]):
        rows = [["DANH SÁCH ĐẠI BIỂU", "", "", ""], ["", "", "", ""], head, [1, "Lò Mới", "Huế", "="]]
        data = write_csv(rows[0], rows[1:]).replace(b'"\'="', b'"y"')
        run = runs.start(kind, room.meeting, by=by, name="ds.csv", data=data)
        (row,) = run.judged["rows"]
        assert (row["verdict"], row["title"], row["data"]["unit"], row["number"]) == ("new", "Lò Mới", "Thành ủy Huế", 4)


def test_what_was_imported_is_the_same_when_it_comes_again(room: Room, clients: dict[str, Client]) -> None:
    rows = [
        [f"Đại biểu {n}", "Ủy viên", "Huế", "Lào Cai", "", "online", "Khối A", f"d{n}@x.vn", "+84 912 345 678"] for n in range(30)
    ]
    assert apply(room, clients["secretary"], *rows).status_code == 200
    assert {row["verdict"] for row in judged(room, *rows)} == {"same"}


def test_nothing_is_half_imported(room: Room, clients: dict[str, Client]) -> None:
    before = room.meeting.participants.count()
    answer = apply(room, clients["secretary"], ["Lò Một", "", "Huế"], ["Lò Hai", "", "Huế", "Sao Hỏa"])
    assert answer.status_code == 409
    assert room.meeting.participants.count() == before
    assert not room.meeting.journal.entries.filter(kind="participants.imported").exists()


def test_who_prepares_one_meeting_fills_in_contact_data_and_changes_none(room: Room, clients: dict[str, Client]) -> None:
    """Letters of every meeting go to the address of the directory."""
    elsewhere = make_meeting(slug="hop-khac")
    known = make_participant(elsewhere, "Lò Thị Quen", unit="Thành ủy Huế").person
    own = room.people["ca_mau"].person
    for person in (known, own):
        person.email = "dung@x.vn"
        person.save()
    rows = (
        ["Lò Thị Quen", "", "Thành ủy Huế", "", "", "", "", "ke-gian@x.vn"],
        ["Lâm Út Tư", "", "Cà Mau", "", "", "", "", "ke-gian@x.vn"],
    )
    for row in rows:
        answer = apply(room, clients["secretary"], row)
        assert answer.status_code == 409
        assert row[0] in answer.json()["reason"]
    known.refresh_from_db()
    own.refresh_from_db()
    assert (known.email, own.email) == ("dung@x.vn", "dung@x.vn")
    assert not room.meeting.participants.filter(person=known).exists()
    same = ["Lò Thị Quen", "", "Thành ủy Huế", "", "", "", "", "dung@x.vn", "0912345678"]
    assert apply(room, clients["secretary"], same).status_code == 200
    assert apply(room, clients["secretariat"], rows[1]).status_code == 200
    known.refresh_from_db()
    own.refresh_from_db()
    assert (known.email, known.phone, own.email) == ("dung@x.vn", "0912345678", "ke-gian@x.vn")
