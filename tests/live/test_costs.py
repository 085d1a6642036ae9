"""What each page costs the database: a literal number of queries, the same for one row and for thirty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda import actions as agenda
from attendance.bodies.actions import BODY_LIMIT
from attendance.halls.actions import enter_hall_count
from attendance.roll_call.actions import open_roll_call
from control.tokens import token_of
from live.audience import holding, viewer_of
from live.rendering import render_parts
from live.screens import SCREENS
from live.snapshot import snapshot
from live.state import read_state
from meetings import actions
from people.models import User
from people.provinces import PROVINCES
from tests.cast import Room
from tests.counting_doors import make_body
from tests.make import (
    actor_of,
    ask_for_floor,
    make_asked_unit,
    make_bridge_points,
    make_display,
    make_item,
    make_meeting,
    make_participants,
    make_user,
    mark_present,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db

READING = 28  # a whole room, for the hub
JUDGING = 3  # whether the lines of focal points still stand: their accounts, their organisations, who is asked
COSTS = {
    "": 9,  # three of them: minutes that wait for a reader, papers that wait for their addressee, slips that wait for an answer
    "m/{slug}/": 23,
    "m/{slug}/programme/": 5,
    "m/{slug}/participants/": 5,
    "m/{slug}/bridge-points/": 10,
    "m/{slug}/displays/": 10,
    "m/{slug}/control/": 36,
    "m/{slug}/chair/": 38,
    "m/{slug}/delegate/": 38,
    "m/{slug}/console/": 49,
    "m/{slug}/console/{site}/hall/": 9,
    "m/{slug}/console/{site}/acks/": 6,
    "m/{slug}/live/?screen=control": 34,
    "m/{slug}/live/ticket/?screen=control": 4,
    "d/{token}/": 33,
    "d/{token}/live/": 33,
    "d/{token}/ticket/": 3,
}


def fill(room: Room, rows: int) -> None:
    """Give a running meeting `rows` more of everything there is."""
    meeting, by = room.meeting, the_secretariat()
    display = make_display(meeting)
    assert display.pk
    sites = make_bridge_points(meeting, *(f"Xã {n}" for n in range(rows)))
    people = [p for n, site in enumerate(sites) for p in make_participants(meeting, [f"Người {n}"], site=site)]
    people += make_participants(meeting, [f"Người của hội trường {n}" for n in range(rows)], site=room.lao_cai)
    for n in range(rows):
        make_item(meeting, f"Nội dung {n}")
        make_display(meeting, f"Màn {n}")
        make_meeting(title=f"Hội nghị khác {n}")
    open_the_meeting(meeting)
    actions.suspend_meeting(meeting, by=by)
    actions.resume_meeting(meeting, by=by)
    open_the_item(room.items[0])
    mark_present(*people)
    agenda.defer_item(meeting, by=by, item=room.items[3])
    for person in people[:rows]:
        ask_for_floor(person)
    for n in range(min(rows, BODY_LIMIT)):
        make_body(meeting, f"Cơ quan {n}")
    for site in sites:
        enter_hall_count(meeting, by=by, bridge_point=site, present=5)
    open_roll_call(meeting, by=by)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_costs_the_same_for_one_row_and_for_thirty(rows: int, room: Room, clients: dict[str, Client]) -> None:
    fill(room, rows)
    token = token_of(room.meeting.displays.order_by("pk")[0])
    found = {}
    for page in COSTS:
        client = clients["administrator" if page == "" else "secretary"]
        url = "/" + page.format(slug=room.meeting.slug, site=room.lao_cai.pk, token=token)
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        found[page] = len(asked)
    assert found == COSTS


@pytest.mark.parametrize("rows", [1, 30])
def test_reading_a_room_costs_the_same_for_one_row_and_for_thirty(rows: int, room: Room) -> None:
    fill(room, rows)
    with snapshot() as using, CaptureQueriesContext(connection) as asked:
        state = read_state(room.meeting.pk, using)
    assert len(state.sites) == 4 + rows
    assert len(asked) == READING


def test_rendering_asks_nothing(room: Room) -> None:
    fill(room, 3)
    with snapshot() as using:
        state = read_state(room.meeting.pk, using)
    with CaptureQueriesContext(connection) as asked:
        for screen in SCREENS:
            render_parts(screen, "vi", state, {})
    assert len(asked) == 0


@pytest.mark.parametrize("units", [1, 30])
def test_the_lines_of_many_focal_points_are_judged_together(room: Room, units: int) -> None:
    focal_points = []
    for code, name, _committee in PROVINCES[:units]:
        unit = make_asked_unit(room.meeting, name).organisation
        focal_points.append(make_user(f"focal-{code}", office_role=User.OfficeRole.FOCAL_POINT, organisation=unit))
    tickets = [viewer_of(room.meeting, actor_of(room.meeting, user), "delegate", "vi", None).ticket for user in focal_points]
    with CaptureQueriesContext(connection) as asked:
        assert holding(tickets) == set(tickets)
    assert len(asked) == JUDGING, [query["sql"] for query in asked]
