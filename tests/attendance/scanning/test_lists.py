"""What the list of a device holds: for a kiosk no names and no short codes; the count of who has walked in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from attendance.badges.models import Credential
from attendance.presence.actions import mark_presence
from tests.cast import Room
from tests.make import mark_present, the_secretariat
from tests.scans import Device, make_badges, make_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(room: Room) -> Device:
    """A device at the door of Lào Cai."""
    return Device(make_scanner(room.lao_cai))


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


def test_the_list_holds_the_own_bridge_point_s_people_and_no_contact(room: Room, door: Device) -> None:
    make_badges([room.people["delegate"], room.people["ha_tinh"]])
    mark_present(room.people["delegate"])
    said = door.client.get(f"/s/{door.token}/list/").json()
    people = {one["name"]: one for one in said["people"]}
    assert "Phan Đình Ba" not in people
    assert people["Giàng A Đại"]["state"] == "present"
    assert set(people["Giàng A Đại"]) == {
        "id", "name", "office", "group", "role", "home", "short", "badge", "state", "site", "since", "out",
    }  # fmt: skip
    badge = Credential.objects.get(participant=room.people["delegate"])
    hours = {"from": badge.valid_from.timestamp() * 1000, "until": badge.valid_until.timestamp() * 1000}
    assert people["Giàng A Đại"]["badge"] == {"key": 1} | hours
    assert (said["counts"], list(said["keys"])) == ({"present": 1, "expected": 2}, ["1"])


def test_the_list_names_the_bridge_points_of_its_people_alone(room: Room, door: Device) -> None:
    mark_presence(
        room.meeting, by=the_secretariat(), participants=[room.people["ha_tinh"]], state="present", bridge_point=room.lao_cai
    )
    assert set(door.client.get(f"/s/{door.token}/list/").json()["sites"].values()) == {"Lào Cai", "Hà Tĩnh"}


def test_asking_for_the_list_leaves_what_was_said_of_unsent_scans(room: Room, door: Device) -> None:
    door.post(unsent=7)
    door.scanner.__class__.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    door.client.get(f"/s/{door.token}/list/")
    door.scanner.refresh_from_db()
    assert door.scanner.unsent == 7
    assert door.scanner.seen_at is not None
    assert timezone.now() - door.scanner.seen_at < timedelta(seconds=30)


def test_a_list_that_has_not_changed_is_not_sent_again(room: Room, door: Device) -> None:
    first = door.client.get(f"/s/{door.token}/list/")
    second = door.client.get(f"/s/{door.token}/list/", headers={"If-None-Match": first["ETag"]})
    mark_present(room.people["delegate"])
    third = door.client.get(f"/s/{door.token}/list/", headers={"If-None-Match": first["ETag"]})
    assert [first.status_code, second.status_code, third.status_code] == [200, 304, 200]
