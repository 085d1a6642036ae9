"""Lists of organisations and of people: understood or named with the cell, all or nothing, thousands in seconds."""

from __future__ import annotations

import time
import unicodedata
from typing import Any

import pytest

from meetings.directory import actions
from meetings.directory.actions.imports import import_organisations, import_people
from meetings.directory.lists.organisations import Organisations
from meetings.directory.lists.people import People
from meetings.errors import OutOfOrder
from meetings.importing import Kind, runs
from meetings.importing.models import ImportRun
from meetings.journal import office_journal
from meetings.models import JournalEntry
from meetings.procedure import Actor
from people.models import Organisation, Person, Position
from sheets import write_csv
from tests.cast import Clients
from tests.make import make_organisation

pytestmark = pytest.mark.django_db
COMMUNES = ["Mã", "Tên xã", "Tỉnh"]
PEOPLE = ["Họ và tên", "Chức vụ", "Đơn vị", "Từ ngày", "Email", "Điện thoại"]


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def upload(kind: Kind, by: Actor, columns: list[str], rows: list[list[str]]) -> ImportRun:
    return runs.start(kind, None, by=by.user, name="danh-sach.csv", data=write_csv(columns, rows))


def verdicts(run: ImportRun) -> list[str]:
    return [row["verdict"] for row in run.judged["rows"]]


def remarks(run: ImportRun) -> list[str]:
    return [f"{remark['cell']}: {remark['text']}" for row in run.judged["rows"] for remark in row["remarks"]]


def test_communes_are_entered_with_code_name_and_province(by: Actor) -> None:
    rows = [
        ["02752", "Xã Mường Khương", "Lào Cai"],
        ["2755", "Phường  Cam\u00a0Đường", "15"],
        ["03000", unicodedata.normalize("NFD", "Xã Tân Lập"), "tỉnh uỷ lào cai"],
        ["03001", "Xã Tân Lập", "Sơn La"],
    ]
    run = upload(Organisations(), by, COMMUNES, rows)
    assert verdicts(run) == ["new"] * 4, remarks(run)
    import_organisations(by=by, run=run, seen=run.judged["digest"])
    made = (
        Organisation.objects.filter(kind="commune").order_by("code").values_list("code", "name", "parent__short_name", "folded")
    )
    assert list(made) == [
        ("02752", "Xã Mường Khương", "Lào Cai", "02752 xa muong khuong xa muong khuong"),
        ("02755", "Phường Cam Đường", "Lào Cai", "02755 phuong cam duong phuong cam duong"),
        ("03000", "Xã Tân Lập", "Lào Cai", "03000 xa tan lap xa tan lap"),
        ("03001", "Xã Tân Lập", "Sơn La", "03001 xa tan lap xa tan lap"),
    ]
    entry = JournalEntry.objects.filter(journal_id=office_journal()).order_by("-number")[0]
    assert (entry.kind, len(entry.payload["added"]), entry.payload["changed"]) == ("organisations.imported", 4, [])
    again = upload(Organisations(), by, COMMUNES, rows)
    assert verdicts(again) == ["same"] * 4
    with pytest.raises(OutOfOrder):
        import_organisations(by=by, run=again, seen=again.judged["digest"])


def test_what_is_wrong_is_named_with_its_cell_and_nothing_is_entered(by: Actor) -> None:
    actions.add_organisation(by=by, data=actions.NewOrganisation("Xã A", "Xã A", "commune", code="00001"), parent=province())
    rows = [
        ["00002", "Xã B", "Atlantis"],
        ["00001", "Xã A", "Lào Cai"],
        ["00003", "Xã C", ""],
        ["00004", "Xã D", "Lào Cai"],
        ["00004", "Xã E", "Lào Cai"],
        ["00005", "xã  d", "15"],
        ["00006", "", "Lào Cai"],
    ]
    run = upload(Organisations(), by, COMMUNES, rows)
    assert verdicts(run) == ["error", "same", "error", "new", "error", "error", "error"]
    said = remarks(run)
    assert any(line.startswith("C2:") and "Atlantis" in line for line in said)
    assert any(line.startswith("A6:") for line in said)
    assert any(line.startswith("B7:") for line in said)
    with pytest.raises(OutOfOrder):
        import_organisations(by=by, run=run, seen=run.judged["digest"])
    assert Organisation.objects.filter(kind="commune").count() == 1


def test_a_known_commune_gets_a_new_name_and_province(by: Actor) -> None:
    one = actions.add_organisation(
        by=by, data=actions.NewOrganisation("Xã A", "Xã A", "commune", code="00001"), parent=province()
    )
    run = upload(Organisations(), by, COMMUNES, [["1", "Xã A mới", "Sơn La"]])
    (row,) = run.judged["rows"]
    assert (row["verdict"], row["target"], len(row["changes"])) == ("changed", one.pk, 2)
    import_organisations(by=by, run=run, seen=run.judged["digest"])
    one.refresh_from_db()
    assert (one.name, one.parent, one.folded) == ("Xã A mới", province("Sơn La"), "00001 xa a moi xa a")


