"""What is recorded about one's own reading: whole, for oneself alone, without titles of what may not be seen any more."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from meetings.directory.personal import kept_of
from packets.handouts.actions import issue_copy
from packets.models import Binding, Document, Opening, Reading
from tests.cast import Cast, Clients, Room
from tests.make import the_secretariat
from tests.packets.reading.conftest import Open, newest
from tests.papers import make_document, make_paper, make_version, recall


def record(clients: Clients, room: Room, who: str = "delegate", rest: str = "") -> str:
    clients[who].cookies["django_language"] = "en"
    answer = clients[who].get(f"/m/{room.meeting.slug}/papers/my-reading/{rest}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def everywhere(clients: Clients, who: str = "delegate") -> str:
    clients[who].cookies["django_language"] = "en"
    return " ".join(clients[who].get("/me/reading/").content.decode().split())


def in_fours(opening: Opening) -> str:
    return "-".join(opening.code[at : at + 4] for at in (0, 4, 8))


def test_a_reader_sees_copies_pages_and_time(
    papers: list[Document], opens: Open, clients: Clients, cast: Cast, room: Room
) -> None:
    assert "You have not opened a paper yet" in record(clients, room)
    opening, now = opens("delegate", papers[0]), timezone.now()
    Reading.objects.create(
        version=newest(papers[0]), account=cast["delegate"], first_at=now, last_at=now, pages_seen="1100000000", seconds=61
    )
    html = record(clients, room)
    assert all(words in html for words in ("1. Báo cáo tổng kết", "2/10", "1 min", in_fours(opening)))


def test_nobody_else_s_record_is_in_it(papers: list[Document], opens: Open, clients: Clients, room: Room) -> None:
    others = [opens(who, papers[0]) for who in ("chair", "guest", "secretary")]
    own = opens("delegate", papers[1])
    for html in (record(clients, room), everywhere(clients)):
        assert in_fours(own) in html
        assert not any(in_fours(one) in html for one in others)


def test_a_paper_that_may_not_be_seen_any_more_keeps_its_number_and_loses_its_title(
    papers: list[Document], opens: Open, clients: Clients, room: Room
) -> None:
    opens("delegate", papers[0])
    recall(papers[0].releases.get())
    html = record(clients, room)
    assert papers[0].title not in html
    assert "Paper 1" in html
    assert "No longer open to you" in html


def test_who_takes_no_part_any_more_still_sees_the_own_record_without_titles(
    papers: list[Document], opens: Open, clients: Clients, room: Room
) -> None:
    opening = opens("delegate", papers[0])
    room.people["delegate"].delete()
    assert clients["delegate"].get(f"/m/{room.meeting.slug}/papers/my-reading/").status_code == 404
    html = everywhere(clients)
    assert in_fours(opening) in html
    assert papers[0].title not in html


def test_the_packet_counts_and_says_so(papers: list[Document], opens: Open, clients: Clients, room: Room) -> None:
    keys = [newest(paper).pk for paper in papers]
    opens("delegate", Binding.objects.create(meeting=room.meeting, key="k", versions=keys, pages=15, made_at=timezone.now()))
    html = record(clients, room)
    assert "The packet of papers" in html
    assert all(paper.title in html for paper in papers)


def test_paper_copies_in_hand_are_told(room: Room, clients: Clients) -> None:
    secret = make_document(room.meeting, "Tài liệu phát giấy", secrecy="secret")
    issue_copy(room.meeting, by=the_secretariat(), document=secret, participants=[room.people["delegate"]], first=12)
    html = record(clients, room)
    assert "To be given back after the meeting" in html
    assert "<b>12</b>" in html
    assert secret.title not in html
    assert "To be given back" not in record(clients, room, "guest")


def test_it_costs_the_same_for_few_and_for_many(
    papers: list[Document], opens: Open, clients: Clients, room: Room, django_assert_num_queries: Any
) -> None:
    opens("delegate", papers[0])
    record(clients, room)
    everywhere(clients)
    with django_assert_num_queries(15):
        record(clients, room)
    with django_assert_num_queries(9):
        everywhere(clients)
    for n in range(5):
        opens("delegate", make_paper(room.meeting, f"Phụ lục {n}"))
        opens("delegate", make_version(papers[0], state="released"))
    with django_assert_num_queries(15):
        record(clients, room)
    with django_assert_num_queries(9):
        everywhere(clients)


def test_personal_data_tell_of_reading(papers: list[Document], opens: Open, cast: Cast, room: Room) -> None:
    opening = opens("delegate", papers[0])
    kept = kept_of(room.people["delegate"].person)["papers"]
    assert json.loads(json.dumps(kept))["opened_copies"][0]["trace_code"] == opening.code
    assert kept_of(room.people["guest"].person)["papers"] == {"opened_copies": [], "reading": [], "paper_copies": []}
    assert papers[0].title not in json.dumps(kept, ensure_ascii=False)
