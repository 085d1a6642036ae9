"""The reader's page: a copy of one's own is opened, with everything the script needs; papers without pages say why."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from meetings import clock
from meetings.models import Meeting
from packets.models import Bookmark, Document, Opening, Reading, Version
from tests.cast import Clients, Room
from tests.papers import make_document, make_paper, make_release, make_version, recall

QUERIES, QUERIES_AGAIN = 16, 14  # opened for the first time, and again within minutes


def address(document: Document, name: str = "reader") -> str:
    return reverse(f"packets:{name}", args=[document.meeting.slug, document.number])


def read(client: Client, document: Document, query: str = "") -> str:
    answer = client.get(address(document) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def attribute(page: str, name: str) -> str:
    return re.search(rf'data-{name}="([^"]*)"', page).group(1)


def test_reading_opens_a_copy_of_ones_own(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting, pages=6, item=room.items[1])
    page = read(clients["delegate"], paper)
    opening = Opening.objects.get()
    assert (opening.reader, opening.unit, opening.way) == ("Giàng A Đại", "Lào Cai", "screen")
    assert attribute(page, "file") == reverse("packets:file", args=[room.meeting.slug, paper.number, opening.code])
    assert attribute(page, "code").replace("-", "") == opening.code
    assert (attribute(page, "pages"), attribute(page, "page")) == ("6", "1")
    assert "Phần 6" in page
    assert "Báo cáo tổng kết" in page
    assert clients["delegate"].get(attribute(page, "file")).status_code == 200
    assert clients["guest"].get(attribute(page, "file")).status_code == 404


def test_looking_whether_the_page_is_there_opens_nothing(room: Room, clients: Clients) -> None:
    assert clients["delegate"].head(address(make_paper(room.meeting))).status_code == 200
    assert not Opening.objects.exists()


def test_one_goes_on_where_one_left_off_or_where_the_address_says(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting, pages=6)
    now, account = clock.now(room.meeting), room.people["delegate"].person.user
    Reading.objects.create(version=paper.versions.get(), account=account, first_at=now, last_at=now, last_page=4)
    assert attribute(read(clients["delegate"], paper), "page") == "4"
    assert attribute(read(clients["guest"], paper), "page") == "1"
    assert attribute(read(clients["delegate"], paper, "?page=2"), "page") == "2"
    assert attribute(read(clients["delegate"], paper, "?page=99"), "page") == "6"


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "٣", "9" * 40, "<script>", "%00", "../1"])
def test_a_page_that_cannot_be_is_passed_over(page: str, room: Room, clients: Clients) -> None:
    text = read(clients["delegate"], make_paper(room.meeting), f"?page={page}")
    assert 1 <= int(attribute(text, "page")) <= 3
    assert "<script>alert" not in text


def test_its_policy_lets_the_viewer_work_and_holds_on_this_page_alone(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting)
    policy = clients["delegate"].get(address(paper)).headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy + ";"
    assert "worker-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "blob:" not in policy
    other = clients["delegate"].get(reverse("packets:papers", args=[room.meeting.slug])).headers["Content-Security-Policy"]
    assert "wasm" not in other
    assert "worker-src" not in other


@pytest.mark.parametrize("way", ["reader", "find_in_paper", "bookmarks"])
def test_a_paper_that_is_not_open_to_somebody_is_not_there(way: str, room: Room, clients: Clients) -> None:
    named, gone = make_document(room.meeting, "Chỉ cho chủ trì"), make_document(room.meeting, "Đã thu hồi")
    make_release(named, roles=["chair"])
    recall(make_release(gone))
    draft = make_document(room.meeting, "Bản nháp")
    make_version(draft, state="draft")
    for paper in (named, gone, draft):
        assert clients["delegate"].get(address(paper, way)).status_code == 404
    assert clients["chair"].get(address(named, way)).status_code == 200
    assert clients["secretary"].get(address(draft, way)).status_code == 200
    for number in (0, 99, 10**12):
        assert clients["delegate"].get(reverse(f"packets:{way}", args=[room.meeting.slug, number])).status_code == 404


def test_papers_without_pages_say_why(room: Room, clients: Clients) -> None:
    secret = make_document(room.meeting, "Tài liệu phát bản giấy", secrecy="secret")
    make_release(secret)
    assert "Its content may not stand on a network" in read_in_english(clients["delegate"], secret)
    empty, waiting, refused = (make_document(room.meeting, title) for title in ("Chưa có", "Đang làm", "Hỏng"))
    make_version(waiting, copy=Version.Copy.WAITING)
    make_version(refused, copy=Version.Copy.REFUSED, refusal="macro")
    assert "There is no file yet" in read_in_english(clients["secretary"], empty)
    assert "The reading copy is being prepared" in read_in_english(clients["secretary"], waiting)
    assert "Save it without macros" in read_in_english(clients["secretary"], refused)
    assert not Opening.objects.exists()


def read_in_english(client: Client, document: Document) -> str:
    client.cookies["django_language"] = "en"
    text = read(client, document)
    assert "data-stage" not in text
    assert 'data-file=""' in text
    return text


def test_the_papers_of_the_same_item_that_one_may_read_follow_each_other(room: Room, clients: Clients) -> None:
    first, second = (make_paper(room.meeting, title, item=room.items[1]) for title in ("Báo cáo", "Phụ lục"))
    hidden = make_document(room.meeting, "Chỉ cho chủ trì", item=room.items[1])
    make_release(hidden, roles=["chair"])
    make_paper(room.meeting, "Của nội dung khác", item=room.items[2])
    third = make_paper(room.meeting, "Dự thảo", item=room.items[1])
    end = read(clients["delegate"], second).partition("data-end")[2]
    assert address(first) in end
    assert address(third) in end
    everything = read(clients["delegate"], first)
    assert "Chỉ cho chủ trì" not in everything
    assert "Của nội dung khác" not in everything
    assert "Chỉ cho chủ trì" in read(clients["chair"], first)


def test_hostile_words_stay_words(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting, '</script><img src=x onerror="a()">\u202e"')
    version = make_version(paper)
    version.contents = [[1, "<b>Chương</b> {{ 7*7 }} </template>", 2]]
    version.save(update_fields=["contents"])
    make_release(paper)
    account = room.people["delegate"].person.user
    Bookmark.objects.create(document=paper, account=account, page=1, words="</script><script>a()</script>")
    page = read(clients["delegate"], paper)
    assert "<img src=x" not in page
    assert "<b>Chương" not in page
    assert "<script>a()" not in page


def test_downloads_and_prints_are_offered_where_the_release_allows(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting)
    release = make_release(paper)
    assert address(paper, "download") not in read(clients["delegate"], paper)
    release.may_download = True
    release.save(update_fields=["may_download"])
    page = read(clients["delegate"], paper)
    assert address(paper, "download") in page
    assert address(paper, "print_copy") not in page


def with_many(meeting: Meeting, room: Room) -> Document:
    paper = make_paper(meeting, pages=12, item=room.items[1])
    for n in range(12):
        make_release(make_document(meeting, f"Tài liệu {n}", item=room.items[1]))
    account = room.people["delegate"].person.user
    Bookmark.objects.bulk_create(Bookmark(document=paper, account=account, page=n) for n in range(1, 12))
    return paper


@pytest.mark.parametrize("many", [False, True])
def test_opening_a_paper_asks_the_same_number_of_questions_however_many_there_are(
    many: bool, room: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper = with_many(room.meeting, room) if many else make_paper(room.meeting, item=room.items[1])
    clients["delegate"].get(address(paper))
    with django_assert_num_queries(QUERIES_AGAIN):
        clients["delegate"].get(address(paper))
    Opening.objects.all().delete()
    with django_assert_num_queries(QUERIES):
        clients["delegate"].get(address(paper))
