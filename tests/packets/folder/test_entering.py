"""Entering a roll from paper: typed or uploaded, looked at first, all of it or nothing, and never over what is newer."""

from __future__ import annotations

import io
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from attendance.models import Presence, Stay
from attendance.presence.actions import mark_presence
from meetings import hooks
from meetings.importing.models import ImportRun
from meetings.models import Meeting, Participant
from tests.at_once import together
from tests.cast import Clients, Room, signed_in
from tests.knocking import knock
from tests.make import START, make_participants, open_the_meeting, the_secretariat

DAY = START.date().isoformat()


def at(text: str) -> datetime:
    hour, minute = map(int, text.split(":"))
    return START.replace(hour=hour, minute=minute)


@pytest.fixture
def running(room: Room) -> Room:
    """The meeting is open; its clock is the machine's, a year later: no time of its day is still to come."""
    open_the_meeting(room.meeting)
    return room


def entry(room: Room) -> str:
    return f"/m/{room.meeting.slug}/folder/{room.lao_cai.pk}/entry/"


def type_in(client: Client, room: Room, lines: dict[Participant, tuple[str, ...]], **fields: Any) -> HttpResponse:
    """Type some lines of the roll: from, until, and whether absent."""
    body: dict[str, Any] = {"day": DAY, "shown": [one.pk for one in lines]} | fields
    for one, (arrived, departed, *absent) in lines.items():
        body |= {f"a-{one.pk}": arrived, f"d-{one.pk}": departed} | ({f"v-{one.pk}": "on"} if absent else {})
    return client.post(entry(room), body)  # type: ignore[return-value]


def enter(client: Client, room: Room, answer: HttpResponse) -> HttpResponse:
    """Look at what was typed and press the button."""
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    run = answer["Location"].rstrip("/").rpartition("/")[2]
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return knock(client, room.meeting, "folder.enter", run=run, seen=seen)


def stands(one: Participant) -> tuple[str, list[tuple[str, str]]]:
    """Return how somebody stands, and the stays."""
    presence = Presence.objects.filter(participant=one).first()
    stays = [
        (f"{timezone.localtime(stay.began_at):%H:%M}", f"{timezone.localtime(stay.ended_at):%H:%M}" if stay.ended_at else "")
        for stay in Stay.objects.filter(participant=one).order_by("began_at")
    ]
    return (presence.state if presence else "", stays)


def test_a_hall_is_typed_in_and_stands_with_the_times_on_the_paper(running: Room, clients: Clients) -> None:
    first, second = running.people["delegate"], running.people["lao_cai_2"]
    third = make_participants(running.meeting, ["Sùng Thị Ba"], site=running.lao_cai)[0]
    answer = type_in(clients["operator"], running, {first: ("8h05", "10.10"), second: ("", "", "x"), third: ("811", "")})
    assert Presence.objects.count() == 0, "nothing counts before it was looked at"
    assert enter(clients["operator"], running, answer).json()["state"] == "done"
    assert [stands(one) for one in (first, second, third)] == [
        ("left", [("08:05", "10:10")]), ("absent", []), ("present", [("08:11", "")]),
    ]  # fmt: skip
    facts = list(running.meeting.journal.entries.filter(kind__startswith="folder.").values_list("payload", flat=True))
    assert facts == [
        {"bridge_point": running.lao_cai.pk, "bridge_point_name": "Điểm cầu Lào Cai", "marked": 3, "kept": 0}
    ]  # fmt: skip
    assert hooks.fold_differences(running.meeting) == []
    assert enter(clients["operator"], running, answer).status_code == 400, "the roll is closed"


def test_the_same_paper_again_changes_nothing(running: Room, clients: Clients) -> None:
    lines = {running.people["delegate"]: ("08:05", "10:10"), running.people["lao_cai_2"]: ("", "", "x")}
    enter(clients["operator"], running, type_in(clients["operator"], running, lines))
    head = Meeting.objects.get(pk=running.meeting.pk).journal.head
    page = clients["operator"].get(type_in(clients["operator"], running, lines)["Location"]).content.decode()
    assert page.count('data-verdict="same"') == 2
    assert 'data-command="folder.enter"' not in page
    assert Meeting.objects.get(pk=running.meeting.pk).journal.head == head


