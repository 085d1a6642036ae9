"""The packet of a class of readers: what stands in it, bound once, stale when a paper changes, gone when one is recalled."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings.models import Meeting, Role
from meetings.queries import actor_for
from packets.binding import work
from packets.binding.planning import Plan, plan_from
from packets.models import Binding, Document, Opening, Release
from packets.releasing.seeing import sights
from tests.cast import Clients, Room
from tests.papers import make_document, make_packet, make_paper, make_release, make_version, recall

QUERIES = 12


def address(meeting: Meeting, name: str = "packet", *more: str) -> str:
    return reverse(f"packets:{name}", args=[meeting.slug, *more])


def plan(room: Room, who: str) -> Plan:
    actor = actor_for(room.people[who].person.user, room.meeting)
    return plan_from(room.meeting, sights(room.meeting, actor))


def work_off() -> list[str]:
    """Do all work that waits; return how each ended."""
    ended = []
    while (job := claim_next()) is not None:
        carry_out(job)
        ended.append(Job.objects.get(pk=job.pk).state)
    return ended


def three_papers(room: Room) -> list[Document]:
    """A paper of the second item, one of the first, one of the whole meeting: entered in this order."""
    return [
        make_paper(room.meeting, "Báo cáo của nội dung hai", item=room.items[1]),
        make_paper(room.meeting, "Diễn văn của nội dung một", item=room.items[0], pages=2),
        make_paper(room.meeting, "Hướng dẫn chung", pages=1),
    ]


def opened(client: Client, meeting: Meeting) -> str:
    """Open the packet in the reader and return the address of its file."""
    answer = client.get(address(meeting, "packet_reader"))
    assert answer.status_code == 200
    found = re.search(r'data-file="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_it_follows_the_programme_and_lists_what_is_only_on_paper(room: Room, clients: Clients) -> None:
    three_papers(room)
    make_release(make_document(room.meeting, "Tài liệu phát giấy số 01", item=room.items[0], secrecy="secret"))
    make_version(make_document(room.meeting, "Chưa phát hành"))
    page = clients["delegate"].get(address(room.meeting)).content.decode()
    titles = ("Hướng dẫn chung", "Diễn văn của nội dung một", "Tài liệu phát giấy số 01", "Báo cáo của nội dung hai")
    places = [page.index(title) for title in titles]
    assert places == sorted(places)
    assert "Chưa phát hành" not in page
    assert [part.title for part in plan(room, "delegate").parts] == ["", "Khai mạc", "Báo cáo tổng kết"]


def test_who_may_read_the_same_share_a_packet_and_who_may_not_have_another(room: Room) -> None:
    three_papers(room)
    make_release(make_document(room.meeting, "Riêng cho khách"), roles=[Role.GUEST])
    assert plan(room, "delegate").key == plan(room, "operator").key == plan(room, "chair").key
    assert plan(room, "guest").key != plan(room, "delegate").key


def test_it_is_bound_once_for_its_class_whoever_asks(room: Room, clients: Clients) -> None:
    papers = three_papers(room)
    for who in ("delegate", "chair", "delegate"):
        assert clients[who].post(address(room.meeting, "bind_packet")).status_code == 303
    assert Job.objects.count() == 1
    assert 'data-state="running"' in clients["operator"].get(address(room.meeting, "packet_state")).content.decode()
    assert work_off() == ["done"]
    made = Binding.objects.get()
    assert made.pages == 2 + 6
    assert set(made.versions) == {paper.versions.get().pk for paper in papers}
    assert clients["operator"].post(address(room.meeting, "bind_packet")).status_code == 303
    assert Job.objects.count() == 1
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.file.path)]
    assert "BỘ TÀI LIỆU" in texts[0]
    contents = " ".join(texts[1].split())
    assert "Tài liệu chung 3. Hướng dẫn chung 3" in contents
    assert "Nội dung 1: Khai mạc 2. Diễn văn của nội dung một 4" in contents
    assert "Nội dung 2: Báo cáo tổng kết 1. Báo cáo của nội dung hai 6" in contents
    assert "Báo cáo của nội dung hai" in texts[5]


def test_the_job_says_nothing_of_papers(room: Room, clients: Clients) -> None:
    three_papers(room)
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    job = Job.objects.get()
    work_off()
    job.refresh_from_db()
    for words in (job.title, job.note, json.dumps(job.arguments, ensure_ascii=False)):
        assert not re.search("Báo cáo|Diễn văn|Hướng dẫn", words)
    assert clients["guest"].get(job.get_absolute_url()).status_code == 404


def test_a_job_that_is_begun_anew_binds_nothing_twice(room: Room, clients: Clients) -> None:
    three_papers(room)
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    first = claim_next()
    assert first is not None
    carry_out(first)
    Job.objects.filter(pk=first.pk).update(state=Job.State.WAITING)
    assert work_off() == ["done"]
    assert len(list((Path(settings.FILES_DIR) / work.FOLDER).glob(Path(Binding.objects.get().file.name).name))) == 1


def test_it_is_read_under_a_mark_of_ones_own(room: Room, clients: Clients) -> None:
    made = make_packet(make_paper(room.meeting))
    file = opened(clients["delegate"], room.meeting)
    opening = Opening.objects.get()
    assert (opening.binding_id, opening.version_id, opening.binding_versions) == (made.pk, None, made.versions)
    answer = clients["delegate"].get(file)
    assert answer.status_code == 200
    assert opening.code in "".join(pypdfium2.PdfDocument(answer.getvalue())[0].get_textpage().get_text_range()).replace("-", "")
    assert clients["guest"].get(file).status_code == 404
    assert clients["secretary"].get(file).status_code == 404


def test_looking_whether_the_reader_is_there_opens_nothing(room: Room, clients: Clients) -> None:
    make_packet(make_paper(room.meeting))
    assert clients["delegate"].head(address(room.meeting, "packet_reader")).status_code == 200
    assert not Opening.objects.exists()


def test_a_recalled_paper_takes_the_open_packet_with_it_and_leaves_the_next_one(room: Room, clients: Clients) -> None:
    papers = three_papers(room)
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    work_off()
    file = opened(clients["delegate"], room.meeting)
    assert clients["delegate"].get(file).status_code == 200
    recall(Release.objects.get(document=papers[0]))
    assert clients["delegate"].get(file).status_code == 404
    assert clients["delegate"].get(address(room.meeting, "packet_reader")).status_code == 302
    assert clients["delegate"].get(address(room.meeting, "find_in_packet") + "?q=bao").status_code == 404
    assert clients["delegate"].get(address(room.meeting, "download_packet")).status_code == 404
    page = clients["delegate"].get(address(room.meeting)).content.decode()
    assert "Báo cáo của nội dung hai" not in page
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    work_off()
    newest = Binding.objects.latest("pk")
    assert papers[0].versions.get().pk not in newest.versions
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(newest.file.path))
    assert "nội dung hai" not in words


def test_another_version_another_title_or_another_order_is_another_packet(room: Room) -> None:
    papers = three_papers(room)
    keys = {plan(room, "delegate").key}
    make_version(papers[0], state="released", pages=2)
    keys.add(plan(room, "delegate").key)
    Document.objects.filter(pk=papers[1].pk).update(title="Diễn văn khai mạc")
    keys.add(plan(room, "delegate").key)
    Document.objects.filter(pk=papers[2].pk).update(item=room.items[3])
    keys.add(plan(room, "delegate").key)
    assert len(keys) == 4


def test_a_draft_of_a_newer_version_changes_nothing_for_readers_and_is_marked_for_who_prepares(room: Room) -> None:
    paper = make_paper(room.meeting)
    before = plan(room, "delegate").key
    make_version(paper, state="draft")
    assert plan(room, "delegate").key == before
    assert [entry.note for entry in plan(room, "secretary").entries] == ["Chưa phát hành"]


def test_it_is_taken_away_only_when_every_paper_in_it_may_be(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting)
    make_release(paper, may_download=True)
    make_packet(paper)
    assert clients["delegate"].get(address(room.meeting, "download_packet")).status_code == 200
    assert Opening.objects.get().way == Opening.Way.DOWNLOAD
    other = make_paper(room.meeting, "Chỉ đọc tại đây")
    Binding.objects.all().delete()
    made = make_packet(paper)
    Binding.objects.filter(pk=made.pk).update(key=plan(room, "delegate").key, versions=[1, other.versions.get().pk])
    assert clients["delegate"].get(address(room.meeting, "download_packet")).status_code == 403


def test_words_are_found_by_the_pages_of_the_whole(room: Room, clients: Clients) -> None:
    three_papers(room)
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    work_off()
    found = json.loads(clients["delegate"].get(address(room.meeting, "find_in_packet") + "?q=PHAN 2").content)
    assert [hit["page"] for hit in found["hits"]] == [5, 7]
    strange = clients["delegate"].get(address(room.meeting, "find_in_packet") + "?q=%00%FF%E2%80%AE")
    assert json.loads(strange.content)["hits"] == []


def test_nothing_to_read_is_said_and_nothing_is_bound(room: Room, clients: Clients) -> None:
    assert clients["delegate"].post(address(room.meeting, "bind_packet")).status_code == 303
    assert not Job.objects.exists()
    make_release(make_document(room.meeting, secrecy="secret"))
    assert clients["delegate"].post(address(room.meeting, "bind_packet")).status_code == 303
    assert not Job.objects.exists()
    assert clients["stranger"].post(address(room.meeting, "bind_packet")).status_code == 404


def test_a_copy_that_is_damaged_fails_with_a_sentence_and_can_be_tried_again(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting)
    Path(paper.versions.get().reading.path).write_bytes(b"%PDF-1.7 nothing")
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    assert work_off() == ["failed"]
    page = clients["delegate"].get(address(room.meeting)).content.decode()
    assert 'data-state="failed"' in page
    assert address(room.meeting, "bind_packet") in page
    clients["delegate"].post(address(room.meeting, "bind_packet"))
    assert Job.objects.count() == 2


def test_packets_nobody_may_read_any_more_are_tidied_away(room: Room) -> None:
    kept, gone = make_packet(make_paper(room.meeting, "Một")), make_packet(make_paper(room.meeting, "Hai"))
    stray = Path(settings.FILES_DIR) / work.FOLDER / "left-behind.pdf"
    stray.write_bytes(b"x")
    recall(Release.objects.get(document__title="Hai"))
    work.tidy(lambda: True)
    assert list(Binding.objects.all()) == [kept]
    assert Path(kept.file.path).exists()
    assert not Path(gone.file.path).exists()
    assert stray.exists(), "somebody may be writing it"
    Opening.objects.create(meeting=room.meeting, binding=kept, code="0" * 12, account=1, reader="x", opened_at=timezone.now())
    Opening.objects.update(recorded_at=timezone.now() - timedelta(days=31))
    work.tidy(lambda: True)
    assert not Binding.objects.exists()
    assert Opening.objects.get().binding is None, "what was opened stays known"


@pytest.mark.parametrize("papers", [3, 12])
def test_the_page_costs_the_same_for_few_and_for_many(
    papers: int, room: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(papers):
        make_paper(room.meeting, f"Báo cáo {n}", pages=1, item=room.items[n % 4])
    clients["delegate"].get(address(room.meeting))
    with django_assert_num_queries(QUERIES):
        clients["delegate"].get(address(room.meeting))
