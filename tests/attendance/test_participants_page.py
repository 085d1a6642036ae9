"""The list of participants: searched, filtered, paged, and as cheap for thousands as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Room
from tests.make import make_participants, mark_present

pytestmark = pytest.mark.django_db
PAGE_LIMIT = 300_000  # characters


def names(client: Client, room: Room, query: str) -> set[str]:
    answer = client.get(f"/m/{room.meeting.slug}/participants/?{query}")
    assert answer.status_code == 200
    return {p.name for p in answer.context["page"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=Giàng", {"Giàng A Đại"}), ("q=Cà+Mau", {"Lâm Út Tư"}), ("q=Bí+thư", {"Giàng A Đại"}),
        ("role=guest", {"Lê Văn Khách"}),
        ("state=present", {"Phan Đình Ba"}), ("state=absent", {"Lâm Út Tư"}), ("q=không+ai", set()),
        ("q=&role=chair&state=unmarked", {"Nguyễn Văn Chủ"}),
    ],
)  # fmt: skip
def test_people_are_found(query: str, expected: set[str], room: Room, clients: dict[str, Client]) -> None:
    mark_present(room.people["ha_tinh"])
    mark_present(room.people["ca_mau"], state="absent")
    assert names(clients["secretary"], room, query) == expected


def test_people_of_a_bridge_point_are_found(room: Room, clients: dict[str, Client]) -> None:
    found = names(clients["secretary"], room, f"site={room.lao_cai.pk}")
    assert found == {"Giàng A Đại", "Lý Thị Vận", "Hoàng Văn Kỹ", "Vàng Seo Hai"}


HOSTILE = [
    "'",
    "%",
    "_",
    "\\",
    "%00",
    "<script>",
    "a" * 3000,
    "%F0%9F%8C%BE",
    "1' OR '1'='1",
    "9" * 30,
    "9" * 5000,
    "-1",
    "٣",
    "²",
]


@pytest.mark.postgres
def test_no_query_breaks_a_page(room: Room, clients: dict[str, Client]) -> None:
    base = f"/m/{room.meeting.slug}"
    queries = {f"{base}/participants/": ("q", "role", "site", "state", "page")}
    queries |= {f"{base}/live/": ("screen", "site", "after", "epoch"), f"{base}/live/ticket/": ("screen", "site")}
    for page, fields in queries.items():
        for field in fields:
            for text in HOSTILE:
                good = "" if field == "screen" else "screen=console&"
                answer = clients["secretary"].get(f"{page}?{good}{field}={text}")
                assert answer.status_code in (200, 403, 404), (page, field, text)
                assert b"<script>" not in answer.content


@pytest.mark.parametrize("number", [1, 30, 300, 3000])
def test_the_list_costs_the_same_for_one_and_for_thousands(number: int, room: Room, clients: dict[str, Client]) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(number)], site=room.lao_cai)
    client = clients["secretary"]
    client.get(f"/m/{room.meeting.slug}/participants/")
    mark_present(*people[: number // 2 + 1])
    found = []
    for _time in ("after a change", "again"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/m/{room.meeting.slug}/participants/")
        found.append(len(asked))
    assert answer.context["page"].paginator.count == number + 12
    assert found == QUERIES
    assert len(answer.content) < PAGE_LIMIT


QUERIES = [13, 5]


def test_a_list_that_has_not_changed_is_not_sent_again(room: Room, clients: dict[str, Client]) -> None:
    client, url = clients["secretary"], f"/m/{room.meeting.slug}/participants/"
    there = {"host": "127.0.0.1"}
    tag = client.get(url, headers=there)["ETag"]
    assert client.get(url, headers=there | {"if-none-match": tag}).status_code == 304
    mark_present(room.people["ha_tinh"])
    after = client.get(url, headers=there | {"if-none-match": tag})
    assert after.status_code == 200
    assert after["ETag"] != tag
    assert 'class="chip ok"' in after.content.decode()


def test_a_row_holds_no_words_that_act(room: Room, clients: dict[str, Client]) -> None:
    make_participants(room.meeting, ['<b onclick="x">Tên</b>'])
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/participants/").content.decode()
    assert "<b onclick" not in page
    assert page.count("&lt;b onclick=&quot;x&quot;&gt;Tên&lt;/b&gt;") == 4


def test_the_list_says_who_is_excused_online_and_in_whose_place(room: Room, clients: dict[str, Client]) -> None:
    meeting = room.meeting
    (one, other) = make_participants(meeting, ["Người Thứ Nhất", "Người Thứ Hai"])
    meeting.participants.filter(pk=one.pk).update(is_excused=True)
    meeting.participants.filter(pk=other.pk).update(mode="online", substitute_for=one)
    page = clients["secretary"].get(f"/m/{meeting.slug}/participants/?q=Người+Thứ").content.decode()
    rows = page[page.index('<tbody id="people">') : page.index("</tbody>")]
    assert rows.count("chip warn") == rows.count('<span class="tag">') == 1
    assert "Người Thứ Nhất</span></td><td>" in rows
