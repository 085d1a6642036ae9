"""Who speaks and who never does, over the meetings of a series."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.speakers.history import rows_of
from meetings.models import Meeting, Series
from sheets import read
from tests.cast import Room
from tests.make import ask_for_floor, give_floor, make_bridge_points, make_participants, mark_present
from tests.speakers_doors import in_discussion, wishes

pytestmark = pytest.mark.django_db
COST = 10


@pytest.fixture
def held(room: Room) -> Room:
    """The room as a meeting of a series: Lào Cai has spoken, Cà Mau has asked, Hà Tĩnh has not."""
    in_discussion(room)
    speech, _waits = wishes(room, "delegate", "ca_mau")
    give_floor(speech)
    series = Series.objects.create(title="Hội nghị hằng năm")
    Meeting.objects.filter(pk=room.meeting.pk).update(series=series)
    room.meeting.refresh_from_db()
    return room


def test_who_has_never_spoken_stands_first_and_whose_wish_was_not_reached_before_others(held: Room) -> None:
    rows = rows_of([held.meeting])
    assert [(row.name, row.whole.spoken, row.whole.not_reached) for row in rows] == [
        ("Điểm cầu Cà Mau", 0, 1), ("Điểm cầu Hà Tĩnh", 0, 0), ("Điểm cầu Lào Cai", 1, 0),
    ]  # fmt: skip


def test_the_page_finds_a_unit_and_says_who_was_not_there(held: Room, clients: dict[str, Client]) -> None:
    assert held.meeting.series_id
    page = f"/series/{held.meeting.series_id}/speaking/"
    html = clients["secretariat"].get(page, {"q": "ca mau"}).content.decode()
    assert "Điểm cầu Cà Mau" in html
    assert "Điểm cầu Hà Tĩnh" not in html
    assert clients["secretary"].get(page).status_code == 403


def test_the_file_has_every_unit(held: Room, clients: dict[str, Client]) -> None:
    found = clients["secretariat"].get(f"/series/{held.meeting.series_id}/speaking.xlsx")
    rows = read(found.content, "phat-bieu.xlsx").rows
    assert [next(iter(row.cells.values())).text for row in rows] == ["Điểm cầu Cà Mau", "Điểm cầu Hà Tĩnh", "Điểm cầu Lào Cai"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_one_unit_and_for_thirty(rows: int, held: Room, clients: dict[str, Client]) -> None:
    for n, site in enumerate(make_bridge_points(held.meeting, *(f"Xã {n}" for n in range(rows)))):
        (person,) = make_participants(held.meeting, [f"Người {n}"], site=site)
        mark_present(person)
        ask_for_floor(person)
    page = f"/series/{held.meeting.series_id}/speaking/"
    assert clients["secretariat"].get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        clients["secretariat"].get(page)
    assert len(asked) == COST
