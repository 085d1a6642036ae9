"""The list of bridge points: whole in the page for a few dozen, in pages that the server searches for thousands."""

from __future__ import annotations

import pytest
from django.test import Client

from attendance.queries import search
from meetings.forms import AddParticipants
from meetings.models import BridgePoint, Meeting
from meetings.sites.views import SITES_ON_A_PAGE
from tests.cast import Room
from tests.make import make_participants, the_secretariat

pytestmark = pytest.mark.django_db


def communes(meeting: Meeting, under: BridgePoint, count: int) -> list[BridgePoint]:
    """Put many bridge points under another one."""
    return BridgePoint.objects.bulk_create(
        BridgePoint(meeting=meeting, parent=under, number=1000 + n, name=f"Xã 15-{n:03}", short_name=f"Xã 15-{n:03}")
        for n in range(1, count + 1)
    )


def test_the_tree_opens_level_by_level(room: Room, clients: dict[str, Client]) -> None:
    communes(room.meeting, room.lao_cai, 3)
    url = f"/m/{room.meeting.slug}/bridge-points/"
    page = clients["secretary"].get(url)
    assert [row.pk for row in page.context["rows"]] == [site.pk for site in room.sites]
    branch = clients["secretary"].get(f"{url}{room.lao_cai.pk}/under/").content.decode()
    assert branch.count('data-level="1"') == 3
    assert clients["secretary"].get(f"{url}{'9' * 30}/under/").status_code == 404


def test_thousands_come_in_pages_and_are_found_by_the_server(room: Room, clients: dict[str, Client]) -> None:
    communes(room.meeting, room.lao_cai, SITES_ON_A_PAGE + 20)
    url = f"/m/{room.meeting.slug}/bridge-points/"
    page = clients["secretary"].get(url + "?q=xa+15")
    assert len(page.context["rows"]) == SITES_ON_A_PAGE
    rest = clients["secretary"].get(url + "?q=xa+15&page=2").context["rows"]
    assert f"Xã 15-{SITES_ON_A_PAGE + 20}" in {row.name for row in rest}
    for sought in ("xã+15-017", "xa+15-017", "lao+cai+017"):
        assert [row.name for row in clients["secretary"].get(f"{url}?q={sought}").context["rows"]] == ["Xã 15-017"], sought
    assert clients["secretary"].get(url + "?q=nowhere%00&kind=x&lacks=%27&sort=--").status_code == 200


def test_people_are_filtered_by_a_province_with_its_communes(room: Room, clients: dict[str, Client]) -> None:
    hall = communes(room.meeting, room.lao_cai, 150)[0]
    make_participants(room.meeting, ["Đại biểu xã 15-001-1"], site=hall)
    found = {p.name for p in search(room.meeting, {"site": str(room.lao_cai.pk)})}
    assert {"Giàng A Đại", "Đại biểu xã 15-001-1"} <= found
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/participants/?site={hall.pk}")
    offered = str(page.context["site_options"])
    assert f'<option value="{hall.pk}" selected>' in offered
    assert offered.count("<option") < 50
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
