"""A bridge point that is cut off for two hours goes on by paper, and enters it when the line is back (promise 30's part)."""

from __future__ import annotations

import io
from datetime import datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from attendance.counting import counts_by_bridge_point
from attendance.models import Stay
from meetings.actions import set_clock
from meetings.hooks import fold_differences
from meetings.models import Meeting, Participant
from minutes.drafting import draft
from tests.cast import Cast, Clients, Room, cast_of, furnish
from tests.knocking import knock
from tests.make import START, make_participants, the_secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def at(text: str) -> datetime:
    return START.replace(hour=int(text[:2]), minute=int(text[3:]))


@pytest.fixture
def room(db: None) -> Room:
    """A rehearsal, whose clock can be set."""
    made = furnish(kind=Meeting.Kind.REHEARSAL, clock_base=at("07:30"))
    make_participants(made.meeting, ["Sùng Thị Ba", "Lò Văn Tư", "Hạng A Năm"], site=made.lao_cai)
    return made


@pytest.fixture
def cast(room: Room) -> Cast:
    return cast_of(room)


def it_is(room: Room, text: str) -> None:
    set_clock(room.meeting, by=the_secretariat(), rate=1, base=at(text))


def stays(one: Participant) -> list[tuple[str, str]]:
    rows = Stay.objects.filter(participant=one).order_by("began_at")
    return [tuple(f"{timezone.localtime(m):%H:%M}" if m else "" for m in (row.began_at, row.ended_at)) for row in rows]  # type: ignore[misc]


def filled_in(data: bytes, lines: dict[str, tuple[object, object, str]]) -> SimpleUploadedFile:
    """Return the workbook as it was filled in on a machine without a line."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        line = lines.get(str(sheet.cell(row, heads["Họ và tên"]).value), (None, None, ""))
        for head, value in zip(("Giờ đến", "Giờ về", "Vắng"), line, strict=True):
            sheet.cell(row, heads[head]).value = value or None
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("lao-cai.xlsx", out.getvalue())


def test_two_hours_without_a_line(room: Room, clients: Clients) -> None:
    meeting, site, person = room.meeting, room.lao_cai, {one.name: one for one in room.meeting.participants.all()}
    base = f"/m/{meeting.slug}/folder/"

    def do(who: str, command: str, expected: int = 200, **fields: object) -> dict[str, str]:
        answer = knock(clients[who], meeting, command, **fields)
        assert answer.status_code == expected, f"{command}: {answer.content.decode()}"
        return answer.json()  # type: ignore[no-any-return]

    # Before: the folder is made, printed and kept on the machine of the hall.
    way = do("operator", "folder.make", bridge_points=[site], form="pdf")["address"]
    assert clients["operator"].get(way).content.startswith(b"%PDF")
    workbook = clients["operator"].get(do("operator", "folder.make", bridge_points=[site], form="xlsx")["address"]).content
    it_is(room, "08:20")
    do("operator", "presence.mark", participants=[person["Giàng A Đại"]], state="present")
    it_is(room, "08:30")
    do("chair", "meeting.open")

    # 08:40 to 10:40 there is no line. The centre, which sees nobody, marks one absent at nine.
    it_is(room, "09:00")
    do("secretary", "presence.mark", participants=[person["Lò Văn Tư"]], state="absent")
    it_is(room, "10:45")

    # The line is back: the workbook is uploaded, looked at and entered.
    written = {
        "Giàng A Đại": ("08:20", "10:10", ""), "Vàng Seo Hai": (time(8, 35), "", ""), "Sùng Thị Ba": ("8h50", "", ""),
        "Lò Văn Tư": ("08:45", "", ""), "Hạng A Năm": ("", "", "x"),
    }  # fmt: skip
    answer = clients["operator"].post(
        f"{base}{site.pk}/entry/", {"upload": "1", "day": "2025-11-26", "file": filled_in(workbook, written)}
    )  # fmt: skip
    page = clients["operator"].get(answer["Location"]).content.decode()
    assert {verdict: page.count(f'data-verdict="{verdict}"') for verdict in ("error", "kept", "new", "changed", "same")} == {
        "error": 0, "kept": 1, "new": 3, "changed": 1, "same": 0,
    }  # fmt: skip
    run, seen = answer["Location"].rstrip("/").rpartition("/")[2], page.partition('name="seen" value="')[2].partition('"')[0]
    assert do("operator", "folder.enter", run=run, seen=seen)["state"] == "done"
    assert stays(person["Giàng A Đại"]) == [("08:20", "10:10")]
    assert stays(person["Sùng Thị Ba"]) == [("08:50", "")]
    assert stays(person["Lò Văn Tư"]) == [], "the newer mark of the centre stands until a person corrects it"

    # The difference is corrected by hand; what else stood on paper is entered with its times.
    do("operator", "presence.mark", participants=[person["Lò Văn Tư"]], state="present", at="26/11/2025 08:45")
    do(
        "operator",
        "walk_in.add",
        bridge_point=site,
        name="Thào Thị Sáu",
        position="Chuyên viên",
        role="guest",
        at="26/11/2025 09:10",
    )
    do("operator", "incident.open", kind="lost", note="Đứt cáp", began_at="08:40")
    do("operator", "incident.end", incident=meeting.incidents.get(), ended_at="10:40")
    do("operator", "message.send", line="technical", text="09:15 đồng chí Sùng Thị Ba phát biểu về số hóa văn bản.")

    # One truth: counts, minutes and journal.
    count = counts_by_bridge_point(meeting)[site.pk]
    assert (count.present, count.left, count.absent) == (4, 1, 1)
    incident = meeting.incidents.get()
    assert (f"{timezone.localtime(incident.site_began_at):%H:%M}", f"{timezone.localtime(incident.site_ended_at):%H:%M}") == (
        "08:40", "10:40",
    )  # fmt: skip
    it_is(room, "11:30")
    do("chair", "meeting.adjourn")
    read_aloud = "\n".join(f"{one.heading} {one.text}" for one in draft(meeting.journal.entries.order_by("number")))
    assert "2 | Điểm cầu Lào Cai | 6 | 4 | 1 | 1 | 0" in read_aloud
    assert "Khi khai mạc: có mặt 01/11 đại biểu." in read_aloud, "who was there at 08:20, as the paper says"
    came = "điểm cầu Lào Cai: 04 đại biểu có mặt (từ 08 giờ 35 phút đến 09 giờ 10 phút); 01 đại biểu ra về (10 giờ 10 phút)"
    assert came in read_aloud, "with the times on the paper"
    meeting.refresh_from_db()
    assert fold_differences(meeting) == []
    again: Client = clients["operator"]
    late = again.post(f"{base}{site.pk}/entry/", {"day": "2025-11-26", "shown": [person["Vàng Seo Hai"].pk],
                                                  f"d-{person['Vàng Seo Hai'].pk}": "11:15"})  # fmt: skip
    page = again.get(late["Location"]).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    do("operator", "folder.enter", run=late["Location"].rstrip("/").rpartition("/")[2], seen=seen)
    assert stays(person["Vàng Seo Hai"]) == [("08:35", "11:15")], "paper is entered after the end, too"
