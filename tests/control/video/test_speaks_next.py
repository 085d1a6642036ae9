"""The bridge point that speaks next is marked on its console and in the control room, by the order of the list of speakers."""

from __future__ import annotations

import pytest
from django.test import Client

from live.board import board, next_site
from live.state import RoomState, read_state
from tests.cast import Clients, Room
from tests.make import ask_for_floor, give_floor, open_the_item, open_the_meeting

pytestmark = pytest.mark.django_db


def state_of(room: Room) -> RoomState:
    return read_state(room.meeting.pk, "default")


def marked(room: Room) -> list[int]:
    state = state_of(room)
    shown = board(state, {}, next((s for s in state.speeches if s.state == "speaking"), None))
    return [tile.id for tile in (*shown.troubles, *shown.tiles) if tile.is_next]


def test_the_first_line_that_waits_marks_its_bridge_point_until_it_speaks(room: Room) -> None:
    open_the_meeting(room.meeting)
    assert next_site(state_of(room)) is None
    open_the_item(room.items[0])
    first, second = ask_for_floor(room.people["delegate"]), ask_for_floor(room.people["ha_tinh"])
    assert (next_site(state_of(room)), marked(room)) == (room.lao_cai.pk, [room.lao_cai.pk])
    give_floor(first)
    assert marked(room) == [room.sites[2].pk]
    give_floor(second, ending=first)
    assert marked(room) == []


def test_its_console_says_so_and_the_control_room_too(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    ask_for_floor(room.people["delegate"])
    said = "Prepare: this bridge point speaks next"
    page = english(clients["technician"], f"/m/{room.meeting.slug}/console/")
    assert f'data-sites="{room.lao_cai.pk}" id="next-{room.lao_cai.pk}"' in page
    assert said in page
    assert '<span class="next">' in english(clients["secretary"], f"/m/{room.meeting.slug}/control/")


def english(browser: Client, page: str) -> str:
    browser.cookies["django_language"] = "en"
    return browser.get(page).content.decode()
