"""The contact sheet: names with telephone numbers, for internal use only; thousands of bridge points are a job."""

from __future__ import annotations

import pytest

from jobs.models import Job
from meetings.models import BridgePoint, Role
from meetings.sites.sheet import AT_ONCE, lines_of, parts_of
from people.models import Person
from printing.contacts import Contact
from tests.cast import Clients, Room
from tests.printing.measuring import texts

pytestmark = pytest.mark.django_db


def test_the_sheet_has_everybody_with_their_number_and_says_internal(room: Room, clients: Clients) -> None:
    head = Person.objects.create(full_name="Lê Văn An", phone="0912 345 678")
    BridgePoint.objects.filter(pk=room.lao_cai.pk).update(head=head, place="Hội trường <b>")
    Person.objects.filter(pk=room.people["operator"].person_id).update(phone="0987 654 321")
    BridgePoint.objects.filter(pk=room.sites[2].pk).update(parent=room.lao_cai)
    line = next(one for one in lines_of(room.meeting) if one.number == room.lao_cai.number)
    assert line.heads == [Contact("Lê Văn An", "0912 345 678")]
    assert line.operators == [Contact("Lý Thị Vận", "0987 654 321")]
    assert [one.name for one in line.technicians] == ["Hoàng Văn Kỹ"]
    answer = clients["secretary"].post(f"/m/{room.meeting.slug}/bridge-points/contact-sheet/", {"part": "all"})
    assert answer["Content-Type"] == "application/pdf"
    (text,) = texts(answer.content)
    for words in ("CHỈ DÙNG NỘI BỘ", "Chỉ dùng nội bộ", "0912 345 678", "0987 654 321", "Hội trường <b>", "Trang 1/1"):
        assert words in text.replace("\n", " ").replace("\r", ""), words
    assert text.index("Điểm cầu Lào Cai") < text.index("Điểm cầu Hà Tĩnh") < text.index("Điểm cầu Cà Mau")


def test_one_province_is_printed_alone(room: Room) -> None:
    BridgePoint.objects.filter(pk=room.sites[2].pk).update(parent=room.lao_cai)
    assert [line.name for line in lines_of(room.meeting, under=room.lao_cai.pk)] == [room.lao_cai.name, room.sites[2].name]
    assert lines_of(room.meeting, under=10**9) == []


def test_thousands_are_a_job_in_parts(room: Room, clients: Clients) -> None:
    rows = [
        BridgePoint(meeting=room.meeting, parent=room.lao_cai, number=100 + n, name=f"Xã {n:04}", short_name=f"Xã {n:04}")
        for n in range(AT_ONCE * 2 + 10)
    ]
    BridgePoint.objects.bulk_create(rows)
    assert [len(part) for _name, part in parts_of(lines_of(room.meeting))] == [AT_ONCE, AT_ONCE, 14]
    address = f"/m/{room.meeting.slug}/bridge-points/contact-sheet/"
    answer = clients["secretary"].post(address, {"part": "all"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.uuid}/")
    assert job.arguments == {"meeting": room.meeting.pk}
    assert clients["secretary"].post(address, {"part": str(room.lao_cai.pk)}).status_code == 302
    assert clients["chair"].post(address, {"part": "all"}).status_code == 403
    assert Job.objects.count() == 2


def test_a_part_that_is_gone_is_said(room: Room, clients: Clients) -> None:
    address = f"/m/{room.meeting.slug}/bridge-points/contact-sheet/"
    for part in ("999999", "x", ""):
        answer = clients["secretary"].post(address, {"part": part})
        assert answer.status_code in (200, 302)
    assert room.meeting.participants.filter(role=Role.OPERATOR).exists()
