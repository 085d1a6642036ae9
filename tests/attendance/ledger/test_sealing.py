"""The ledger of scans: sealed into the journal, never changed, each scan once; presence follows the journal alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.counting import totals
from attendance.ledger import guards
from attendance.ledger.actions import seal_scans
from attendance.ledger.sealer import seal_ledger_of, seal_ledgers, waiting
from attendance.models import Presence, PresenceConflict, Scan, ScanSeal, Stay
from meetings.errors import NotAllowed
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import mark_present, open_the_meeting, the_secretariat
from tests.scans import Device, make_badge, make_badges, make_scanner

pytestmark = pytest.mark.django_db


def seal(meeting: Meeting) -> int:
    return seal_scans(meeting, by=the_system())


def differences(room: Room) -> list[str]:
    """Return where journal and tables differ, but for the badges, which the tests write to the tables alone."""
    return [line for line in fold_differences(room.meeting) if not line.startswith("badges")]


def device(room: Room, site: int = 1, door: str = "Cửa chính") -> Device:
    return Device(make_scanner(room.sites[site], door))


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: each test says when."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


def test_presence_follows_when_the_ledger_is_sealed_and_not_before(room: Room) -> None:
    door = device(room)
    assert door.scan(make_badge(room.people["delegate"])) == ("admitted", "")
    assert (Scan.objects.count(), Presence.objects.count(), totals(room.meeting).present) == (1, 0, 0)
    assert seal(room.meeting) == 1
    assert totals(room.meeting).present == 1
    fact = room.meeting.journal.entries.get(kind="scans.sealed")
    assert (fact.actor, fact.payload["count"], fact.payload["changes"][0]["name"]) == ("Điểm Cầu", 1, "Giàng A Đại")
    assert differences(room) == []


def test_many_scans_make_one_entry_and_nothing_to_seal_makes_none(room: Room) -> None:
    people = [room.people["delegate"], room.people["lao_cai_2"]]
    door, codes = device(room), make_badges(people)
    door.send(*(door.made(code) for code in codes.values()))
    head = _head(room)
    assert (seal(room.meeting), seal(room.meeting), _head(room) - head) == (2, 0, 1)
    assert ScanSeal.objects.get().count == 2


def _head(room: Room) -> int:
    room.meeting.journal.refresh_from_db()
    return room.meeting.journal.head


def test_in_and_out_make_a_stay_each(room: Room) -> None:
    door, code = device(room), make_badge(room.people["delegate"])
    for ago, direction in ((300, "in"), (200, "out"), (100, "in")):
        door.scan(code, ago=ago, direction=direction)
    seal(room.meeting)
    stays = list(Stay.objects.values_list("ended_at", flat=True))
    assert [end is None for end in stays] == [False, True]
    assert Presence.objects.get().state == "present"
    assert differences(room) == []


def test_only_the_service_seals(room: Room) -> None:
    with pytest.raises(NotAllowed):
        seal_scans(room.meeting, by=the_secretariat())


def test_a_hand_mark_seals_what_was_scanned_before_it(room: Room) -> None:
    door = device(room)
    door.scan(make_badge(room.people["delegate"]))
    mark_present(room.people["delegate"], state="absent")
    assert [e.kind for e in room.meeting.journal.entries.order_by("-number")[:2]] == ["presence.marked", "scans.sealed"]
    assert Presence.objects.get().state == "absent"
    assert differences(room) == []


def test_the_end_of_the_meeting_seals_the_ledger_and_what_came_after_it_changes_nobody(room: Room) -> None:
    from meetings.actions import adjourn_meeting

    open_the_meeting(room.meeting)
    door, codes = device(room), make_badges([room.people["delegate"], room.people["lao_cai_2"]])
    one, two = codes.values()
    door.scan(one)
    adjourn_meeting(room.meeting, by=the_secretariat())
    assert totals(room.meeting).present == 1
    door.send(door.made(two, offline=True, verdict="admitted"))
    late = door.made(one, direction="out", offline=True, verdict="out")
    door.send(late)
    seal(room.meeting)
    assert (totals(room.meeting).present, ScanSeal.objects.count()) == (1, 2)
    assert differences(room) == []


def test_a_scan_from_before_the_end_counts_when_it_comes_after_it(room: Room) -> None:
    from meetings.actions import adjourn_meeting

    open_the_meeting(room.meeting)
    door, code = device(room), make_badge(room.people["delegate"])
    kept = door.made(code, ago=5, offline=True, verdict="admitted")
    adjourn_meeting(room.meeting, by=the_secretariat())
    door.send(kept)
    seal(room.meeting)
    assert totals(room.meeting).present == 1
    assert differences(room) == []


def test_what_is_sealed_and_then_altered_shows(room: Room) -> None:
    door = device(room)
    door.scan(make_badge(room.people["delegate"]))
    seal(room.meeting)
    guards.remove(connection)
    Scan.objects.update(direction="out")
    guards.install(connection)
    assert any(line.startswith("ledger ('seal', 1)") for line in fold_differences(room.meeting))


def test_what_is_added_to_a_sealed_part_or_taken_away_shows(room: Room) -> None:
    door = device(room)
    codes = make_badges([room.people["delegate"], room.people["lao_cai_2"]])
    for code in codes.values():
        door.scan(code)
    seal(room.meeting)
    guards.remove(connection)
    Scan.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    guards.install(connection)
    assert any(line.startswith("ledger ('seal', 1)") for line in fold_differences(room.meeting))


@pytest.mark.parametrize("statement", ["UPDATE attendance_scan SET turn = 9", "DELETE FROM attendance_scan"])
def test_the_database_refuses_to_change_the_ledger(statement: str, room: Room) -> None:
    door = device(room)
    door.scan(make_badge(room.people["delegate"]))
    with pytest.raises(DatabaseError, match="a scan is never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Scan.objects.get().turn == 1


def test_what_a_process_left_behind_is_sealed_by_the_duty(room: Room) -> None:
    door = device(room)
    door.scan(make_badge(room.people["delegate"]))
    assert list(waiting()) == [room.meeting]
    seal_ledgers(lambda: True)
    assert (list(waiting()), totals(room.meeting).present, seal_ledger_of(room.meeting.pk)) == ([], 1, 0)


def test_a_conflict_is_written_into_the_journal_and_folded(room: Room) -> None:
    code = make_badge(room.people["delegate"])
    here, there = device(room, 1), device(room, 2)
    here.send(here.made(code, ago=60, offline=True, verdict="admitted"))
    there.send(there.made(code, ago=30, offline=True, verdict="moved"))
    seal(room.meeting)
    found = PresenceConflict.objects.get()
    assert (found.kind, found.stood, found.stood_where) == ("two_places", "present", room.lao_cai)
    assert Presence.objects.get().bridge_point == room.sites[2]
    assert differences(room) == []