def test_departments_and_central_bodies_come_too(by: Actor) -> None:
    make_organisation("Ban Tổ chức")
    columns = ["Tên đơn vị", "Thuộc", "Loại", "Ký hiệu", "Khối"]
    rows = [["Vụ Tổng hợp", "Ban Tổ chức", "", "VTH", ""], ["Bộ A", "", "Cơ quan Trung ương", "BA", "Nhà nước"]]
    run = upload(Organisations(), by, columns, rows)
    assert verdicts(run) == ["new", "new"], remarks(run)
    import_organisations(by=by, run=run, seen=run.judged["digest"])
    assert Organisation.objects.get(name="Vụ Tổng hợp").kind == "department"
    assert Organisation.objects.get(name="Bộ A").body == "state"


def test_3321_communes_take_seconds(by: Actor) -> None:
    short = list(Organisation.objects.filter(kind="province").values_list("short_name", flat=True))
    rows = [[f"{n:05}", f"Xã {n:04}", short[n % 34]] for n in range(1, 3322)]
    before = time.perf_counter()
    run = upload(Organisations(), by, COMMUNES, rows)
    import_organisations(by=by, run=run, seen=run.judged["digest"])
    assert time.perf_counter() - before < 20, "two or three on a quiet machine"
    assert Organisation.objects.filter(kind="commune").count() == 3321


def test_people_come_with_their_positions_and_contact(by: Actor) -> None:
    rows = [
        ["Giàng A Đại", "Phó Bí thư", "Tỉnh ủy Lào Cai", "01/07/2025", "dai@example.vn", "0912 345 678"],
        ["Giàng A Đại", "Ủy viên", "Sơn La", "", "dai@example.vn", ""],
        ["Lê Văn An", "", "", "", "", ""],
    ]
    run = upload(People(), by, PEOPLE, rows)
    assert verdicts(run) == ["new"] * 3, remarks(run)
    import_people(by=by, run=run, seen=run.judged["digest"])
    one = Person.objects.get(full_name="Giàng A Đại")
    assert (one.email, one.phone, one.positions.count()) == ("dai@example.vn", "0912345678", 2)
    entry = JournalEntry.objects.filter(journal_id=office_journal()).order_by("-number")[0]
    assert entry.payload["positions"] == 2
    assert "example" not in str(entry.payload)
    assert "0912" not in str(entry.payload)
    again = upload(People(), by, PEOPLE, rows)
    assert verdicts(again) == ["same"] * 3, again.judged["rows"]


def test_a_known_person_gets_a_position_a_day_or_a_number_and_a_namesake_stays_another(by: Actor) -> None:
    one = actions.add_person(by=by, full_name="Lê Văn An", title="Ủy viên", organisation=province())
    rows = [
        ["Lê Văn An", "Ủy viên", "Lào Cai", "02/01/2024", "", "0912345678"],
        ["Lê Văn An", "Bí thư", "Lào Cai", "01/07/2025", "", ""],
        ["Lê Văn An", "Trưởng ban", "Hà Tĩnh", "", "", ""],
    ]
    run = upload(People(), by, PEOPLE, rows)
    assert verdicts(run) == ["changed", "changed", "warning"], run.judged["rows"]
    import_people(by=by, run=run, seen=run.judged["digest"])
    one.refresh_from_db()
    assert one.phone == "0912345678"
    held = {(p.title, p.since.isoformat() if p.since else "") for p in one.positions.all()}
    assert held == {("Ủy viên", "2024-01-02"), ("Bí thư", "2025-07-01")}
    assert Person.objects.filter(full_name="Lê Văn An").count() == 2


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["", "X", "Lào Cai", "", "", ""], "A2"),
        (["A", "X", "Atlantis", "", "", ""], "C2"),
        (["A", "X", "", "", "", ""], "C2"),
        (["A", "X", "Lào Cai", "31/02/2025", "", ""], "D2"),
        (["A", "X", "Lào Cai", "", "no mail", ""], "E2"),
        (["A", "X", "Lào Cai", "", "", "call me"], "F2"),
    ],
)
def test_a_bad_cell_is_named(by: Actor, row: list[str], cell: str) -> None:
    run = upload(People(), by, PEOPLE, [row, ["B", "", "", "", "", ""]])
    assert verdicts(run)[0] == "error", run.judged["rows"]
    assert any(line.startswith(f"{cell}:") for line in remarks(run)), remarks(run)


@pytest.mark.parametrize("many", [2, 60])
def test_judging_people_asks_the_same_of_few_and_many(many: int, by: Actor, django_assert_num_queries: Any) -> None:
    people = Person.objects.bulk_create(Person(full_name=f"Đại biểu {n:03}") for n in range(many))
    Position.objects.bulk_create(Position(person=p, organisation=province(), title="Ủy viên") for p in people)
    run = upload(People(), by, PEOPLE, [[p.full_name, "Ủy viên", "Lào Cai", "", "", ""] for p in people])
    with django_assert_num_queries(3):
        runs.judge(run, People())


def test_the_pages_lead_to_the_lists(clients: Clients) -> None:
    assert "/import/organisations/" in clients["secretariat"].get("/directory/").content.decode()
    assert "/import/people/" in clients["secretariat"].get("/directory/people/").content.decode()
    assert clients["secretariat"].get("/directory/people/list.csv").content.startswith(b"\xef\xbb\xbf")