def test_what_was_marked_after_the_paper_stays_and_is_shown(running: Room, clients: Clients) -> None:
    one, other = running.people["delegate"], running.people["lao_cai_2"]
    mark_presence(running.meeting, by=the_secretariat(), participants=[one], state="absent", at=at("09:00"))
    answer = type_in(clients["operator"], running, {one: ("08:05", ""), other: ("08:05", "")})
    page = clients["operator"].get(answer["Location"]).content.decode()
    assert page.count('data-verdict="kept"') == 1
    assert "đến lúc 08:05" in page
    assert "đã ghi vắng lúc 09:00" in page
    enter(clients["operator"], running, answer)
    assert (stands(one)[0], stands(other)[0]) == ("absent", "present")
    done = clients["operator"].get(answer["Location"]).content.decode()
    assert "Khác, giữ trong sổ" in done


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("25:00", ""), "không phải giờ"),
        (("10:10", "08:05"), "Giờ về trước giờ đến"),
        (("", "10:10"), "không có giờ đến"),
        (("08:05", "", "x"), "chỉ giữ một"),
        (("<script>", ""), "&lt;script&gt;"),
    ],
)
def test_a_line_that_cannot_be_holds_back_the_whole_roll(
    line: tuple[str, ...], said: str, running: Room, clients: Clients
) -> None:
    good = running.people["lao_cai_2"]
    answer = type_in(clients["operator"], running, {running.people["delegate"]: line, good: ("08:05", "")})
    page = clients["operator"].get(answer["Location"]).content.decode()
    assert said in page
    assert 'data-command="folder.enter"' not in page
    run = ImportRun.objects.get()
    refused = knock(clients["operator"], running.meeting, "folder.enter", run=run.pk, seen="x")
    assert refused.status_code == 409
    assert stands(good) == ("", [])
    again = clients["operator"].get(entry(running)).content.decode()
    assert 'value="08:05"' in again, "what was typed stands in the fields again"


def test_a_time_that_is_still_to_come_is_refused(room: Room, clients: Clients) -> None:
    now = timezone.localtime()
    room.meeting.sittings.update(starts_at=now, ends_at=now + timedelta(hours=3))
    open_the_meeting(room.meeting)
    answer = type_in(clients["operator"], room, {room.people["delegate"]: ("23:59", "")}, day=now.date().isoformat())
    assert "chưa tới" in clients["operator"].get(answer["Location"]).content.decode()
    elsewhere = type_in(clients["operator"], room, {room.people["delegate"]: ("08:05", "")}, day="2024-01-01")
    assert elsewhere.status_code == 400, "no day of the meeting"
    assert 'value="08:05"' in elsewhere.content.decode(), "nothing typed is lost"


def test_after_the_end_paper_is_entered_up_to_the_end(running: Room, clients: Clients) -> None:
    from meetings.actions import adjourn_meeting

    adjourn_meeting(running.meeting, by=the_secretariat())
    Meeting.objects.filter(pk=running.meeting.pk).update(opened_at=at("08:30"), adjourned_at=at("11:30"))
    one, other = running.people["delegate"], running.people["lao_cai_2"]
    answer = type_in(clients["operator"], running, {one: ("08:05", "11:45"), other: ("", "", "x")})
    assert "Về sau khi hội nghị kết thúc" in clients["operator"].get(answer["Location"]).content.decode()
    assert enter(clients["operator"], running, answer).json()["state"] == "done"
    assert (stands(one), stands(other)[0]) == (("present", [("08:05", "")]), "absent")
    late = type_in(clients["operator"], running, {make_late(running): ("11:45", "")})
    assert 'data-verdict="error"' in clients["operator"].get(late["Location"]).content.decode()


