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
    mark_present(*people[: number // 2 + 1])
    client = clients["secretary"]
    client.get(f"/m/{room.meeting.slug}/participants/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(f"/m/{room.meeting.slug}/participants/")
    assert answer.context["page"].paginator.count == number + 12
    assert len(asked) == QUERIES
    assert len(answer.content) < PAGE_LIMIT


QUERIES = 12
