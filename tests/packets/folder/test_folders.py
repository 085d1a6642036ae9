"""The folders: on paper, as a workbook, as long work; who may have them, and when they do not hold any more."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime

import pikepdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.badges.models import BadgeKey, Credential
from jobs.models import Job, JobFile
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings import hooks, keeping
from meetings.models import BridgePoint, JournalEntry, Participant
from packets.folder.contents import folders_of
from packets.folder.models import Folder
from packets.folder.work import AT_ONCE
from people.models import Organisation
from printing.folder import FORMS
from sheets import read_grid
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_item, make_participants, the_secretariat
from tests.printing.measuring import texts

PHONE = "0912 345 678"
HOSTILE = "<script>alert(1)</script> =1+1 &amp; \u202eẨn \u0301\u0301\u0301" + "Nguyễn" * 12


def told(*payloads: object) -> str:
    """What entries say, but for digests: some figures stand in them by chance."""
    return re.sub(r"\b[0-9a-f]{16}\b", "", json.dumps(payloads))


@pytest.fixture
def called(room: Room) -> None:
    """Telephone numbers in the directory: of a secretary and of the crew of two bridge points."""
    for who in ("secretary", "operator", "other_operator"):
        person = room.people[who].person
        person.phone = PHONE.replace("678", {"secretary": "111", "operator": "222", "other_operator": "333"}[who])
        person.save(update_fields=["phone"])


def code_for(one: Participant, digits: str, *, revoked: bool = False) -> Credential:
    """Return a credential with a short code."""
    key = BadgeKey.objects.get_or_create(number=1, defaults={"public": "00", "sealed": "", "made_at": timezone.now()})[0]
    moments = dict.fromkeys(("valid_from", "valid_until", "issued_at"), timezone.now())
    return Credential.objects.create(
        meeting=one.meeting, participant=one, serial=int(digits) % 2**31, short_code=digits, key=key,
        revoked_at=timezone.now() if revoked else None, **moments,
    )  # fmt: skip


def address(room: Room, form: str) -> str:
    return f"/m/{room.meeting.slug}/folder/{room.lao_cai.pk}/file.{form}"


def test_the_paper_has_programme_list_numbers_and_every_blank_form(room: Room, clients: Clients, called: None) -> None:
    code_for(room.people["delegate"], "482915307")
    answer = clients["operator"].get(address(room, "pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'inline; filename="02-lao-cai.pdf"'
    pages = texts(answer.content)
    whole = "\n".join(pages)
    for wanted in ("Điểm cầu Lào Cai", "Báo cáo tổng kết", "Giàng A Đại", "482 915 307", "0912 345 111", "0912 345 222"):
        assert wanted in whole, wanted
    assert "333" not in whole, "the crew of another bridge point is nobody's business"
    for letters, (title, _anchor) in FORMS.items():
        page = next(text for text in pages if title in text)
        assert f"2-{letters}" in page
    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page
        assert "Điểm cầu Lào Cai" in page
        assert "nhật ký số" in page


def test_it_is_a4_and_in_our_letters_alone(room: Room, clients: Clients) -> None:
    with pikepdf.open(io.BytesIO(clients["operator"].get(address(room, "pdf")).content)) as pdf:
        sizes = {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages}
        fonts = {str(font.BaseFont).rpartition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}
    assert sizes == {(595, 842)}
    assert fonts
    assert all("Liberation" in name for name in fonts), fonts


def test_a_hostile_name_is_printed_as_it_is_written(room: Room, clients: Clients) -> None:
    one = room.people["delegate"]
    Participant.objects.filter(pk=one.pk).update(name=HOSTILE[:120], position="<b>Phó</b>")
    whole = "\n".join(texts(clients["operator"].get(address(room, "pdf")).content))
    assert "<script>alert(1)</script>" in whole.replace("\n", "")
    assert "<b>Phó</b>" in whole
    grid = read_grid(clients["operator"].get(address(room, "xlsx")).content, "x.xlsx")
    assert not any(cell.is_formula for row in grid.rows for cell in row)
    assert "<script>" in grid.rows[1][2].text


def test_only_who_looks_after_the_place_has_the_numbers(room: Room, clients: Clients, called: None) -> None:
    for who, status in {
        "operator": 200,
        "technician": 200,
        "secretary": 200,
        "other_operator": 403,
        "chair": 403,
        "delegate": 403,
    }.items():
        assert clients[who].get(address(room, "xlsx")).status_code == status, who
    assert "0912" not in told(*JournalEntry.objects.values_list("payload", flat=True))


def test_making_it_is_recorded_and_looking_again_is_not(room: Room, clients: Clients, called: None) -> None:
    code_for(room.people["delegate"], "482915307")
    answer = knock(clients["operator"], room.meeting, "folder.make", bridge_points=[room.lao_cai], form="pdf")
    assert answer.json()["address"] == address(room, "pdf")
    entry = room.meeting.journal.entries.get(kind="folder.made")
    assert entry.payload["folders"][0]["name"] == "Điểm cầu Lào Cai"
    assert "482" not in told(entry.payload)
    assert "0912" not in told(entry.payload)
    clients["operator"].get(address(room, "xlsx"))
    assert room.meeting.journal.entries.filter(kind__startswith="folder.").count() == 1
    assert [line for line in hooks.fold_differences(room.meeting) if line.startswith("folders")] == []


@pytest.mark.parametrize("what", ["list", "programme", "badge"])
def test_the_page_says_when_a_folder_does_not_hold_any_more(what: str, room: Room, clients: Clients) -> None:
    knock(clients["secretary"], room.meeting, "folder.make", everything="on", form="zip")
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/folder/").content.decode()
    assert page.count("Đã đổi sau bản in</span>") == 0
    if what == "list":
        make_participants(room.meeting, ["Lò Văn Mới"], site=room.lao_cai)
    elif what == "programme":
        make_item(room.meeting, "Nội dung thêm")
    else:
        code_for(room.people["delegate"], "482915307")
        keeping.forget()
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/folder/").content.decode()
    assert page.count("Đã đổi sau bản in</span>") == (4 if what == "programme" else 1)
    knock(clients["operator"], room.meeting, "folder.make", bridge_points=[room.lao_cai], form="xlsx")
    own = clients["operator"].get(f"/m/{room.meeting.slug}/folder/").content.decode()
    assert "Còn đúng" in own
    assert "Điểm cầu Hà Tĩnh" not in own


def test_a_bridge_point_that_is_removed_takes_its_folder_along(room: Room, clients: Clients) -> None:
    from meetings.actions import remove_bridge_point
    from tests.make import make_bridge_points

    new = make_bridge_points(room.meeting, "Sơn La")[0]
    knock(clients["secretary"], room.meeting, "folder.make", bridge_points=[new], form="xlsx")
    remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=new)
    assert Folder.objects.filter(meeting=room.meeting).count() == 0
    assert hooks.fold_differences(room.meeting) == []


@pytest.mark.parametrize(("code", "anchor"), [("2-DD", "#attendance"), ("2 sc", "#incidents"), ("2", "")])
def test_the_code_on_a_form_leads_to_where_it_is_entered(code: str, anchor: str, room: Room, clients: Clients) -> None:
    answer = clients["operator"].get(f"/m/{room.meeting.slug}/folder/", {"code": code})
    assert answer["Location"] == f"/m/{room.meeting.slug}/folder/{room.lao_cai.pk}/entry/{anchor}"
    assert clients["operator"].get(f"/m/{room.meeting.slug}/folder/", {"code": "3-DD"}).status_code == 200


def test_the_code_on_each_form_leads_to_its_own_bridge_point(room: Room, clients: Clients) -> None:
    provinces = {one.short_name: one for one in Organisation.objects.filter(kind=Organisation.Kind.PROVINCE)}
    for site, name in zip(room.sites[1:3], ("Lào Cai", "Hà Tĩnh"), strict=True):
        BridgePoint.objects.filter(pk=site.pk).update(organisation=provinces[name])
    BridgePoint.objects.filter(pk=room.sites[0].pk).update(number=15)
    sites = [*room.meeting.bridge_points.order_by("number")]
    numbers = {pk: folder.number for pk, folder in folders_of(room.meeting, sites).items()}
    assert numbers[room.lao_cai.pk] == 15
    assert len(set(numbers.values())) == len(sites)
    for site in room.sites:
        answer = clients["secretary"].get(f"/m/{room.meeting.slug}/folder/", {"code": f"{numbers[site.pk]}-DD"})
        assert answer["Location"] == f"/m/{room.meeting.slug}/folder/{site.pk}/entry/#attendance"


def work() -> Job:
    """Do the work that waits and return it."""
    held = claim_next()
    assert held is not None
    carry_out(held)
    held.refresh_from_db()
    return held


@pytest.mark.django_db(transaction=True)
def test_all_folders_come_as_one_file_from_the_background(room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "folder.make", everything="on", form="zip")
    job = work()
    assert (answer.json()["address"], job.state) == (job.get_absolute_url(), Job.State.DONE), job.note
    with JobFile.objects.get(job=job, is_part=False).file.open("rb") as file:
        names = zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    assert sorted(names)[2:4] == ["02-lao-cai.pdf", "02-lao-cai.xlsx"]
    assert len(names) == 8


def test_the_list_of_a_great_hall_is_printed_in_the_background(room: Room, clients: Clients) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(AT_ONCE)], site=room.lao_cai)
    answer = knock(clients["operator"], room.meeting, "folder.make", bridge_points=[room.lao_cai], form="pdf")
    job = Job.objects.get()
    assert answer.json()["address"] == job.get_absolute_url()
    assert clients["operator"].get(job.get_absolute_url()).status_code == 200
    assert clients["technician"].get(job.get_absolute_url()).status_code == 404, "its owner's alone"
    assert clients["operator"].get(address(room, "pdf")).status_code == 409
    assert clients["operator"].get(address(room, "xlsx")).status_code == 200


def queries(client: Client, path: str) -> int:
    cache.clear()
    keeping.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_more_places_and_people_ask_no_more_of_the_database(room: Room, clients: Clients) -> None:
    from tests.make import make_bridge_points

    paths = [f"/m/{room.meeting.slug}/folder/", address(room, "xlsx"), f"/m/{room.meeting.slug}/folder/{room.lao_cai.pk}/entry/"]
    before = [queries(clients["secretary"], path) for path in paths]
    make_bridge_points(room.meeting, *[f"Xã {n}" for n in range(30)])
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(30)], site=room.lao_cai)
    assert [queries(clients["secretary"], path) for path in paths] == before


def test_the_contents_are_read_as_of_one_moment_of_the_meeting(room: Room) -> None:
    site = room.meeting.bridge_points.select_related("head").get(pk=room.lao_cai.pk)
    found = folders_of(room.meeting, [site])[site.pk]
    assert found.version == room.meeting.journal.head
    assert found.when == "08:30, thứ tư, ngày 26/11/2025"
    assert datetime.strptime(found.as_of, "%H:%M, %d/%m/%Y")
    assert found.programme == "DỰ THẢO – chưa phát hành"
