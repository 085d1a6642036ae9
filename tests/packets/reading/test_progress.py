"""How far a copy has been read: reports of the reader's page, believed with care, written down for its own account alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from packets.models import Binding, Document, Opening, Reading
from packets.reading import progress
from tests.cast import Cast, Clients, Room, furnish
from tests.packets.reading.conftest import Open, newest
from tests.papers import make_paper, recall

NOW = timezone.now()


def report(client: Client, opening: Opening, **body: Any) -> HttpResponse:
    """Send what a reader's page sends."""
    address = f"/m/{opening.meeting.slug}/papers/progress/{opening.code}/"
    answer: Any = client.post(address, {"pages": "1", "seconds": "5", "page": "1"} | body)
    return answer


def later(seconds: int) -> None:
    """Let time pass since all the reports so far."""
    for row in Reading.objects.all():
        row.last_at -= timedelta(seconds=seconds)
        row.save(update_fields=["last_at"])


# What a report says


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", []), ("1", [1]), ("1-3,7", [1, 2, 3, 7]), ("7,1-2,2", [1, 2, 7]), (" 4 , 5 ", [4, 5]), ("1999-2000", [1999, 2000])],
)
def test_pages_are_ranges(text: str, pages: list[int]) -> None:
    assert progress.pages_in(text) == pages


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-1",
        "a",
        "1-",
        "3-1",
        "1--2",
        "1;2",
        "1-999999",
        "9" * 7,
        "1,\u0661",
        "½",
        "1" * 13_000,
        "<script>",
        "1\x00",
        "1-2-3",
    ],
)
def test_what_is_no_range_of_pages_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|long"):
        progress.pages_in(text)


def test_marks_are_as_many_as_pages_and_never_go_back() -> None:
    assert progress.marked("", [2, 9], 5) == "01000"
    assert progress.marked("01000", [1], 5) == "11000"
    assert progress.marked("111", [], 2) == "11"
    assert progress.count_of("1101") == 3


@pytest.mark.parametrize(
    ("claimed", "passed", "rate", "believed"),
    [
        (15, 15, 1.0, 15),
        (15, 5, 1.0, 6),  # a second window of the same paper reports too
        (3600, 7200, 1.0, progress.LONGEST),
        (15, 0, 1.0, 1),
        (15, 900, 60.0, 15),  # a demonstration whose clock runs sixty times as fast
        (30, -100, 1.0, 15),  # its clock was set back
        (0, 100, 1.0, 0),
    ],
)
def test_seconds_are_believed_as_far_as_they_have_passed(claimed: int, passed: int, rate: float, believed: int) -> None:
    assert progress.counted(claimed, since=NOW - timedelta(seconds=passed), now=NOW, rate=rate) == believed


# What is written down


def test_pages_and_seconds_add_up_and_the_last_page_is_remembered(
    papers: list[Document], opens: Open, clients: Clients, room: Room
) -> None:
    opening = opens("delegate", papers[0])
    assert report(clients["delegate"], opening, pages="1-2", seconds="0", page="2").status_code == 204
    later(20)
    report(clients["delegate"], opening, pages="4", seconds="15", page="4")
    later(20)
    report(clients["delegate"], opening, pages="4,40", seconds="10", page="99")
    row = Reading.objects.get()
    assert (row.pages_seen, row.seconds, row.last_page) == ("1101000000", 25, 10)
    assert (row.version, row.participant) == (newest(papers[0]), room.people["delegate"])


def test_two_windows_with_one_paper_count_once(papers: list[Document], opens: Open, clients: Clients) -> None:
    first, second = opens("delegate", papers[0]), opens("delegate", papers[0])
    report(clients["delegate"], first, seconds="0")
    later(15)
    report(clients["delegate"], first, seconds="15")
    report(clients["delegate"], second, seconds="15")
    assert Reading.objects.get().seconds in (15, 16)


def test_a_page_of_the_packet_belongs_to_its_paper(papers: list[Document], opens: Open, clients: Clients, room: Room) -> None:
    versions = [newest(papers[1]).pk, newest(papers[0]).pk]  # 3 + 10 pages behind two of the front
    packet = Binding.objects.create(meeting=room.meeting, key="k", versions=versions, pages=15, made_at=timezone.now())
    opening = opens("delegate", packet)
    assert report(clients["delegate"], opening, pages="1-4,8", seconds="9", page="8").status_code == 204
    rows = {row.version_id: row for row in Reading.objects.all()}
    assert rows[versions[0]].pages_seen == "110"
    assert (rows[versions[1]].pages_seen, rows[versions[1]].last_page) == ("0010000000", 3)


@pytest.mark.parametrize(
    "body",
    [{"pages": "0"}, {"pages": "x"}, {"seconds": "-1"}, {"seconds": "many"}, {"page": "0"}, {"page": "9" * 30}, {"page": ""}],
)
def test_what_is_no_report_is_400_and_changes_nothing(
    body: dict[str, str], papers: list[Document], opens: Open, clients: Clients
) -> None:
    assert report(clients["delegate"], opens("delegate", papers[0]), **body).status_code == 400
    assert not Reading.objects.exists()


# Whose it is


def test_somebody_else_s_copy_is_not_there(papers: list[Document], opens: Open, clients: Clients) -> None:
    opening = opens("delegate", papers[0])
    assert {report(clients[who], opening).status_code for who in ("guest", "chair", "secretary", "secretariat")} == {404}
    assert not Reading.objects.exists()


@pytest.mark.parametrize("code", ["%00", "ABCD%00FGHJKM", "abcd", "%F0%9F%98%80", "A" * 3000])
def test_what_is_no_code_is_not_there(code: str, room: Room, clients: Clients) -> None:
    address = f"/m/{room.meeting.slug}/papers/progress/{code}/"
    with CaptureQueriesContext(connection) as caught:
        answer = clients["delegate"].post(address, {"pages": "1", "seconds": "5", "page": "1"})
    assert answer.status_code == 404
    assert not [one for one in caught if "packets_opening" in one["sql"]], "no database is asked for it"


def test_a_copy_of_another_meeting_is_not_there(papers: list[Document], opens: Open, clients: Clients, cast: Cast) -> None:
    elsewhere = furnish(suffix="-2")
    make_paper(elsewhere.meeting)
    opening = opens("secretary", papers[0])
    Opening.objects.filter(pk=opening.pk).update(meeting=elsewhere.meeting)
    assert report(clients["secretary"], opening).status_code == 404


def test_after_the_recall_nothing_is_taken_any_more(papers: list[Document], opens: Open, clients: Clients) -> None:
    opening = opens("delegate", papers[0])
    report(clients["delegate"], opening)
    recall(papers[0].releases.get())
    assert report(clients["delegate"], opening, pages="1-9").status_code == 404
    assert Reading.objects.get().pages_seen == "1000000000"


def test_a_packet_with_a_recalled_paper_reports_nothing(
    papers: list[Document], opens: Open, clients: Clients, room: Room
) -> None:
    versions = [newest(paper).pk for paper in papers]
    packet = Binding.objects.create(meeting=room.meeting, key="k", versions=versions, pages=15, made_at=timezone.now())
    opening = opens("delegate", packet)
    recall(papers[1].releases.get())
    assert report(clients["delegate"], opening).status_code == 404


def test_a_report_costs_few_queries(
    papers: list[Document], opens: Open, clients: Clients, django_assert_max_num_queries: Any
) -> None:
    opening, client = opens("delegate", papers[0]), clients["delegate"]
    report(client, opening)
    with django_assert_max_num_queries(17):
        report(client, opening, pages="2")