def make_late(room: Room) -> Participant:
    """Return somebody of the own list of whom nothing is known."""
    Presence.objects.filter(participant=room.people["lao_cai_2"]).delete()
    return room.people["lao_cai_2"]


def filled_in(client: Client, room: Room, lines: dict[str, tuple[Any, ...]]) -> bytes:
    """Return the workbook of Lào Cai as somebody fills it in with a spreadsheet."""
    book = load_workbook(io.BytesIO(client.get(f"/m/{room.meeting.slug}/folder/{room.lao_cai.pk}/file.xlsx").content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        arrived, departed, absent = lines.get(sheet.cell(row, heads["Họ và tên"]).value, ("", "", ""))
        sheet.cell(row, heads["Giờ đến"]).value = arrived or None
        sheet.cell(row, heads["Giờ về"]).value = departed or None
        sheet.cell(row, heads["Vắng"]).value = absent or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, room: Room, data: bytes, name: str = "15-lao-cai.xlsx") -> HttpResponse:
    return client.post(entry(room), {"upload": "1", "day": DAY, "file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]


def test_the_workbook_comes_back_as_it_was_filled_in(running: Room, clients: Clients) -> None:
    make_participants(running.meeting, ["Sùng Thị Ba", "=1+1"], site=running.lao_cai)
    lines = {"Giàng A Đại": ("08:05", "10:10", ""), "Vàng Seo Hai": (at("08:07").time(), "", ""), "=1+1": ("", "", "x")}
    answer = upload(clients["operator"], running, filled_in(clients["operator"], running, lines))
    assert enter(clients["operator"], running, answer).json()["state"] == "done"
    found = {one.name: stands(one) for one in running.meeting.participants.filter(bridge_point=running.lao_cai, role="delegate")}
    assert found == {
        "Giàng A Đại": ("left", [("08:05", "10:10")]), "Vàng Seo Hai": ("present", [("08:07", "")]), "Sùng Thị Ba": ("", []),
        "=1+1": ("absent", []),
    }  # fmt: skip
    again = upload(clients["operator"], running, filled_in(clients["operator"], running, lines))
    assert clients["operator"].get(again["Location"]).content.decode().count('data-verdict="same"') == 3


def test_the_workbook_of_another_place_is_refused_line_by_line(running: Room, clients: Clients) -> None:
    data = filled_in(clients["operator"], running, {"Giàng A Đại": ("08:05", "", "")})
    there = f"/m/{running.meeting.slug}/folder/{running.sites[2].pk}/entry/"
    answer = clients["secretary"].post(there, {"upload": "1", "day": DAY, "file": SimpleUploadedFile("x.xlsx", data)})
    page = clients["secretary"].get(answer["Location"]).content.decode()
    assert "thuộc điểm cầu khác: Điểm cầu Lào Cai" in page


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "x.xlsx", "rỗng"),
        (b"PK\x03\x04broken", "x.xlsx", "hỏng"),
        ("Họ và tên,Giờ đến\n".encode(), "x.csv", ""),
        ("Họ và tên,Giờ đến\nGiàng A Đại,\n".encode(), "x.csv", "đều trống"),
        (b"a,b\n1,2\n", "x.csv", "Họ và tên"),
    ],
)
def test_a_file_that_is_no_roll_is_refused_with_a_sentence(
    data: bytes, name: str, said: str, running: Room, clients: Clients
) -> None:
    answer = upload(clients["operator"], running, data, name)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_hostile_lines_are_shown_and_enter_nothing(running: Room, clients: Clients) -> None:
    rows = [
        "Họ và tên,Mã thẻ,Giờ đến,Vắng",
        "<img src=x onerror=1>,,08:05,",
        "Giàng A Đại,123456789,08:05,",
        "Vàng Seo Hai,,08:05,maybe",
    ]
    answer = upload(clients["operator"], running, "\n".join(rows).encode(), "x.csv")
    page = clients["operator"].get(answer["Location"]).content.decode()
    assert page.count('data-verdict="error"') == 3
    assert "<img src=x" not in page


