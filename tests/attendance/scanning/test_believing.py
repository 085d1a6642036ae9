"""What a device says that it told people off line is believed where an honest device can have said so, and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from attendance.badges.models import Credential
from attendance.ledger.actions import seal_scans
from attendance.models import Presence
from attendance.presence.actions import mark_presence
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import the_secretariat
from tests.scans import Device, make_badge, make_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: each test says when."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


@pytest.fixture(params=[False, True], ids=["operator", "kiosk"])
def door(request: pytest.FixtureRequest, room: Room) -> Device:
    """A device at the door of Lào Cai."""
    return Device(make_scanner(room.lao_cai, is_kiosk=request.param))


def said(door: Device, verdict: str, code: str = "", **kw: Any) -> tuple[str, str]:
    """Send what a device told off line."""
    return door.scan(code, offline=True, verdict=verdict, **kw)


@pytest.mark.parametrize("verdict", ["admitted", "moved"])
def test_nobody_of_another_list_is_taken_without_a_badge(verdict: str, room: Room, door: Device) -> None:
    stranger = room.people["ha_tinh"].pk
    for move in (False, True):
        assert said(door, verdict, participant=stranger, way="list", move=move)[0] == "refused"
    seal_scans(room.meeting, by=the_system())
    assert Presence.objects.count() == 0
    assert "Phan Đình Ba" not in {one["name"] for one in door.client.get(f"/s/{door.token}/list/").json()["people"]}


def test_a_badge_of_another_place_is_never_plainly_admitted(room: Room, door: Device) -> None:
    assert said(door, "admitted", make_badge(room.people["ha_tinh"])) == ("refused", "other_place")


@pytest.mark.parametrize("verdict", ["admitted", "moved"])
def test_a_short_code_of_another_place_is_not_believed(verdict: str, room: Room, door: Device) -> None:
    make_badge(room.people["ha_tinh"])
    short = Credential.objects.get().short_code
    assert said(door, verdict, short=short, way="typed") == ("refused", "other_place")


@pytest.mark.parametrize("verdict", ["admitted", "moved"])
def test_nobody_is_let_in_on_the_way_out(verdict: str, room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    assert said(door, verdict, code, direction="out") == ("refused", "outside")


def test_nobody_leaves_on_the_way_in(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    assert [said(door, "out", code), said(door, "out", code)] == [("admitted", ""), ("refused", "inside")]


def test_a_badge_that_is_over_admits_nobody(room: Room, door: Device) -> None:
    begin, end = (timezone.now() + timedelta(hours=n) for n in (-48, -24))
    code = make_badge(room.people["delegate"], valid_from=begin, valid_until=end)
    assert said(door, "admitted", code) == ("refused", "expired")


def test_a_badge_that_was_taken_back_later_had_admitted(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    Credential.objects.update(revoked_at=timezone.now() - timedelta(minutes=5))
    assert said(door, "admitted", code, ago=600) == ("admitted", "revoked")


def test_who_was_marked_elsewhere_meanwhile_has_come_in_at_the_own_door(room: Room, door: Device) -> None:
    code, one = make_badge(room.people["delegate"]), room.people["delegate"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=room.sites[2])
    assert said(door, "admitted", code) == ("admitted", "other_place")


def test_a_kiosk_lets_nobody_in_with_a_badge_that_had_been_taken_back(room: Room) -> None:
    kiosk = Device(make_scanner(room.lao_cai, is_kiosk=True))
    code = make_badge(room.people["delegate"])
    Credential.objects.update(revoked_at=timezone.now() - timedelta(hours=1))
    assert said(kiosk, "admitted", code) == ("refused", "revoked")


def test_a_kiosk_lets_nobody_in_who_is_excused(room: Room) -> None:
    kiosk = Device(make_scanner(room.lao_cai, is_kiosk=True))
    room.meeting.participants.filter(pk=room.people["delegate"].pk).update(is_excused=True)
    assert said(kiosk, "admitted", make_badge(room.people["delegate"])) == ("refused", "excused")
