"""The control room's pages: the board for 35 and for 3,321 bridge points, the search, the lines, what each of them costs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext

from control.actions import acknowledge_site_command, send_message
from control.models import Message
from control.receipts import mark_read
from live.board import TROUBLES_SHOWN, group_tiles
from live.finding import find
from live.hand import AnnouncementState, DisplayState, Hand, Missing, OutageState, SiteCommandState, ThreadState
from live.links import Link
from live.rendering import render_parts
from live.state import RoomState, SiteState
from live.templatetags.hand import lasting
from tests.cast import Cast, Room
from tests.live.test_screens import START, at, item, room, site
from tests.make import (
    actor_of,
    make_bridge_points,
    make_message,
    make_site_command,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

PROVINCES = 34
MOST = 64 * 1024  # bytes of a part


def conference(communes: int) -> RoomState:
    """A running meeting of the central bridge point, the provinces and so many communes, spread over them."""
    own = [site(n, present=2) for n in range(1, PROVINCES + 2)]
    below = [
        replace(site(100 + n), short_name=f"Xã Tân Tiến {n}", name=f"Điểm cầu xã Tân Tiến {n}", parent_id=2 + n % PROVINCES)
        for n in range(communes)
    ]
    return room(item(1, 10, "open", opened=0), sites=(*own, *below))


def links_of(state: RoomState, lost_every: int = 0) -> dict[int, Link]:
    return {
        s.id: Link(connected=not (lost_every and n % lost_every == 0), since=at(1), round_trip=20 + n % 90, number=1)
        for n, s in enumerate(state.sites)
    }


def control_room(state: RoomState, part: str, links: dict[int, Link] | None = None) -> str:
    return render_parts("control", "vi", state, links or {}, only=[part])[part]


# The board


def test_35_bridge_points_have_a_tile_each_with_shape_round_trip_and_people() -> None:
    state = conference(0)
    html = control_room(state, "board", links_of(state))
    assert html.count("data-site-tile=") == 35
    assert html.count('class="shape ok"') == 35
    assert "20 ms" in html
    assert "2/3" in html
    assert len(html.encode()) < MOST


def test_a_tile_says_by_how_many_numbers_it_is_behind_and_how_often_it_was_lost() -> None:
    state = replace(conference(0), number=43, hand=Hand(outages_by_site={3: 2}))
    links = links_of(state) | {3: Link(connected=True, since=at(1), round_trip=31, number=40, behind=3)}
    tile = re.search(r'<li class="tile trouble warn" id="tile-3">.*?</li>', control_room(state, "board", links), re.S)
    assert tile is not None
    assert re.search(r'class="state">[^<]*\b3 ', tile[0])
    assert ("31 ms" in tile[0], re.search(r'class="note">[^<]*\b2 ', tile[0]) is not None) == (True, True)


def test_few_troubles_carry_their_buttons_and_many_are_small() -> None:
    state = conference(0)
    few, many = (control_room(state, "board", links_of(state, lost_every=n)) for n in (12, 4))
    assert few.count("<run-timer") == 3
    assert few.count('data-thread="') == 3
    assert many.count("<run-timer") == 9
    assert "data-thread" not in many


def test_all_lost_at_once_are_all_shown_where_there_are_no_groups() -> None:
    state = conference(0)
    html = control_room(state, "board", links_of(state, lost_every=1))
    assert html.count("<run-timer") == html.count("data-site-tile=") == 35
    assert len(html.encode()) < MOST


def test_3321_bridge_points_stand_in_groups_and_the_part_stays_small() -> None:
    state = conference(3321 - 35)
    html = control_room(state, "board", links_of(state, lost_every=5))
    assert html.count("<details") == 35
    assert html.count("<run-timer") == TROUBLES_SHOWN
    assert f">{665 - TROUBLES_SHOWN}<" not in html
    assert "3321" in html
    assert len(html.encode()) < MOST


def test_every_part_of_a_full_desk_stays_small() -> None:
    state = conference(3321 - 35)
    names = [(s.id, s.short_name) for s in state.sites]
    state = replace(
        state,
        hand=Hand(
            site_commands=tuple(
                SiteCommandState(n, "other", "x" * 500, START, "Thư ký", (), 3321, 3000, 2000, 100,
                                 tuple(Missing(pk, name, "seen") for pk, name in names[:40]))
                for n in range(12)
            ),
            threads=tuple(ThreadState(pk, name, "technical", pk, START, 1, 0) for pk, name in names),
            displays=tuple(DisplayState(pk, f"Màn hình lớn bên trái hội trường {name}", pk, "auto", None) for pk, name in names),
            announcements=tuple(AnnouncementState(n, "x" * 500, START, "Thư ký", ()) for n in range(12)),
            outages=tuple(OutageState(pk, pk, name, START, None) for pk, name in names[:30]),
            outages_total=900,
            open_outages=dict.fromkeys((pk for pk, _name in names[:30]), START),
        ),
    )  # fmt: skip
    rendered = render_parts("control", "vi", state, {})
    assert {name: len(html.encode()) for name, html in rendered.items() if len(html.encode()) > MOST} == {}
    assert "3321" in rendered["orders"]


def test_a_command_everybody_has_acknowledged_folds_up() -> None:
    done = SiteCommandState(1, "recess", "Nghỉ 10 phút", START, "Thư ký", (), 35, 35, 35, 35, ())
    waits = replace(done, id=2, acknowledged=33, missing=(Missing(3, "Cà Mau", ""), Missing(4, "Huế", "seen")))
    html = control_room(replace(conference(0), hand=Hand(site_commands=(waits, done))), "orders")
    folded, told = html.partition('id="order-1"')[2], html.partition('id="order-1"')[0]
    assert ("reach" in told, "reach" in folded) == (True, False)
    assert re.findall(r'data-thread="(\d+)"><span class="shape ?(\w*)"></span>([^<]+)', told) == [
        ("3", "bad", "Cà Mau"),
        ("4", "", "Huế"),
    ]
    assert 'value="33/35"' in told


@pytest.mark.parametrize(("seconds", "told"), [(0, "00:00"), (134, "02:14"), (3725, "1:02:05")])
def test_an_outage_is_told_in_minutes_and_from_one_hour_on_in_hours(seconds: int, told: str) -> None:
    assert lasting(OutageState(1, 1, "Huế", START, START + timedelta(seconds=seconds))) == told
    assert lasting(OutageState(1, 1, "Huế", START, None)) == ""


# The search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Lào Cai", "Xã Cai Lậy", "Đà Nẵng"]),
        ("lao cai", ["Lào Cai", "Xã Cai Lậy"]),
        ("CAI", ["Xã Cai Lậy", "Lào Cai"]),
        ("da nang", ["Đà Nẵng"]),
        ("ai", []),
        ("xa cai", ["Xã Cai Lậy"]),
    ],
)
def test_a_bridge_point_is_found_with_or_without_its_marks(typed: str, found: list[str]) -> None:
    sites: list[SiteState] = [
        replace(site(n), short_name=name, name=name, parent_id=parent)
        for n, (name, parent) in enumerate([("Lào Cai", None), ("Xã Cai Lậy", 1), ("Đà Nẵng", None)], 1)
    ]
    assert sorted(s.short_name for s in find(sites, typed)) == sorted(found)
    assert find(sites, "lao")[0].short_name == "Lào Cai"


def test_the_group_of_a_province_is_the_province_with_its_communes() -> None:
    state = conference(68)
    assert {t.id for t in group_tiles(state, {}, None, 2)} == {2, 100, 134}


# The fragments


def said(client: Client, room: Room, line: str = "technical") -> str:
    answer = client.get(f"/m/{room.meeting.slug}/lines/{room.lao_cai.pk}/{line}/")
    assert answer.status_code == 200
    return answer.content.decode()


def write_from_site(room: Room, cast: Cast, text: str) -> Message:
    by = actor_of(room.meeting, cast["operator"])
    return send_message(room.meeting, by=by, bridge_point=room.lao_cai, line="technical", text=text, at_site=True)


def test_each_side_of_a_line_sees_the_other_s_messages_as_unread_until_it_has_read_them(
    room: Room, cast: Cast, clients: dict[str, Client]
) -> None:
    sent, answered = make_message(room.lao_cai, "Nghe rõ không?"), write_from_site(room, cast, "Rõ <b>rồi</b>")
    here, there = said(clients["secretary"], room), said(clients["operator"], room)
    assert re.findall(r'data-seen="message:(\d+)"', here) == [str(answered.pk)]
    assert re.findall(r'data-seen="message:(\d+)"', there) == [str(sent.pk)]
    assert "Rõ &lt;b&gt;rồi&lt;/b&gt;" in here
    mark_read(room.lao_cai.pk, "technical", False, answered.pk)
    assert "data-seen" not in said(clients["secretary"], room)
    assert 'class="shape ok"' in said(clients["operator"], room)


def test_the_two_lines_never_mix(room: Room, clients: dict[str, Client]) -> None:
    make_message(room.lao_cai, "Của kỹ thuật")
    make_message(room.lao_cai, "Của chủ tọa", line="chair")
    assert "Của chủ tọa" not in said(clients["secretary"], room)
    assert "Của kỹ thuật" not in said(clients["chair"], room, "chair")
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/lines/{room.lao_cai.pk}/other/").status_code == 404
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/lines/999999/chair/").status_code == 404


def test_bridge_points_are_offered_by_name_and_a_group_opens(room: Room, clients: dict[str, Client]) -> None:
    base, client = f"/m/{room.meeting.slug}/control", clients["secretary"]
    offered = client.get(f"{base}/find/", {"q": "ca mau", "choose": ""}).content.decode()
    assert re.findall(r'data-choice="(\d+)" data-name="([^"]+)"', offered) == [(str(room.sites[3].pk), "Cà Mau")]
    assert client.get(f"{base}/find/").content.decode().count("data-site-tile=") == 4
    assert client.get(f"{base}/group/{room.lao_cai.pk}/").content.decode().count("data-site-tile=") == 1
    assert client.get(f"{base}/group/999999/").status_code == 404


def test_the_page_tells_who_has_not_acknowledged(room: Room, cast: Cast, clients: dict[str, Client]) -> None:
    made = make_site_command(room.meeting)
    operator = actor_of(room.meeting, cast["operator"])
    acknowledge_site_command(room.meeting, by=operator, site_command=made, bridge_point=room.lao_cai)
    html = clients["secretary"].get(f"/m/{room.meeting.slug}/control/").content.decode()
    missing = re.findall(r'data-thread="\d+"><span class="shape bad"></span>([^<]+)', html)
    assert set(missing) == {"Trung tâm", "Hà Tĩnh", "Cà Mau"}


def test_a_chair_in_the_control_room_has_the_chair_s_line_only(room: Room, clients: dict[str, Client]) -> None:
    html = clients["chair"].get(f"/m/{room.meeting.slug}/control/").content.decode()
    assert 'data-own="chair"' in html
    assert "data-choose-line" not in html
    assert 'data-command="displays.steer"' not in html
    assert 'data-own="chair"' in clients["chair"].get(f"/m/{room.meeting.slug}/chair/").content.decode()


def test_a_chair_is_told_before_the_question_that_an_open_item_keeps_the_meeting_from_being_adjourned(
    room: Room, clients: dict[str, Client]
) -> None:
    def steps() -> str:
        return clients["chair"].get(f"/m/{room.meeting.slug}/chair/").content.decode()

    told = gettext("Item %(number)s is open. Close it first.") % {"number": "1"}
    open_the_meeting(room.meeting)
    assert "do/meeting.adjourn/" in steps()
    assert told not in steps()
    open_the_item(room.items[0])
    assert "do/meeting.adjourn/" not in steps()
    assert told in steps()


COSTS = {"lines/{site}/technical/": 7, "control/find/?q=a": 34, "control/group/{site}/": 34}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_fragment_costs_the_same_for_one_row_and_for_thirty(rows: int, room: Room, clients: dict[str, Client]) -> None:
    by = the_secretariat()
    for n in range(rows):
        send_message(room.meeting, by=by, bridge_point=room.lao_cai, line="technical", text=f"{n}", at_site=False)
    make_bridge_points(room.meeting, *(f"Xã {n}" for n in range(rows)))
    found = {}
    for page in COSTS:
        url = f"/m/{room.meeting.slug}/{page.format(site=room.lao_cai.pk)}"
        assert clients["secretary"].get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            clients["secretary"].get(url)
        found[page] = len(asked)
    assert found == COSTS
