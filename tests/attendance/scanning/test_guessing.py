"""What a device does not learn of people who are not on its list, and how long it may guess short codes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from attendance.badges.models import Credential
from attendance.badges.short_code import from_number
from attendance.models import Scan
from attendance.scanning.actions import revoke_scanner
from attendance.scanning.gate import GATES
from attendance.scanning.guessing import AT_MOST, TOO_MANY, WITHIN
from tests.cast import Room
from tests.make import the_secretariat
from tests.scans import Device, make_badge, make_badges, make_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: each test says when."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


@pytest.fixture
def door(room: Room) -> Device:
    """A device at the door of Lào Cai."""
    return Device(make_scanner(room.lao_cai))


@pytest.fixture
def shorts(room: Room) -> dict[str, str]:
    """The short codes of who belongs to Lào Cai and who to Hà Tĩnh."""
    make_badges([room.people["delegate"], room.people["ha_tinh"]])
    found = dict(Credential.objects.values_list("participant_id", "short_code"))
    return {name: found[room.people[name].pk] for name in ("delegate", "ha_tinh")}


def guess(door: Device, times: int) -> None:
    door.send(*(door.made(short=from_number(50_000_000 + n), way="typed") for n in range(times)))


def test_a_short_code_of_another_place_names_nobody_and_no_place(door: Device, shorts: dict[str, str]) -> None:
    scan = door.made(short=shorts["ha_tinh"], way="camera")  # whatever the device says of how it was read
    for _time in range(2):
        answer = door.send(scan)[0]
        assert (answer["reason"], answer["who"], answer["where"], answer["since"]) == ("other_place", None, None, None)
    assert door.send(door.made(short=shorts["delegate"], way="typed"))[0]["who"]["name"] == "Giàng A Đại"


def test_who_guesses_short_codes_is_stopped_for_a_while(door: Device, shorts: dict[str, str]) -> None:
    guess(door, AT_MOST + 5)
    assert Scan.objects.count() == AT_MOST
    assert door.scan(short=shorts["ha_tinh"], way="typed") == ("refused", TOO_MANY)
    assert door.scan(short=from_number(1_234), way="list") == ("refused", TOO_MANY)
    assert Scan.objects.count() == AT_MOST


def test_a_device_that_has_guessed_reads_badges_and_its_own_list_on(room: Room, door: Device, shorts: dict[str, str]) -> None:
    guess(door, AT_MOST + 1)
    assert door.scan(short=shorts["delegate"], way="typed", offline=True, verdict="admitted") == ("admitted", "")
    assert door.scan(make_badge(room.people["lao_cai_2"])) == ("admitted", "")


def test_a_kiosk_that_has_guessed_takes_no_short_code_at_all(room: Room, shorts: dict[str, str]) -> None:
    kiosk = Device(make_scanner(room.lao_cai, is_kiosk=True))
    guess(kiosk, AT_MOST)
    assert kiosk.scan(short=shorts["delegate"], way="typed") == ("refused", TOO_MANY)


def test_the_guesses_of_one_device_hinder_no_other(room: Room, door: Device) -> None:
    guess(door, AT_MOST)
    other = Device(make_scanner(room.lao_cai, "Cửa 2"))
    assert other.scan(short=from_number(1_234), way="typed") == ("refused", "not_approved")


def test_after_a_while_a_device_may_be_mistaken_again(
    door: Device, shorts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(door, AT_MOST)
    later = timezone.now() + WITHIN + timedelta(seconds=1)
    monkeypatch.setattr("attendance.scanning.api.timezone.now", lambda: later)
    assert door.scan(short=shorts["ha_tinh"], way="typed") == ("refused", "other_place")


def test_who_was_named_to_no_avail_is_held_by_no_scan(room: Room, door: Device, shorts: dict[str, str]) -> None:
    stranger = room.people["ha_tinh"]
    for offline in (False, True):
        door.scan(participant=stranger.pk, way="list", offline=offline, verdict="admitted" if offline else "")
    door.scan(short=shorts["ha_tinh"], way="typed")
    assert (Scan.objects.count(), stranger.scans.count(), Scan.objects.exclude(credential=None).count()) == (3, 0, 0)


def test_a_revoked_device_learns_nobody_s_name(room: Room, door: Device, shorts: dict[str, str]) -> None:
    early = [
        door.made(make_badge(room.people["lao_cai_2"]), offline=True, verdict="admitted"),
        door.made(short=shorts["ha_tinh"]),
        door.made(short=shorts["delegate"], offline=True, verdict="admitted"),
    ]
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=door.scanner)
    GATES.forget()  # in half a second
    for _time in range(2):
        answers = door.send(*early)
        assert [one["verdict"] for one in answers] == ["admitted", "refused", "admitted"]
        assert {(one["who"], one["where"], one["since"]) for one in answers} == {(None, None, None)}


def test_what_was_read_after_a_device_was_revoked_lets_nobody_in(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    door.scanner.__class__.objects.update(revoked_at=timezone.now() - timedelta(minutes=1))
    GATES.forget()
    late = door.made(code, offline=True, verdict="admitted")
    assert door.send(late)[0]["verdict"] == "refused"
    assert door.scan(undoes=late["key"], offline=True, verdict="undone")[0] == "refused"
