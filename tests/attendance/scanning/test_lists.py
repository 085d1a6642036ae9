"""What the list of a device holds: for a kiosk no names and no short codes; the count of who has walked in."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.presence.actions import mark_presence
from tests.cast import Room
from tests.make import mark_present, the_secretariat
from tests.scans import Device, make_badges, make_scanner

pytestmark = pytest.mark.django_db


def listed(room: Room, *, is_kiosk: bool = False) -> dict[str, Any]:
    door = Device(make_scanner(room.lao_cai, is_kiosk=is_kiosk))
    found: dict[str, Any] = door.client.get(f"/s/{door.token}/list/").json()
    return found


def test_a_kiosk_holds_no_name_and_no_short_code(room: Room) -> None:
    delegate = room.people["delegate"]
    make_badges([delegate])
    assert {one["name"] for one in listed(room)["people"]} >= {"Giàng A Đại"}
    people = listed(room, is_kiosk=True)["people"]
    assert delegate.pk in {one["id"] for one in people}
    assert {(one["name"], one["office"], one["group"], one["short"], one["badge"]) for one in people} == {
        ("", "", "", None, None)
    }


def test_the_door_counts_who_has_walked_in_and_not_who_takes_part_online(room: Room) -> None:
    mark_present(room.people["delegate"])
    one = room.people["lao_cai_2"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="online", bridge_point=room.lao_cai)
    assert listed(room)["counts"] == {"present": 1, "expected": 2}


def test_the_own_door_is_told_where_somebody_is_present_now_and_so_is_another_that_reads_the_badge(room: Room) -> None:
    delegate = room.people["delegate"]
    code = make_badges([delegate])[delegate.pk]
    mark_presence(room.meeting, by=the_secretariat(), participants=[delegate], state="present", bridge_point=room.sites[2])
    for door in (Device(make_scanner(room.lao_cai)), Device(make_scanner(room.sites[0]))):
        answer = door.send(door.made(code))[0]
        assert (answer["reason"], answer["where"]) == ("other_place", "Hà Tĩnh")
        assert answer["since"] is not None
