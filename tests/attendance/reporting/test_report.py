"""The report of attendance: the numbers of every screen, the list on paper and as a workbook, reasons only where they belong."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.counting import HeadCount, counts_by_bridge_point, totals
from attendance.presence.actions import mark_presence
from attendance.reporting.chart import NAMES, SHOWN, WIDTH, chart_of
from attendance.reporting.paper import AT_ONCE
from attendance.reporting.rows import rows_of
from attendance.reporting.summing import LINES_AT_MOST, Line, sums_of
from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings import clock
from meetings.models import BridgePoint
from people.models import Organisation
from tests.cast import Clients, Room
from tests.make import make_bridge_points, make_group, make_participants, mark_present, the_secretariat
from tests.printing.measuring import texts

pytestmark = pytest.mark.django_db


def attended(room: Room) -> None:
    """One of Lào Cai came and has left, one of Hà Tĩnh is online, one of Cà Mau is absent for a reason, the guest comes not."""
    meeting, by, now = room.meeting, the_secretariat(), clock.now(room.meeting)
    early, late = now - timedelta(minutes=50), now - timedelta(minutes=10)
    mark_presence(meeting, by=by, participants=[room.people["delegate"]], state="present", at=early)
    mark_presence(meeting, by=by, participants=[room.people["delegate"]], state="left", at=late)
    mark_presence(meeting, by=by, participants=[room.people["lao_cai_2"]], state="present")
    mark_presence(meeting, by=by, participants=[room.people["ha_tinh"]], state="online")
    mark_presence(meeting, by=by, participants=[room.people["ca_mau"]], state="absent", reason="Đi viện")
    meeting.participants.filter(pk=room.people["guest"].pk).update(is_excused=True)


def file(client: Client, room: Room, form: str, query: str = "") -> Any:
    return client.get(f"/m/{room.meeting.slug}/attendance/report/list.{form}?{query}")


def cells(data: bytes, sheet: int = 0) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_the_sums_are_the_numbers_of_every_screen(room: Room, clients: Clients) -> None:
    attended(room)
    sums = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/report/").context["sums"]
    assert sums.total == totals(room.meeting)
    counts = counts_by_bridge_point(room.meeting)
    assert {line.pk: line.count for line in sums.sites} == {
        site.pk if site else None: counts.get(site.pk if site else None, HeadCount()) for site in [*room.sites, None]
    }
    assert (sums.total.expected, sums.total.present, sums.total.online, sums.total.left, sums.total.absent) == (7, 2, 1, 1, 1)
    assert sums.percent == 28


def test_each_line_has_form_times_and_note(room: Room) -> None:
    attended(room)
    rows = {row.name: row for row in rows_of(room.meeting)}
    left, online, absent = rows["Giàng A Đại"], rows["Phan Đình Ba"], rows["Lâm Út Tư"]
    assert (left.state, left.form) == ("left", "Trực tiếp")
    assert left.went - left.came == timedelta(minutes=40)
    assert (online.form, online.went) == ("Trực tuyến", None)
    assert (absent.came, absent.reason) == (None, "")
    assert {row.name: row.reason for row in rows_of(room.meeting, with_reasons=True) if row.reason} == {"Lâm Út Tư": "Đi viện"}


def test_who_is_counted_elsewhere_stands_there(room: Room) -> None:
    one = room.people["ha_tinh"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=room.lao_cai)
    row = next(row for row in rows_of(room.meeting, room.lao_cai.pk) if row.name == one.name)
    assert (row.site, "Hà Tĩnh" in row.note) == (room.lao_cai, True)
    assert one.name not in {row.name for row in rows_of(room.meeting, room.sites[2].pk)}
    for site in room.sites:  # as many lines as are counted
        count = counts_by_bridge_point(room.meeting)[site.pk] if site.pk in counts_by_bridge_point(room.meeting) else HeadCount()
        assert len(rows_of(room.meeting, site.pk)) == count.expected + count.excused


@pytest.mark.parametrize(
    ("who", "query", "sees"),
    [
        ("secretary", "", False), ("secretary", "reasons=on", True), ("chair", "reasons=on", False),
        ("secretary", "reasons=on&site=3", True), ("operator", "reasons=on", False),
    ],
)  # fmt: skip
def test_reasons_stand_in_the_secretariats_file_alone(who: str, query: str, sees: bool, room: Room, clients: Clients) -> None:
    attended(room)
    answer = file(clients[who], room, "xlsx", query.replace("site=3", f"site={room.sites[3].pk}"))
    assert answer.status_code == 200
    assert ("Đi viện" in str(cells(answer.content))) is sees


def test_an_operator_has_the_own_bridge_point_with_its_reasons(room: Room, clients: Clients) -> None:
    attended(room)
    mark_presence(
        room.meeting, by=the_secretariat(), participants=[room.people["delegate"]], state="absent", reason="Họp ở huyện"
    )
    rows = cells(file(clients["operator"], room, "xlsx", f"reasons=on&site={room.sites[3].pk}").content)
    assert {row[1] for row in rows[1:]} == {"Giàng A Đại", "Vàng Seo Hai"}
    assert "Họp ở huyện" in str(rows)


@pytest.mark.parametrize("body", [Organisation.Body.PARTY, Organisation.Body.STATE])
def test_the_list_on_paper_is_an_office_paper(body: str, room: Room, clients: Clients) -> None:
    attended(room)
    Organisation.objects.filter(pk=room.meeting.organiser_id).update(body=body)
    answer = file(clients["secretary"], room, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(texts(answer.content)).replace("\n", " ").replace("\r", "")
    motto = "ĐẢNG CỘNG SẢN VIỆT NAM" if body == Organisation.Body.PARTY else "Độc lập - Tự do - Hạnh phúc"
    said_of = ("triệu tập: 7; có mặt: 2", "Giàng A Đại", "Điểm cầu Lào Cai (có mặt 1/2)")
    for said in (motto, "DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ", *said_of):
        assert said.lower() in words.lower(), said
    assert "Đi viện" not in words
    inside = " ".join(texts(file(clients["secretary"], room, "pdf", "reasons=on").content))
    assert "Đi viện" in inside.replace("\n", " ")
    assert "CHỈ DÙNG NỘI BỘ" in inside


def test_the_workbook_holds_list_and_sums_and_no_formula(room: Room, clients: Clients) -> None:
    make_group(room.meeting)
    (one,) = make_participants(room.meeting, ['=HYPERLINK("http://x")'], site=room.lao_cai, position="+84", unit="@SUM(A1)")
    mark_present(one)
    data = file(clients["secretary"], room, "xlsx").content
    assert b"<f>" not in data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.worksheets) == 3
    row = next(row for row in book.worksheets[0].iter_rows() if row[1].value == '=HYPERLINK("http://x")')
    assert {cell.data_type for cell in row[1:4]} <= {"s", "inlineStr"}
    whole = cells(data, 1)[-1]
    assert (whole[1], whole[2]) == (totals(room.meeting).expected, totals(room.meeting).present)


def test_a_long_list_is_printed_in_the_background(room: Room, clients: Clients) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(AT_ONCE)], site=room.lao_cai)
    answer = file(clients["secretary"], room, "pdf", "reasons=on")
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.uuid}/")
    assert (job.arguments, job.open_to) == (
        {"meeting": room.meeting.pk, "site": None, "with_reasons": True}, "mark_any_presence",
    )  # fmt: skip
    assert clients["chair"].get(f"/jobs/{job.uuid}/").status_code == 404
    assert "(nội bộ)" in job.title
    claimed = claim_next()
    assert claimed
    carry_out(claimed)
    job.refresh_from_db()
    kept = job.files.get(is_part=False)
    assert (job.state, kept.name.startswith("danh-sach-dai-bieu-du-")) == (Job.State.DONE, True)
    assert kept.name.endswith("-noi-bo.pdf")
    with kept.file.open("rb") as pdf:
        assert len(texts(pdf.read())) > 8
    file(clients["secretary"], room, "pdf")
    public = Job.objects.exclude(pk=job.pk).get()
    assert "nội bộ" not in public.title


def test_the_file_with_reasons_says_by_its_name_that_it_is_internal(room: Room, clients: Clients) -> None:
    for query, internal in (("", False), ("reasons=on", True)):
        name = file(clients["secretary"], room, "xlsx", query)["Content-Disposition"]
        assert name.endswith('-noi-bo.xlsx"') == internal
    assert "noi-bo" not in file(clients["chair"], room, "xlsx", "reasons=on")["Content-Disposition"], "it has no reasons"


def test_the_chart_says_nothing_of_those_it_does_not_show_but_how_many_they_are(room: Room, clients: Clients) -> None:
    for n, site in enumerate(make_bridge_points(room.meeting, *(f"Điểm {n}" for n in range(30)))):
        make_participants(room.meeting, [f"Người {n}"], site=site)
    page = " ".join(clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/report/").content.decode().split())
    assert f" · {34 + 1 - SHOWN} điểm cầu khác</p>" in page  # who has no bridge point is a line too


@pytest.mark.parametrize("number", [1, 30, 300])
def test_the_report_costs_the_same_for_one_and_for_hundreds(number: int, room: Room, clients: Clients) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(number)], site=room.lao_cai)
    mark_present(*people)
    asked, client = [], clients["secretary"]
    for path in ("", "list.xlsx"):
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/m/{room.meeting.slug}/attendance/report/{path}").status_code == 200
        asked.append(len(found))
    assert asked == QUERIES


QUERIES = [12, 12]


def test_thousands_of_bridge_points_are_shown_by_those_on_top(room: Room) -> None:
    sites = [
        BridgePoint(meeting=room.meeting, parent=room.lao_cai, number=100 + n, name=f"Xã {n:03}", short_name=f"Xã {n:03}")
        for n in range(LINES_AT_MOST)
    ]
    BridgePoint.objects.bulk_create(sites)
    one = room.people["ha_tinh"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=sites[0])
    sums = sums_of(room.meeting)
    lao_cai = next(line for line in sums.sites if line.pk == room.lao_cai.pk)
    assert (len(sums.sites), lao_cai.below, lao_cai.count.expected, lao_cai.count.present) == (5, LINES_AT_MOST, 3, 1)
    assert sum(line.count.present for line in sums.sites) == sums.total.present == 1
    assert len(sums_of(room.meeting, every=True).sites) == LINES_AT_MOST + 5


def test_the_chart_has_the_thinnest_first_and_stays_within_its_frame() -> None:
    lines = [Line(f"Điểm cầu {n}", HeadCount(expected=n, present=n // 2, online=n // 4)) for n in (0, 1, 10, 4000)]
    chart = chart_of([*lines, Line("Đủ", HeadCount(expected=5, present=5))])
    assert [bar.line.name for bar in chart.bars] == ["Điểm cầu 1", "Điểm cầu 10", "Điểm cầu 4000", "Đủ"]
    assert all(NAMES <= bar.online_x <= NAMES + bar.present <= NAMES + bar.expected < WIDTH for bar in chart.bars)


@pytest.mark.parametrize("hostile", ["'", "%00", "<script>x", "9" * 30, "-1", "٣", "0"])
def test_no_query_breaks_the_report(hostile: str, room: Room, clients: Clients) -> None:
    for path in ("", "list.xlsx"):
        answer = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/report/{path}?site={hostile}")
        assert answer.status_code in (200, 404)
        assert b"<script>x" not in answer.content
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/report/list.docx").status_code == 404
