"""Who receives a paper: its recipients and nobody else; opening is the receipt; a recalled one shows its word and no file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from issuing.actions import cancel_number
from jobs.models import Job
from mailing.models import Letter
from meetings.errors import OutOfOrder
from meetings.models import Participant
from minutes.issuance import posting
from minutes.issuance.actions import file_paper, issue_paper, mark_delivery, recall_paper, remind_recipients
from minutes.issuance.filing import openness
from minutes.issuance.posting import NEW, ask_to_post, boxes_of
from minutes.issuance.recipients import Picked, targets
from minutes.models import Delivery, OfficialPaper
from packets.releasing.seeing import sights
from people.models import User
from tests.cast import Clients, Room
from tests.issuing_papers import give_address
from tests.make import actor_of, make_asked_unit, the_secretariat
from tests.official_papers import differences, make_issued, make_official
from tests.papers import make_document, make_release

pytestmark = pytest.mark.django_db
RECEIVED = 5  # session, account, person, counted, papers


@pytest.fixture
def issued(room: Room) -> OfficialPaper:
    """A notice to the delegate by name and to the bridge point Lào Cai."""
    return make_issued(room.meeting, picked=Picked(participants=[room.people["delegate"]], bridge_points=[room.lao_cai]))


def status(client: Client, url: str) -> int:
    return client.get(url).status_code


def test_a_paper_is_there_for_its_recipients_and_for_nobody_else(issued: OfficialPaper, clients: Clients) -> None:
    url = f"/received/{issued.code}/"
    others = ("technician", "chair", "guest", "stranger", "secretary")
    assert {status(clients[who], url) for who in ("delegate", "operator")} == {200}
    assert {status(clients[who], url) for who in others} == {404}
    assert {status(clients[who], url + "paper.pdf") for who in ("technician", "other_operator", "stranger", "clerk")} == {404}
    assert status(clients["anonymous"], url) == 302


def test_among_the_meeting_s_papers_it_is_open_to_whom_it_is_addressed_and_to_nobody_else_at_the_place(room: Room) -> None:
    room.lao_cai.organisation = make_asked_unit(room.meeting, "Lào Cai").organisation
    room.lao_cai.save()
    Participant.objects.filter(pk=room.people["observer"].pk).update(bridge_point=room.lao_cai)
    seen = {}
    for name, picked in {
        "place": Picked(bridge_points=[room.lao_cai]),
        "unit": Picked(units=[room.lao_cai.organisation]),
    }.items():
        to = openness(make_official(room.meeting, picked=picked))
        paper = make_document(room.meeting)
        make_release(paper, sites=to.bridge_points, participants=to.participants, to_readers=to.to_readers, to_everyone=False)
        readers = ("delegate", "operator", "technician", "observer", "other_operator")
        actors = {who: actor_of(room.meeting, room.people[who].person.user) for who in readers}
        seen[name] = [who for who in readers if sights(room.meeting, actors[who], documents=[paper.pk])]
    assert seen == {"place": ["delegate", "operator"], "unit": []}


def test_the_first_opening_is_the_receipt_of_all_one_reads_for(issued: OfficialPaper, clients: Clients) -> None:
    url = f"/received/{issued.code}/"
    before = issued.meeting.journal.entries.count()
    clients["operator"].head(url)
    clients["operator"].get(url, headers={"Sec-Purpose": "prefetch"})
    assert issued.deliveries.filter(seen_at=None).count() == 2
    assert "Thông báo" in clients["operator"].get("/").content.decode()
    clients["operator"].get(url)
    place = issued.deliveries.get(bridge_point__isnull=False)
    assert (place.seen_by, place.is_by_hand) == ("Người operator", False)
    assert issued.deliveries.get(participant__isnull=False).seen_at is None
    first = place.seen_at
    clients["operator"].get(url)
    place.refresh_from_db()
    assert place.seen_at == first
    assert "Thông báo" not in clients["operator"].get("/").content.decode()
    assert issued.meeting.journal.entries.count() == before  # soft: receipts come by the thousand


def test_a_recipient_gets_the_pdf_as_it_was_issued_and_not_one_that_was_altered(issued: OfficialPaper, clients: Clients) -> None:
    url = f"/received/{issued.code}/paper.pdf"
    answer = clients["delegate"].get(url)
    assert (answer.content[:5], answer["Content-Disposition"]) == (b"%PDF-", 'inline; filename="01-TB-VPTW.pdf"')
    (Path(settings.FILES_DIR) / issued.pdf.name).write_bytes(b"%PDF-1.7 other words")
    assert status(clients["delegate"], url) == 409
    (Path(settings.FILES_DIR) / issued.pdf.name).unlink()
    assert status(clients["delegate"], url) == 409


def test_a_recalled_paper_says_so_at_once_and_gives_no_file(issued: OfficialPaper, clients: Clients) -> None:
    recall_paper(issued.meeting, by=the_secretariat(), paper=issued, reason="Sai <b>số liệu</b>")
    html = clients["delegate"].get(f"/received/{issued.code}/").content.decode()
    assert "Sai &lt;b&gt;số liệu&lt;/b&gt;" in html
    assert "paper.pdf" not in html
    assert status(clients["delegate"], f"/received/{issued.code}/paper.pdf") == 409
    assert issued.deliveries.filter(seen_at__isnull=False).count() == 0
    assert status(clients["secretary"], f"/m/{issued.meeting.slug}/issuance/{issued.number}/pdf") == 200  # the office keeps it
    desk = f"/m/{issued.meeting.slug}/official/{issued.number}/"
    files = [desk + name for name in ("paper.pdf", "paper.docx", "data.json")]
    assert [status(clients["chair"], url) for url in files] == [409, 409, 409]
    assert [status(clients["secretary"], url) for url in files] == [200, 200, 200]
    pages = {who: clients[who].get(desk).content.decode() for who in ("chair", "secretary")}
    assert [url in pages["chair"] for url in files] == [False] * 3
    assert [url in pages["secretary"] for url in files] == [True] * 3
    with pytest.raises(OutOfOrder):
        recall_paper(issued.meeting, by=the_secretariat(), paper=issued, reason="Lần nữa")


def test_nothing_goes_out_before_the_file_is_there(room: Room, clients: Clients) -> None:
    row = make_issued(room.meeting, filed=False, picked=Picked(participants=[room.people["delegate"]]))
    assert status(clients["delegate"], f"/received/{row.code}/") == 404
    assert "Thông báo" not in clients["delegate"].get("/").content.decode()
    assert status(clients["secretary"], f"/m/{room.meeting.slug}/issuance/{row.number}/") == 200
    assert status(clients["secretary"], f"/m/{room.meeting.slug}/issuance/{row.number}/pdf") == 404
    with pytest.raises(OutOfOrder):
        remind_recipients(room.meeting, by=the_secretariat(), paper=row)
    with pytest.raises(OutOfOrder):
        mark_delivery(room.meeting, by=the_secretariat(), delivery=row.deliveries.get(), seen=True)


def test_what_was_handed_over_is_ticked_and_unticked_by_hand(issued: OfficialPaper, clients: Clients) -> None:
    meeting, by = issued.meeting, the_secretariat()
    place = issued.deliveries.get(bridge_point__isnull=False)
    mark_delivery(meeting, by=by, delivery=place, seen=True)
    with pytest.raises(OutOfOrder):
        mark_delivery(meeting, by=by, delivery=place, seen=True)
    assert [line for line in differences(meeting) if "by hand" in line] == []
    mark_delivery(meeting, by=by, delivery=place, seen=False)
    place.refresh_from_db()
    assert (place.seen_at, place.is_by_hand) == (None, False)
    clients["operator"].get(f"/received/{issued.code}/")
    with pytest.raises(OutOfOrder):
        mark_delivery(meeting, by=by, delivery=place, seen=False)
    assert [line for line in differences(meeting) if "by hand" in line] == []


def test_mails_name_number_and_date_go_once_and_only_where_they_may(room: Room, work: Callable[[], list[Job]]) -> None:
    give_address(room.people["delegate"])
    give_address(room.people["operator"], "truc@example.vn")
    picked = Picked(participants=[room.people["delegate"]], bridge_points=[room.lao_cai])
    row = make_issued(room.meeting, by_mail=True, picked=picked, abstract="chuyện kín")
    Job.objects.all().delete()  # its file is made elsewhere
    for _again in range(2):
        ask_to_post(row, the_secretariat(), NEW, entry=9)
    work()
    letters = list(Letter.objects.order_by("to"))
    assert [one.to for one in letters] == ["dai.bieu@example.vn", "truc@example.vn"]
    assert all("01-TB/VPTW" in one.subject and row.code in one.text and "chuyện kín" not in one.text for one in letters)
    row.deliveries.filter(participant__isnull=False).update(seen_at=row.issued_at)
    assert remind_recipients(room.meeting, by=the_secretariat(), paper=row) == 1
    with pytest.raises(OutOfOrder):
        remind_recipients(room.meeting, by=the_secretariat(), paper=row)
    work()
    assert list(Letter.objects.filter(subject__startswith="Đề nghị").values_list("to", flat=True)) == ["truc@example.vn"]
    new = make_official(room.meeting, picked=picked)
    issue_paper(room.meeting, by=the_secretariat(), paper=new, version=new.version, dated=row.dated, replaces=row)
    Job.objects.exclude(name="official.post").delete()
    work()
    recalls = list(Letter.objects.filter(subject__startswith="Thu hồi"))
    assert ["02-TB/VPTW" in one.text and "01-TB/VPTW" in one.subject for one in recalls] == [True, True]


def test_the_head_of_a_bridge_point_without_an_operator_is_written_to(room: Room) -> None:
    site, head = room.sites[3], room.people["guest"]
    give_address(head)
    site.head = head.person
    site.save()
    row = make_issued(room.meeting, by_mail=True, picked=Picked(bridge_points=[site]))
    (sent,) = row.deliveries.filter(bridge_point=site)
    assert boxes_of([sent]) == {sent.pk: [(head.person.full_name, "dai.bieu@example.vn")]}


def test_mails_carry_the_file_while_it_is_not_too_much_for_so_many(
    room: Room, work: Callable[[], list[Job]], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(room.people["delegate"])
    row = make_issued(room.meeting, by_mail=True, picked=Picked(participants=[room.people["delegate"]]))
    OfficialPaper.objects.update(with_file=True)
    Job.objects.all().delete()
    said = []
    for entry, together in enumerate((posting.TOGETHER, 10)):
        monkeypatch.setattr(posting, "TOGETHER", together)
        ask_to_post(row, the_secretariat(), NEW, entry=entry)
        said += [job.note for job in work()]
    assert [one.attachments.count() for one in Letter.objects.order_by("pk")] == [1, 0]
    assert all(row.code in one.text for one in Letter.objects.all())
    assert said[0] != said[1]


def test_whose_account_is_closed_is_written_to_no_more(room: Room, work: Callable[[], list[Job]]) -> None:
    unit = make_asked_unit(room.meeting, "Lào Cai").organisation
    office = User.objects.filter(person=room.people["technician"].person_id)
    office.update(office_role="focal_point", organisation=unit)
    people, site = [room.people[who] for who in ("delegate", "operator", "guest", "technician")], room.lao_cai
    site.head = room.people["guest"].person
    site.save()
    for one in people:
        give_address(one, f"{one.pk}@example.vn")
    row = make_issued(room.meeting, by_mail=True, picked=Picked(participants=people[:1], bridge_points=[site], units=[unit]))
    Job.objects.all().delete()
    ask_to_post(row, the_secretariat(), NEW, entry=9)
    assert sum(map(len, boxes_of(row.deliveries.all()).values())) == 4
    User.objects.filter(person__in=[one.person_id for one in people]).update(is_active=False)  # the job is still waiting
    work()
    assert Letter.objects.count() == 0
    assert {one.address for one in targets(room.meeting, row.recipients)} == {""}
    Participant.objects.get(pk=people[0].pk).person.user.delete()  # who never had an account is reached by mail as before
    assert sum(map(len, boxes_of(row.deliveries.all()).values())) == 1


def test_a_number_of_an_official_paper_is_not_cancelled_behind_its_back(issued: OfficialPaper) -> None:
    with pytest.raises(OutOfOrder):
        cancel_number(by=the_secretariat(), document=issued.issued, reason="Sai")
    issued.issued.refresh_from_db()
    assert issued.issued.is_valid


def test_a_paper_is_filed_once_and_not_after_its_recall(issued: OfficialPaper) -> None:
    by, before = the_secretariat(), issued.meeting.journal.entries.count()
    assert file_paper(issued.meeting, by=by, paper=issued, filed=None).filed_at == issued.filed_at
    recall_paper(issued.meeting, by=by, paper=issued, reason="Sai")
    assert file_paper(issued.meeting, by=by, paper=issued, filed=None).state == "recalled"
    assert issued.meeting.journal.entries.count() == before + 1


@pytest.mark.parametrize("code", ["x", "A" * 26, "a" * 400, "%00", "../../etc/passwd", "<script>", "' OR 1=1", "\u202e" * 26])
def test_a_code_that_is_none_is_not_there(code: str, room: Room, clients: Clients) -> None:
    assert status(clients["delegate"], f"/received/{code}/") == 404
    answer = Client().get(f"/check/{code}/")
    assert answer.status_code == 404
    assert b"<script>" not in answer.content.replace(b"<script type", b"").replace(b"<script src", b"")


def test_the_check_page_says_valid_recalled_replaced_and_worthless(issued: OfficialPaper, room: Room) -> None:
    url = f"/check/{issued.code}/"
    anybody = Client()
    html = anybody.get(url).content.decode()
    assert "01-TB/VPTW" in html
    assert "chip ok" in html
    recall_paper(room.meeting, by=the_secretariat(), paper=issued, reason="Riêng: đồng chí A nhầm")
    html = anybody.get(url).content.decode()
    assert "chip bad" in html
    assert "đồng chí A" not in html  # why stands before its recipients alone
    new = make_issued(room.meeting)
    OfficialPaper.objects.filter(pk=issued.pk).update(replaced_by=new)
    assert f"/check/{new.code}/" in anybody.get(url).content.decode()
    type(room.meeting).objects.filter(pk=room.meeting.pk).update(kind="demo")
    assert "không có giá trị" in anybody.get(url).content.decode()
    assert anybody.get(f"/check/{make_issued(room.meeting, filed=False).code}/").status_code == 200


def test_pages_cost_the_same_for_few_and_for_many(
    room: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    picked = Picked(participants=[room.people["delegate"]])
    for who in ("delegate", "secretary"):
        clients[who].get("/received/")
    for number in (1, 4):
        for _n in range(number):
            row = make_issued(room.meeting, picked=picked)
        make_official(room.meeting)
        with django_assert_num_queries(RECEIVED):
            clients["delegate"].get("/received/")
        with django_assert_num_queries(7):  # session, account, meeting, participant, person, sittings, papers
            clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/")
        with django_assert_num_queries(10):  # besides: the paper, its receipts in numbers, counted and listed
            clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{row.number}/")


def test_the_board_finds_recipients_and_tells_who_waits(issued: OfficialPaper, clients: Clients) -> None:
    url = f"/m/{issued.meeting.slug}/issuance/{issued.number}/"
    Delivery.objects.filter(paper=issued, participant__isnull=False).update(seen_at=issued.issued_at, seen_by="Giàng A Đại")
    waiting = clients["secretary"].get(url, {"state": "waiting"}).content.decode()
    assert "Điểm cầu Lào Cai" in waiting
    table = waiting.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Giàng A Đại" not in table
    assert "Nobody" not in clients["secretary"].get(url, {"q": "Giàng"}).content.decode().partition("<tbody>")[2]
    assert clients["secretary"].get(url, {"q": "\0%_'\"", "page": "999999999999"}).status_code == 200