def test_only_who_marks_there_sees_and_enters_the_roll(running: Room, clients: Clients) -> None:
    line = {running.people["delegate"]: ("08:05", "")}
    answer = type_in(clients["operator"], running, line)
    assert type_in(clients["technician"], running, line).status_code == 403
    assert type_in(clients["other_operator"], running, line).status_code == 403
    assert clients["technician"].get(answer["Location"]).status_code == 403
    run = ImportRun.objects.get()
    assert knock(clients["other_operator"], running.meeting, "folder.enter", run=run.pk, seen="x").status_code == 403
    stranger = clients["operator"].get(answer["Location"].replace(str(run.pk), str(uuid.uuid4())))
    assert stranger.status_code == 404


def test_what_was_typed_can_be_dropped(running: Room, clients: Clients) -> None:
    type_in(clients["operator"], running, {running.people["delegate"]: ("08:05", "")})
    clients["operator"].post(entry(running), {"drop": "1"})
    assert ImportRun.objects.count() == 0
    assert type_in(clients["operator"], running, {running.people["delegate"]: ("", "")}).status_code == 400


def test_pages_of_a_long_roll_are_kept_together(running: Room, clients: Clients) -> None:
    one, other = running.people["delegate"], running.people["lao_cai_2"]
    type_in(clients["operator"], running, {one: ("08:05", "")})
    answer = type_in(clients["operator"], running, {other: ("08:06", "")})
    assert clients["operator"].get(answer["Location"]).content.decode().count('data-verdict="new"') == 2
    corrected = type_in(clients["operator"], running, {one: ("", "")})
    assert clients["operator"].get(corrected["Location"]).content.decode().count('data-verdict="new"') == 1


def test_a_roll_of_two_days_keeps_the_day_of_each_line(running: Room, clients: Clients) -> None:
    next_day = START + timedelta(days=1)
    running.meeting.sittings.create(number=2, starts_at=next_day, ends_at=next_day + timedelta(hours=3))
    one, other = running.people["delegate"], running.people["lao_cai_2"]
    type_in(clients["operator"], running, {one: ("08:05", "")})
    answer = type_in(clients["operator"], running, {other: ("08:06", "")}, day=next_day.date().isoformat())
    enter(clients["operator"], running, answer)
    since = [Presence.objects.get(participant=one).marked_at for one in (one, other)]
    assert since == [at("08:05"), at("08:06") + timedelta(days=1)]


def test_what_was_entered_is_shown_at_its_own_place_alone(running: Room, clients: Clients) -> None:
    answer = type_in(clients["secretary"], running, {running.people["delegate"]: ("08:05", "")})
    enter(clients["secretary"], running, answer)
    assert clients["secretary"].get(answer["Location"]).status_code == 200
    elsewhere = answer["Location"].replace(f"/folder/{running.lao_cai.pk}/", f"/folder/{running.sites[2].pk}/")
    assert clients["secretary"].get(elsewhere).status_code == 404


def test_somebody_marks_while_another_looks(running: Room, clients: Clients) -> None:
    one = running.people["delegate"]
    answer = type_in(clients["operator"], running, {one: ("08:05", "")})
    page = clients["operator"].get(answer["Location"]).content.decode()
    mark_presence(running.meeting, by=the_secretariat(), participants=[one], state="present")
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    refused = knock(clients["operator"], running.meeting, "folder.enter", run=ImportRun.objects.get().pk, seen=seen)
    assert (refused.status_code, "Trong lúc đó" in refused.json()["reason"]) == (409, True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_paper_at_once_enter_it_once(running: Room, cast: dict[str, Any]) -> None:
    one = running.people["delegate"]
    people = [signed_in(cast[who]) for who in ("operator", "secretary")]
    answers = [type_in(client, running, {one: ("08:05", "10:10")}) for client in people]
    done = together(
        *(
            lambda client=client, answer=answer: enter(client, running, answer)
            for client, answer in zip(people, answers, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in done) == [200, 409]
    assert stands(one) == ("left", [("08:05", "10:10")])
    assert hooks.fold_differences(running.meeting) == []
