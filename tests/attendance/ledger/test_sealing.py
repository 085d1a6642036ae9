"""The ledger of scans: sealed into the journal, never changed, each scan once; presence follows the journal alone."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from attendance.badges.models import Credential
from attendance.counting import totals
from attendance.ledger import guards
from attendance.ledger.actions import seal_scans
from attendance.ledger.sealer import seal_ledger_of, seal_ledgers, waiting
from attendance.models import Presence, PresenceConflict, Scan, ScanSeal, Stay
from attendance.presence.actions import mark_presence
from meetings import clock
from meetings.errors import NotAllowed
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.cast import Cast, Room
from tests.make import actor_of, mark_present, open_the_meeting, the_secretariat
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


def test_a_badge_whose_key_is_retired_admits_nobody_by_its_short_code_off_line_either(room: Room, cast: Cast) -> None:
    from attendance.badges.actions import retire_badge_key

    early, late = room.people["delegate"], room.people["lao_cai_2"]
    make_badges([early, late])
    short = dict(Credential.objects.values_list("participant", "short_code"))
    door = device(room)
    before = door.made(short=short[early.pk], ago=60, offline=True, verdict="admitted")
    retire_badge_key(by=actor_of(room.meeting, cast["administrator"]), key=Credential.objects.all()[0].key)
    after = door.made(short=short[late.pk], offline=True, verdict="admitted")
    assert [one["verdict"] for one in door.send(before, after)] == ["admitted", "admitted"]
    seal(room.meeting)
    assert [one.participant for one in Presence.objects.all()] == [early]
    assert PresenceConflict.objects.values_list("kind", "participant").get() == ("revoked", late.pk)
    assert differences(room) == []


def test_a_revoked_device_is_told_once_of_a_person_over_all_seals(room: Room) -> None:
    one, scanner = room.people["delegate"], make_scanner(room.lao_cai)
    for number in range(15):
        Scan.objects.create(
            meeting=room.meeting, scanner=scanner, bridge_point=room.lao_cai, key=uuid.UUID(int=number), turn=number,
            direction="in", way="camera", participant=one, verdict="admitted", was_offline=True, was_revoked=True,
            at=clock.now(room.meeting), received_at=timezone.now(),
        )  # fmt: skip
        if number % 5 == 4:
            seal(room.meeting)
    assert [(found.kind, found.participant) for found in PresenceConflict.objects.all()] == [("device", one)]
    assert (ScanSeal.objects.count(), Presence.objects.count()) == (3, 0)
    assert differences(room) == []


def test_an_undone_scan_leaves_the_mark_that_was_made_by_hand_before_with_its_reason(room: Room) -> None:
    one, door = room.people["delegate"], device(room)
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="absent", reason="Ốm nặng")
    marked = Presence.objects.values("state", "bridge_point", "marked_at", "by_hand_at", "reason").get()
    scan = door.made(make_badge(one))
    door.send(scan)
    seal(room.meeting)
    assert (Presence.objects.get().state, Presence.objects.get().reason) == ("present", "")
    door.send(door.made(undoes=scan["key"]))
    seal(room.meeting)
    assert Presence.objects.values("state", "bridge_point", "marked_at", "by_hand_at", "reason").get() == marked
    assert "Ốm nặng" not in str(list(room.meeting.journal.entries.values_list("payload", flat=True)))
    assert differences(room) == []


def test_a_seal_tells_of_stays_only_what_is_new(room: Room) -> None:
    door, code = device(room), make_badge(room.people["delegate"])
    sizes = []
    for hours in range(12):
        door.send(*(door.made(code, ago=40_000 - 3_000 * hours - 50 * n, offline=True, direction=way, verdict=verdict)
                    for n in range(20) for way, verdict in [(("in", "admitted"), ("out", "out"))[n % 2]]))  # fmt: skip
        seal(room.meeting)
        sizes.append(len(str(room.meeting.journal.entries.order_by("-number")[0].payload)))
    assert Stay.objects.count() == 120
    assert max(sizes[1:]) < sizes[0] * 1.1
    assert differences(room) == []
