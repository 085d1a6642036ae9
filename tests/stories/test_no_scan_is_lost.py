"""Promise 14: six devices, three thousand delegates, half an hour without a line, everything sent twice: each counted once.

The half with a real browser that is killed is tests/attendance/scanning/test_scan_page.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.counting import totals
from attendance.ledger.actions import seal_scans
from attendance.models import Presence, PresenceConflict, Scan, Stay
from meetings.hooks import fold_differences
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import make_participants
from tests.scans import Device, make_badges, make_scanner

DELEGATES, TWICE = 3_000, 40
HALF_AN_HOUR = 1_800


@pytest.mark.django_db
def test_three_thousand_delegates_through_six_doors_are_each_counted_once(room: Room) -> None:
    hall = room.sites[0]
    people = make_participants(room.meeting, [f"Đại biểu {n:04d}" for n in range(DELEGATES)], site=hall)
    codes = list(make_badges(people).values())
    wrong = (0, 0, 0, 0, 25 * 3600, -3600)  # seconds: two of the clocks are wrong
    devices = [Device(make_scanner(hall, f"Cửa {n}"), wrong_by=timedelta(seconds=wrong[n])) for n in range(6)]
    ways = [codes[n::6] for n in range(6)]

    for device, some in zip(devices[:2], ways[:2], strict=True):  # on line, in batches as a busy door sends them
        for at in range(0, len(some), 50):
            batch = [device.made(code) for code in some[at : at + 50]]
            assert {one["verdict"] for one in device.send(*batch)} == {"admitted"}

    kept = []
    for device, some in zip(devices[2:], ways[2:], strict=True):  # four have no line for half an hour
        batches = _batches(device, some)
        kept += [(device, batch) for batch in batches]
    strays = _at_a_second_door(devices[2], ways[3][:TWICE])  # let in there too, seconds after the fourth door had
    kept.append((devices[2], strays))

    for device, batch in reversed(kept):  # the line is back: in whatever order, and the answer is lost once
        device.send(*batch)
    seal_scans(room.meeting, by=the_system())
    for device, batch in kept:
        again = device.send(*batch)
        assert len(again) == len(batch)
    seal_scans(room.meeting, by=the_system())

    assert Scan.objects.count() == DELEGATES + TWICE
    assert Presence.objects.filter(state="present", bridge_point=hall).count() == DELEGATES == totals(room.meeting).present
    assert Stay.objects.count() == DELEGATES
    found = PresenceConflict.objects.filter(kind="two_doors")
    assert {one.participant_id for one in found} == {one.pk for one in people[3::6][:TWICE]}
    assert PresenceConflict.objects.exclude(kind="two_doors").count() == 0
    assert [line for line in fold_differences(room.meeting) if not line.startswith("badges")] == []


def _batches(device: Device, codes: list[str]) -> list[list[dict[str, object]]]:
    """Return what a device has kept: a scan every two seconds, in batches as it will send them."""
    scans = [device.made(code, ago=HALF_AN_HOUR - 2 * n, offline=True, verdict="admitted") for n, code in enumerate(codes)]
    return [scans[at : at + 200] for at in range(0, len(scans), 200)]


def _at_a_second_door(device: Device, codes: list[str]) -> list[dict[str, object]]:
    return [device.made(code, ago=HALF_AN_HOUR - 2 * n - 20, offline=True, verdict="admitted") for n, code in enumerate(codes)]
