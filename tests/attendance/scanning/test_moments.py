"""When a scan was made is what the device says, within what the server knows of the device itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from attendance.models import Scan
from attendance.scanning.gate import GATES
from tests.cast import Room
from tests.scans import Device, make_badge, make_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(room: Room) -> Device:
    """A device at the door of Lào Cai."""
    return Device(make_scanner(room.lao_cai))


def seconds_ago(scan: dict[str, Any]) -> float:
    return (timezone.now() - Scan.objects.get(key=scan["key"]).at).total_seconds()


@pytest.mark.parametrize("is_offline", [False, True])
def test_no_scan_is_taken_back_by_a_clock_that_is_set_back(is_offline: bool, room: Room, door: Device) -> None:
    read = door.made(make_badge(room.people["delegate"]), ago=1200, offline=True, verdict="admitted")
    door.send(read)
    assert door.scan(undoes=read["key"], ago=24 * 3600, offline=is_offline)[0] == "refused"
    assert door.scan(undoes=read["key"], ago=1150, offline=True, verdict="undone") == ("undone", "")  # off line, in time


def test_a_device_that_has_just_spoken_reads_nothing_hours_ago(room: Room, door: Device) -> None:
    door.post(unsent=0)
    late = door.made(make_badge(room.people["delegate"]), ago=4 * 3600)
    door.send(late)
    assert seconds_ago(late) < 240


@pytest.mark.parametrize(("unsent", "is_offline"), [(1, False), (0, True)])
def test_what_was_held_back_keeps_its_time(unsent: int, is_offline: bool, room: Room, door: Device) -> None:
    door.post(unsent=unsent)
    held = door.made(make_badge(room.people["delegate"]), ago=4 * 3600, offline=is_offline, verdict="admitted")
    door.send(held)
    assert seconds_ago(held) > 4 * 3600 - 60


def test_a_device_that_was_silent_for_long_keeps_the_time_of_what_it_read_since(room: Room, door: Device) -> None:
    door.scanner.__class__.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    GATES.forget()
    read = door.made(make_badge(room.people["delegate"]), ago=3600)
    door.send(read)
    assert seconds_ago(read) > 3590
