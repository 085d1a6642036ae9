"""One's own marks: kept by the service, seen by nobody else, there again in the next version."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from meetings.models import JournalEntry
from packets.models import Bookmark, Document
from packets.reader import queries
from tests.cast import Clients, Room
from tests.papers import make_paper, make_release, make_version, recall


def post(client: Client, paper: Document, **fields: Any) -> HttpResponse:
    return client.post(reverse("packets:bookmarks", args=[paper.meeting.slug, paper.number]), fields)


def marks(client: Client, paper: Document) -> list[tuple[int, str]]:
    answer = client.get(reverse("packets:bookmarks", args=[paper.meeting.slug, paper.number]))
    return [(mark["page"], mark["words"]) for mark in answer.json()["bookmarks"]]


def test_a_page_is_marked_its_words_changed_and_the_mark_taken_away(room: Room, clients: Clients) -> None:
    paper, before = make_paper(room.meeting), JournalEntry.objects.count()
    assert post(clients["delegate"], paper, page=3).json() == {"bookmarks": [{"page": 3, "words": ""}]}
    post(clients["delegate"], paper, page=1, words="  Số \u202eliệu   chính ")
    assert marks(clients["delegate"], paper) == [(1, "Số liệu chính"), (3, "")]
    post(clients["delegate"], paper, page=1, words="Đọc lại")
    post(clients["delegate"], paper, page=3, remove="on")
    post(clients["delegate"], paper, page=3, remove="on")
    assert marks(clients["delegate"], paper) == [(1, "Đọc lại")]
    assert JournalEntry.objects.count() == before


def test_nobody_else_sees_it(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting)
    post(clients["delegate"], paper, page=2, words="Riêng")
    assert marks(clients["guest"], paper) == marks(clients["secretary"], paper) == []
    post(clients["guest"], paper, page=2, remove="on")
    assert marks(clients["delegate"], paper) == [(2, "Riêng")]


def test_it_stays_when_a_new_version_comes(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting)
    post(clients["delegate"], paper, page=2, words="Đọc lại")
    make_version(paper, pages=1)
    make_release(paper)
    assert marks(clients["delegate"], paper) == [(2, "Đọc lại")]


@pytest.mark.parametrize("page", ["", "0", "-1", "4", "x", "1.5", "99999999999999999999", "\0"])
def test_a_page_that_is_not_there_is_not_marked(page: str, room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting, pages=3)
    assert post(clients["delegate"], paper, page=page).status_code == 400
    assert post(clients["delegate"], paper, page=1, words="x" * 201).status_code == 400
    assert not Bookmark.objects.exists()


def test_there_is_an_end_to_them(room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_BOOKMARKS", 2)
    paper = make_paper(room.meeting)
    assert [post(clients["delegate"], paper, page=page).status_code for page in (1, 2, 3)] == [200, 200, 409]
    assert post(clients["delegate"], paper, page=2, words="Còn đổi được").status_code == 200


def test_who_may_not_read_the_paper_any_more_has_no_marks_in_it(room: Room, clients: Clients) -> None:
    paper = make_paper(room.meeting)
    post(clients["delegate"], paper, page=2)
    recall(paper.releases.get())
    assert post(clients["delegate"], paper, page=1).status_code == 404
    assert Bookmark.objects.count() == 1


def test_a_mark_made_in_another_tab_is_not_made_twice(room: Room, clients: Clients) -> None:
    paper, account = make_paper(room.meeting), room.people["delegate"].person.user
    assert queries.keep_bookmark(paper, account, 2, "một")
    assert queries.keep_bookmark(paper, account, 2, "hai")
    assert marks(clients["delegate"], paper) == [(2, "hai")]
