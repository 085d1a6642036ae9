"""Doors and seals at the same moment: each scan is sealed once, none is passed over (PostgreSQL gives numbers before commits)."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections
from django.utils import timezone

from attendance.ledger.actions import seal_scans
from attendance.models import Presence, PresenceConflict, Scan, ScanSeal
from attendance.scanning.gate import GATES
from attendance.scanning.sent import read_batch
from attendance.scanning.taking import take
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.at_once import together
from tests.cast import Room
from tests.make import make_participants
from tests.scans import Device, make_badges, make_scanner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: the test's own threads do it."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


def test_doors_and_seals_at_once_lose_nothing_and_seal_nothing_twice(room: Room) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(120)], site=room.lao_cai)
    codes = list(make_badges(people).values())
    devices = [Device(make_scanner(room.lao_cai, f"Cửa {n}")) for n in range(6)]
    over = threading.Event()

    def read(device: Device, some: list[str]) -> int:
        return sum(device.scan(code) == ("admitted", "") for code in some)

    def sealing() -> int:
        sealed = 0
        while not over.is_set():
            sealed += seal_scans(Meeting.objects.get(pk=room.meeting.pk), by=the_system())
            time.sleep(0.005)
        return sealed

    sealers: list[int] = []
    threads = [threading.Thread(target=lambda: (sealers.append(sealing()), connections.close_all())) for _n in range(2)]
    for thread in threads:
        thread.start()
    admitted = together(*(lambda d=d, n=n: read(d, codes[n::6]) for n, d in enumerate(devices)))  # type: ignore[misc]
    over.set()
    for thread in threads:
        thread.join(60)
    last = seal_scans(room.meeting, by=the_system())
    assert (admitted, Scan.objects.count(), sum(sealers) + last) == ([20] * 6, 120, 120)
    assert sum(ScanSeal.objects.values_list("count", flat=True)) == 120
    assert Presence.objects.filter(state="present").count() == 120
    assert [line for line in fold_differences(room.meeting) if not line.startswith("badges")] == []


def test_the_same_batch_twice_at_once_counts_once(room: Room) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(40)], site=room.lao_cai)
    device = Device(make_scanner(room.lao_cai))
    batch = [device.made(code) for code in make_badges(people).values()]
    answers = together(*(lambda: device.send(*batch) for _n in range(4)))
    assert [{one["verdict"] for one in answer} for answer in answers] == [{"admitted"}] * 4
    assert Scan.objects.count() == 40


def test_one_badge_at_two_doors_at_once_is_told(room: Room) -> None:
    code = make_badges([room.people["delegate"]])[room.people["delegate"].pk]
    one, two = Device(make_scanner(room.lao_cai, "Cửa 1")), Device(make_scanner(room.lao_cai, "Cửa 2"))
    together(lambda: one.scan(code), lambda: two.scan(code))
    seal_scans(room.meeting, by=the_system())
    assert (PresenceConflict.objects.get().kind, Presence.objects.count()) == ("two_doors", 1)


def test_a_scan_under_way_is_not_passed_over_by_a_seal(room: Room) -> None:
    """The later of two scans is committed first; the seal between them takes neither number for the last."""
    from django.db import connection, transaction

    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time: there is no scan under way beside a seal
    people = make_participants(room.meeting, ["Đại biểu 1", "Đại biểu 2"], site=room.lao_cai)
    one, two = make_badges(people).values()
    device = Device(make_scanner(room.lao_cai))
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        GATES.forget()
        with transaction.atomic():
            batch = read_batch(_body(device, one), timezone.now())
            gate = GATES.get(device.scanner.pk)
            assert gate is not None
            take(gate, batch.scans, timezone.now())
            written.set()
            go_on.wait(10)

    def quick() -> int:
        written.wait(10)
        device.scan(two)
        sealing = threading.Timer(0.3, go_on.set)
        sealing.start()
        return seal_scans(room.meeting, by=the_system())

    results = together(slow, quick)
    assert results == [None, 2]


def _body(device: Device, code: str) -> bytes:
    import json

    return json.dumps({"now": device.ms(timezone.now()), "scans": [device.made(code)]}).encode()
