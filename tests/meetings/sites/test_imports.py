"""A list of bridge points: provinces and their communes in one file, what goes out comes in again unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from meetings.actions import missing_provinces, move_bridge_points
from meetings.actions.bridge_points import add_bridge_points
from meetings.actions.site_imports import import_bridge_points
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.importing import runs
from meetings.importing.models import ImportRun
from meetings.models import Meeting
from meetings.sites import lists
from meetings.sites.importing import BridgePoints
from people.models import Organisation, Person
from sheets import write_csv
from tests.cast import Room
from tests.make import make_meeting, the_secretariat

pytestmark = pytest.mark.django_db
HEAD = ["Tên điểm cầu", "Tên ngắn", "Loại", "Địa điểm", "Trực thuộc", "Cơ quan", "Người phụ trách", "Số chỗ", "Thiết bị"]


def upload(meeting: Meeting, rows: list[list[Any]], head: list[str] = HEAD) -> ImportRun:
    return runs.start(BridgePoints(), meeting, by=the_secretariat().user, name="x.csv", data=write_csv(head, rows))


def verdicts(run: ImportRun) -> list[str]:
    return [row["verdict"] for row in run.judged["rows"]]


def test_a_province_and_its_communes_come_in_one_file() -> None:
    meeting, head = make_meeting(), Person.objects.create(full_name="Lê Văn An")
    Organisation.objects.create(
        kind="commune", name="Xã A", short_name="Xã A", code="00001", parent=Organisation.objects.get(code="15", kind="province")
    )
    rows = [
        ["Điểm cầu trung tâm", "TW", "Trung tâm", "Hà Nội", "", "", "", "500", ""],
        ["Điểm cầu Lào Cai", "Lào Cai", "", "Hội trường", "", "15", "lê văn an", "120", "2 màn hình"],
        ["Điểm cầu xã A", "", "", "", "Lào Cai", "1", "", "40", ""],
        ["Điểm cầu xã B", "", "Xã", "", "điểm cầu lào cai", "", "", "", ""],
    ]
    run = upload(meeting, rows)
    assert verdicts(run) == ["new"] * 4, run.judged["rows"]
    import_bridge_points(meeting, by=the_secretariat(), run=run, seen=run.judged["digest"])
    made = {b.name: b for b in meeting.bridge_points.select_related("parent", "head")}
    assert made["Điểm cầu trung tâm"].is_central
    assert (made["Điểm cầu Lào Cai"].head, made["Điểm cầu Lào Cai"].kind) == (head, "province")
    assert [made[name].parent for name in ("Điểm cầu xã A", "Điểm cầu xã B")] == [made["Điểm cầu Lào Cai"]] * 2
    assert (made["Điểm cầu xã A"].kind, made["Điểm cầu xã A"].seats) == ("commune", 40)
    assert [b.number for b in meeting.bridge_points.order_by("number")] == [1, 2, 3, 4]
    assert meeting.journal.entries.filter(kind="bridge_points.imported").count() == 1
    assert fold_differences(meeting) == []


def test_what_goes_out_comes_in_the_same(room: Room) -> None:
    add_bridge_points(room.meeting, by=the_secretariat(), bridge_points=missing_provinces(room.meeting))
    move_bridge_points(room.meeting, by=the_secretariat(), bridge_points=[room.sites[2]], parent=room.lao_cai)
    run = upload(room.meeting, [list(row) for row in lists.rows(room.meeting)], lists.columns())
    assert set(verdicts(run)) == {"same"}, [r for r in run.judged["rows"] if r["verdict"] != "same"]


def test_known_ones_are_changed_side_by_side(room: Room) -> None:
    name = room.lao_cai.name
    run = upload(
        room.meeting, [[name, "", "Tỉnh", "Nơi mới", "", "", "", "75", ""], [room.sites[3].name, *[""] * 3, name, *[""] * 4]]
    )
    assert verdicts(run) == ["changed", "changed"], run.judged["rows"]
    import_bridge_points(room.meeting, by=the_secretariat(), run=run, seen=run.judged["digest"])
    room.lao_cai.refresh_from_db()
    room.sites[3].refresh_from_db()
    assert (room.lao_cai.place, room.lao_cai.seats, room.sites[3].parent) == ("Nơi mới", 75, room.lao_cai)
    assert fold_differences(room.meeting) == []


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["", "x", *[""] * 7], "A2"),
        (["A", "", "Lâu đài", *[""] * 6], "C2"),
        (["A", "", "Trung tâm", *[""] * 6], "C2"),
        (["A", "", "", "", "Atlantis", *[""] * 4], "E2"),
        (["A", "", "", "", "", "Atlantis", *[""] * 3], "F2"),
        (["A", "", "", "", "", "", "Không Ai", "", ""], "G2"),
        (["A", "", "", "", "", "", "", "nhiều", ""], "H2"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_entered(room: Room, row: list[str], cell: str) -> None:
    run = upload(room.meeting, [row, ["Điểm cầu tốt", *[""] * 8]])
    assert verdicts(run) == ["error", "new"], run.judged["rows"]
    assert run.judged["rows"][0]["remarks"][0]["cell"] == cell
    with pytest.raises(OutOfOrder):
        import_bridge_points(room.meeting, by=the_secretariat(), run=run, seen=run.judged["digest"])
    assert room.meeting.bridge_points.count() == 4
