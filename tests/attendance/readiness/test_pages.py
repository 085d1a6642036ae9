"""The board of readiness and the page of one bridge point: what they show, in how many queries, and as a file."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from attendance.readiness.answers import readiness_step
from attendance.readiness.board import FAULT, NONE, READY, UNDER_WAY, Tile, groups_of, narrowed, worst_first
from attendance.readiness.models import Point
from attendance.readiness.queries import tiles_of
from meetings import clock
from sheets import read_grid
from tests.cast import Clients, Room
from tests.checking_doors import crew_of, make_check
from tests.knocking import knock
from tests.make import make_bridge_points

BOARD = "/m/{slug}/readiness/"


def board_of(room: Room, query: str = "") -> str:
    return BOARD.format(slug=room.meeting.slug) + query


def furnish(room: Room) -> None:
    """One bridge point of each state."""
    make_check(room.sites[3])
    make_check(room.sites[2], marked=False, signed=False)
    make_check(room.lao_cai, by=crew_of(room), fault="backup_line")


def test_the_worst_stands_first_and_the_numbers_on_top(room: Room, clients: Clients) -> None:
    furnish(room)
    page = clients["chair"].get(board_of(room))
    assert [tile.state for tile in page.context["tiles"]] == [FAULT, NONE, UNDER_WAY, READY]
    totals = page.context["totals"]
    assert (totals.total, totals.ready, totals.faults, totals.under_way, totals.none) == (4, 1, 1, 1, 1)
    assert "Không có tín hiệu" in page.content.decode()
    assert [tile.state for tile in clients["chair"].get(board_of(room, "?state=fault")).context["tiles"]] == [FAULT]
    assert [tile.short_name for tile in clients["chair"].get(board_of(room, "?q=lao+cai")).context["tiles"]] == ["Lào Cai"]


def test_a_tile_says_how_long_ago_in_one_unit() -> None:
    ago = {5: 5, 59: 59, 119: 60, 1060: 1020, 1440: 1440, 4000: 2880}
    assert [Tile(1, 1, "", "", None, minutes=minutes).about for minutes in ago] == list(ago.values())


def test_a_fault_mended_in_a_second_run_is_a_fault_no_more(room: Room, clients: Clients) -> None:
    make_check(room.lao_cai, fault="sound")
    make_check(room.lao_cai, by=crew_of(room))
    tile = next(tile for tile in tiles_of(room.meeting, clock.now(room.meeting)) if tile.id == room.lao_cai.pk)
    assert (tile.state, tile.run, tile.faults) == (READY, 2, ())
    page = clients["technician"].get(f"{board_of(room)}{room.lao_cai.pk}/").content.decode()
    assert "Không có tín hiệu" in page  # the first run is kept and shown


def test_many_bridge_points_stand_by_province(room: Room, clients: Clients) -> None:
    tiles = [Tile(n, n, f"Xã {n}", f"Xã {n}", parent_id=1 if n > 1 else None, state=READY) for n in range(1, 80)]
    tiles += [Tile(80, 80, "Tỉnh khác", "Tỉnh khác", None, state=FAULT)]
    assert [(g.id, g.state, g.ready, g.total, g.faults) for g in groups_of(tiles)] == [
        (80, FAULT, 0, 1, 1),
        (1, READY, 79, 79, 0),
    ]
    assert [tile.id for tile in worst_first(narrowed(tiles, group=80))] == [80]
    make_bridge_points(room.meeting, *(f"Xã {n}" for n in range(60)))
    page = clients["secretary"].get(board_of(room))
    assert (len(page.context["groups"]), page.context["tiles"]) == (64, [])


def test_the_preparation_counts_those_without_a_fault(room: Room) -> None:
    furnish(room)
    step = readiness_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done) == (1, 4, False)
    for site in room.sites:
        if site.pk != room.sites[2].pk:
            make_check(site)
    assert (step := readiness_step(room.meeting)) is not None
    assert (step.count, step.done) == (3, False)


@pytest.mark.parametrize("more", [0, 30])
def test_the_board_asks_the_same_questions_for_one_and_for_many(
    room: Room, clients: Clients, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    others = make_bridge_points(room.meeting, *(f"Huyện {n}" for n in range(more))) if more else []
    for site in [room.lao_cai, *others]:
        make_check(site, fault="sound")
    clients["secretary"].get(board_of(room))
    with django_assert_num_queries(9):
        clients["secretary"].get(board_of(room))


@pytest.mark.parametrize("runs", [1, 5])
def test_the_page_of_a_bridge_point_asks_the_same_questions_for_one_run_and_for_many(
    room: Room, clients: Clients, runs: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(runs):
        make_check(room.lao_cai)
    address = f"{board_of(room)}{room.lao_cai.pk}/"
    clients["technician"].get(address)
    with django_assert_num_queries(9):
        clients["technician"].get(address)


def test_signing_off_is_the_next_step_only_when_every_point_is_marked(room: Room, clients: Clients) -> None:
    check = make_check(room.lao_cai, marked=False, signed=False)
    address = f"{board_of(room)}{room.lao_cai.pk}/"
    assert signing_key(clients, address) == "button big"
    knock(clients["technician"], room.meeting, "readiness.mark", check=check, points=Point.values, state="good")
    assert signing_key(clients, address) == "button primary big"


def signing_key(clients: Clients, address: str) -> str:
    html = clients["technician"].get(address).content.decode()
    found = re.search(r'<button class="([^"]*)">Xác nhận</button>', html)
    assert found
    return found[1]


def test_the_file_has_every_point_and_no_formula(room: Room, clients: Clients) -> None:
    furnish(room)
    check = make_check(room.sites[0], marked=False, signed=False)
    knock(clients["secretary"], room.meeting, "readiness.mark", check=check, points="power", state="fault", note="=1+1")
    answer = clients["chair"].get(board_of(room, "list.xlsx"))
    rows = read_grid(answer.content, "bang.xlsx").rows
    assert (len(rows[0]), len(rows)) == (18, 5)
    assert any("=1+1" in cell.text for cell in rows[1])
    assert not any(cell.is_formula for row in rows for cell in row)
    assert clients["chair"].get(board_of(room, "list.pdf")).status_code == 404
