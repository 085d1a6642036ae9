"""However people come, the wall, the control room, the chair's desk, the consoles, the lists and the minutes give one number."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from attendance.halls.actions import enter_hall_count
from attendance.ledger.actions import seal_scans
from attendance.presence.actions import mark_presence
from attendance.reporting.summing import sums_of
from live.board import board
from live.reading import read_newest
from live.rendering import render_parts
from meetings.actions import excuse_participants
from meetings.procedure import the_system
from minutes.blocks.overlay import current
from tests.cast import Room
from tests.counting_doors import make_body
from tests.make import (
    make_bridge_points,
    make_display,
    make_participant,
    mark_present,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)
from tests.scans import Device, make_badges, make_scanner

pytestmark = pytest.mark.django_db


def everybody_comes(room: Room) -> None:
    """By hand, by badge, online, as a substitute, in another hall than the own one, counted by head; and some do not."""
    by, people = the_secretariat(), room.people
    make_body(room.meeting, "Ban Chấp hành", *(people[name] for name in ("delegate", "lao_cai_2", "ha_tinh", "ca_mau")))
    (without_accounts,) = make_bridge_points(room.meeting, "Sơn La")
    stands_in = make_participant(room.meeting, "Trương Văn Thay", site=room.sites[3], substitute_for=people["ca_mau"])
    mark_present(people["chair"], people["secretary"])
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    codes = make_badges([people["delegate"], people["lao_cai_2"]])
    at_home, in_the_hall = Device(make_scanner(room.lao_cai)), Device(make_scanner(room.sites[0]))
    at_home.scan(codes[people["delegate"].pk])
    in_the_hall.scan(codes[people["lao_cai_2"].pk], move=True)
    seal_scans(room.meeting, by=the_system())
    mark_presence(room.meeting, by=by, participants=[people["ha_tinh"]], state="online")
    mark_present(stands_in)
    mark_presence(room.meeting, by=by, participants=[people["guest"]], state="absent", reason="Bận công tác")
    excuse_participants(room.meeting, by=by, participants=[people["unplaced"]])
    enter_hall_count(room.meeting, by=by, bridge_point=without_accounts, present=45, expected=50)


def numbers(html: str, before: str) -> tuple[int, int]:
    """Return the two numbers n/m that stand after some words, whatever marks stand between."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    found = re.search(re.escape(before) + r"\D*(\d+) ?/ ?(\d+)", text)
    assert found, f"{before} in {text}"
    return int(found[1]), int(found[2])


def test_wall_rooms_lists_and_minutes_give_one_number(room: Room, clients: dict[str, Client]) -> None:
    make_display(room.meeting)
    everybody_comes(room)
    state = read_newest(room.meeting.pk)
    whole = (51, 57)
    assert (state.people.present, state.people.expected) == whole
    assert (board(state, {}, None).present, board(state, {}, None).expected) == whole
    assert numbers(render_parts("control", "en", state, {})["board"], "whole meeting") == whole
    assert numbers(render_parts("chair", "en", state, {})["people"], "Present") == whole
    assert numbers(render_parts("console", "en", state, {})["people"], "whole meeting") == whole
    slug = room.meeting.slug
    assert numbers(clients["secretary"].get(f"/m/{slug}/participants/").content.decode(), "có mặt") == whole
    report = sums_of(room.meeting).total
    assert (report.present, report.expected) == whole
    blocks = {block.key: block for block in current(room.meeting)}
    told = blocks["composition"].text
    assert "triệu tập: 57; có mặt: 51 (trong đó trực tuyến: 01, dự thay: 01); vắng mặt: 01; chưa điểm danh: 05." in told
    rows = [line.split(" | ") for line in blocks["attendance"].text.splitlines()]
    for site, row in zip(state.sites, rows[1:], strict=False):
        hall = clients["secretariat"].get(f"/m/{slug}/console/{site.id}/hall/").content.decode()
        own = (site.count.present, site.count.expected)
        assert numbers(hall, "Có mặt") == own, site.name
        assert (int(row[3]), int(row[2])) == own, site.name
    assert sum(site.count.present for site in state.sites) == whole[0]


def test_the_quorum_is_the_same_on_the_screens_and_in_the_minutes(room: Room, clients: dict[str, Client]) -> None:
    everybody_comes(room)
    state = read_newest(room.meeting.pk)
    (body,) = state.bodies
    assert (body.present, body.entitled, body.substitutes) == (4, 4, 1)
    for screen, part in (("control", "board"), ("chair", "people")):
        assert numbers(render_parts(screen, "vi", state, {})[part], "Ban Chấp hành") == (4, 4)
    text = next(block.text for block in current(room.meeting) if block.key == "composition")
    assert "Ban Chấp hành: có mặt 04/04, cần 03 – đủ số đại biểu theo quy định." in text
