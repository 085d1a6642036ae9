"""The list of bridge points: whole in the page for a few dozen, in pages that the server searches for thousands."""

from __future__ import annotations

import pytest
from django.test import Client

from attendance.queries import search
from meetings.forms import AddParticipants
from meetings.models import BridgePoint, Meeting
from meetings.views import SITES_ON_A_PAGE
from tests.cast import Room
from tests.make import make_participants, the_secretariat

pytestmark = pytest.mark.django_db


def communes(meeting: Meeting, under: BridgePoint, count: int) -> list[BridgePoint]:
    """Put many bridge points under another one."""
    return BridgePoint.objects.bulk_create(
        BridgePoint(meeting=meeting, parent=under, number=1000 + n, name=f"Xã 15-{n:03}", short_name=f"Xã 15-{n:03}")
        for n in range(1, count + 1)
    )


def test_a_few_are_whole_in_the_page(room: Room, clients: dict[str, Client]) -> None:
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/bridge-points/")
    assert b'data-search="sites"' in page.content
    assert b'name="q"' not in page.content


def test_thousands_come_in_pages_and_are_found_by_the_server(room: Room, clients: dict[str, Client]) -> None:
    communes(room.meeting, room.lao_cai, SITES_ON_A_PAGE)
    url = f"/m/{room.meeting.slug}/bridge-points/"
    page = clients["secretary"].get(url)
    assert len(page.context["rows"]) == SITES_ON_A_PAGE
    assert b'data-search="sites"' not in page.content
    rest = clients["secretary"].get(url + "?page=2").context["rows"]
    assert f"Xã 15-{SITES_ON_A_PAGE}" in {row.name for row in rest}
    found = clients["secretary"].get(url + "?q=xã+15-017").context["rows"]
    assert [row.name for row in found] == ["Xã 15-017"]
    assert clients["secretary"].get(url + "?q=nowhere%00").status_code == 200


def test_people_are_filtered_by_a_province_with_its_communes(room: Room, clients: dict[str, Client]) -> None:
    hall = communes(room.meeting, room.lao_cai, 150)[0]
    make_participants(room.meeting, ["Đại biểu xã 15-001-1"], site=hall)
    found = {p.name for p in search(room.meeting, {"site": str(room.lao_cai.pk)})}
    assert {"Giàng A Đại", "Đại biểu xã 15-001-1"} <= found
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/participants/?site={hall.pk}")
    offered = [pk for pk, _name in page.context["sites"]]
    assert hall.pk in offered
    assert len(offered) < 50
    assert [p.name for p in page.context["page"]] == ["Đại biểu xã 15-001-1"]


def test_the_select_of_bridge_points_offers_all_and_marks_the_chosen_one(room: Room) -> None:
    form = AddParticipants({"bridge_point": str(room.lao_cai.pk)}, meeting=room.meeting, by=the_secretariat())
    html = str(form["bridge_point"])
    assert html.count("<option") == 1 + room.meeting.bridge_points.count()
    assert f'<option value="{room.lao_cai.pk}" selected>{room.lao_cai.name}</option>' in html
    assert html.count(" selected") == 1
    BridgePoint.objects.filter(pk=room.lao_cai.pk).update(name="<b>'&")
    assert "&lt;b&gt;&#x27;&amp;</option>" in str(form["bridge_point"])
    assert 'name="bridge_point"' in html
