"""What a device sends and is told: each scan once, each answer with its reason, whatever its clock says."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.badges.models import Credential
from attendance.badges.short_code import from_number
from attendance.ledger.actions import seal_scans
from attendance.models import Presence, PresenceConflict, Scan, Scanner
from attendance.presence.actions import mark_presence
from attendance.scanning.actions import open_scanner, revoke_scanner
from attendance.scanning.gate import GATES
from attendance.scanning.tokens import token_of
from meetings.actions import adjourn_meeting
from meetings.procedure import the_system
from tests.cast import Room, furnish
from tests.make import make_participants, open_the_meeting, the_secretariat
from tests.scans import Device, make_badge, make_badges, make_key, make_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: each test says when."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


@pytest.fixture
def door(room: Room) -> Device:
    """A device at the door of Lào Cai."""
    return Device(make_scanner(room.lao_cai))


def seal(room: Room) -> None:
    seal_scans(room.meeting, by=the_system())


def test_who_is_admitted_is_named(room: Room, door: Device) -> None:
    answer = door.send(door.made(make_badge(room.people["delegate"])))[0]
    assert (answer["verdict"], answer["who"]["name"], answer["who"]["site"]) == ("admitted", "Giàng A Đại", "Lào Cai")


def test_the_second_time_the_person_is_inside_already_before_and_after_the_seal(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    door.scan(code)
    again = door.send(door.made(code))[0]
    seal(room)
    assert (again["verdict"], again["reason"], again["where"]) == ("refused", "inside", "Lào Cai")
    assert again["since"] is not None
    assert door.scan(code) == ("refused", "inside")


@pytest.mark.parametrize("is_sealed", [False, True])
def test_since_when_somebody_is_inside_is_the_same_before_and_after_the_seal(is_sealed: bool, room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    at = door.send(door.made(code))[0]["at"]
    if is_sealed:
        seal(room)
    assert door.send(door.made(code))[0]["since"] == at


def test_out_and_in_again(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    said = [door.scan(code, direction=way) for way in ("out", "in", "out", "in")]
    assert said == [("refused", "outside"), ("admitted", ""), ("out", ""), ("admitted", "")]


def test_a_badge_of_another_bridge_point_is_told_and_moved_when_the_person_at_the_door_says_so(room: Room, door: Device) -> None:
    code = make_badge(room.people["ha_tinh"])
    refused = door.send(door.made(code))[0]
    assert (refused["reason"], refused["who"]["site"]) == ("other_place", "Hà Tĩnh")
    assert door.scan(code, move=True) == ("moved", "")
    seal(room)
    assert Presence.objects.get().bridge_point == room.lao_cai


def test_a_forged_code_tells_nobody_s_name(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    forged = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = door.send(door.made(forged))[0]
    assert (answer["verdict"], answer["reason"], answer["who"]) == ("refused", "forged", None)


def test_a_badge_of_another_meeting_is_told_without_a_name(room: Room, door: Device) -> None:
    answer = door.send(door.made(make_badge(furnish(suffix="-2").people["delegate"])))[0]
    assert (answer["reason"], answer["who"]) == ("other_meeting", None)


def test_an_old_badge_that_was_replaced_admits_nobody(room: Room, door: Device) -> None:
    old = make_badge(room.people["delegate"])
    Credential.objects.update(revoked_at=timezone.now())
    new = make_badge(room.people["delegate"])
    assert [door.scan(old), door.scan(new)] == [("refused", "revoked"), ("admitted", "")]


def test_a_serial_nobody_knows_admits_nobody(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    Credential.objects.all().delete()
    assert door.scan(code) == ("refused", "revoked")


def test_a_badge_of_a_retired_key_is_not_believed(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    make_key().__class__.objects.update(retired_at=timezone.now())
    assert door.scan(code) == ("refused", "forged")


@pytest.mark.parametrize("hours", [(-48, -24), (24, 48)])
def test_a_badge_is_valid_in_its_time_alone(hours: tuple[int, int], room: Room, door: Device) -> None:
    begin, end = (timezone.now() + timedelta(hours=n) for n in hours)
    assert door.scan(make_badge(room.people["delegate"], valid_from=begin, valid_until=end)) == ("refused", "expired")


def test_who_is_excused_is_asked_about(room: Room, door: Device) -> None:
    room.meeting.participants.filter(pk=room.people["delegate"].pk).update(is_excused=True)
    assert door.scan(make_badge(room.people["delegate"])) == ("refused", "excused")


def test_a_short_code_is_typed_with_blanks_and_a_wrong_one_is_none(room: Room, door: Device) -> None:
    make_badge(room.people["delegate"])
    short = Credential.objects.get().short_code
    wrong = short[:-1] + str((int(short[-1]) + 1) % 10)
    assert door.scan(short=wrong, way="typed") == ("refused", "forged")
    assert door.scan(short=f" {short[:3]} {short[3:6]}-{short[6:]} ", way="typed") == ("admitted", "")


def test_who_forgot_the_badge_is_found_on_the_list(room: Room, door: Device) -> None:
    assert door.scan(participant=room.people["delegate"].pk, way="list") == ("admitted", "")
    assert door.scan(participant=furnish(suffix="-2").people["delegate"].pk, way="list") == ("refused", "not_approved")


def test_without_a_badge_nobody_of_another_list_is_named_or_moved(room: Room, door: Device) -> None:
    stranger = room.people["ha_tinh"]
    asked = [door.made(participant=stranger.pk, way="list", move=move) for move in (False, True)]
    for _time in range(2):
        answers = door.send(*asked)
        assert [(one["verdict"], one["reason"], one["who"]) for one in answers] == [("refused", "other_place", None)] * 2
    assert door.scan(participant=stranger.pk, way="list", offline=True, verdict="moved") == ("refused", "other_place")


def test_who_is_of_the_list_and_elsewhere_now_is_moved_without_a_badge(room: Room, door: Device) -> None:
    mark_presence(
        room.meeting, by=the_secretariat(), participants=[room.people["delegate"]], state="present", bridge_point=room.sites[2]
    )
    answer = door.send(door.made(participant=room.people["delegate"].pk, way="list", move=True))[0]
    assert (answer["verdict"], answer["who"]["name"]) == ("moved", "Giàng A Đại")


def test_the_same_scan_sent_again_is_answered_again_and_counts_once(room: Room, door: Device) -> None:
    scan = door.made(make_badge(room.people["delegate"]))
    first, second = door.send(scan), door.send(scan)
    assert ([one["verdict"] for one in (*first, *second)], Scan.objects.count()) == (["admitted", "admitted"], 1)
    assert second[0]["who"]["name"] == "Giàng A Đại"


def test_a_scan_twice_in_one_batch_counts_once(room: Room, door: Device) -> None:
    scan = door.made(make_badge(room.people["delegate"]))
    assert (len(door.send(scan, scan)), Scan.objects.count()) == (1, 1)


def test_another_device_learns_nothing_by_sending_a_key_again(room: Room, door: Device) -> None:
    scan = door.made(make_badge(room.people["delegate"]))
    door.send(scan)
    other = Device(make_scanner(room.sites[2]))
    assert other.send(scan)[0]["who"] is None


@pytest.mark.parametrize("wrong", [timedelta(hours=-1), timedelta(hours=25), timedelta(days=-400)])
def test_a_device_whose_clock_is_wrong_is_set_right(wrong: timedelta, room: Room) -> None:
    door = Device(make_scanner(room.lao_cai), wrong_by=wrong)
    door.scan(make_badge(room.people["delegate"]), ago=90)
    ago = (timezone.now() - Scan.objects.get().at).total_seconds()
    assert 85 < ago < 100


def test_a_scan_from_the_future_is_of_now(room: Room, door: Device) -> None:
    door.scan(make_badge(room.people["delegate"]), ago=-3600)
    assert Scan.objects.get().at <= timezone.now()


def test_what_a_device_said_off_line_stands_where_it_can(room: Room, door: Device) -> None:
    codes = make_badges([room.people["delegate"], room.people["ha_tinh"]])
    own, other = codes.values()
    said = [door.scan(own, offline=True, verdict="admitted"), door.scan(own, offline=True, verdict="admitted")]
    assert said == [("admitted", ""), ("admitted", "inside")]
    assert door.scan(other, offline=True, verdict="moved") == ("moved", "other_place")


def test_who_was_turned_away_off_line_is_not_counted_as_present(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    assert door.scan(code, offline=True, verdict="refused") == ("refused", "not_approved")
    assert door.scan(code) == ("admitted", "")


def test_a_short_code_nobody_has_is_on_no_list(room: Room, door: Device) -> None:
    assert door.scan(short=from_number(77_777_777), way="typed") == ("refused", "not_approved")


@pytest.mark.parametrize("code", ["", "1", "9" * 201, "0" * 201, "x" * 201])
def test_no_device_admits_what_is_no_badge(code: str, room: Room, door: Device) -> None:
    verdict, _reason = door.scan(code, offline=True, verdict="admitted")
    assert verdict == "refused"


def test_who_was_admitted_off_line_with_a_replaced_badge_is_listed_and_not_counted(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    Credential.objects.update(revoked_at=timezone.now() - timedelta(hours=1))
    assert door.scan(code, offline=True, verdict="admitted") == ("admitted", "revoked")
    seal(room)
    assert (PresenceConflict.objects.get().kind, Presence.objects.count()) == ("revoked", 0)


def test_a_device_takes_its_own_scan_back(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    scan = door.made(code)
    door.send(scan)
    seal(room)
    assert door.scan(undoes=scan["key"]) == ("undone", "")
    seal(room)
    assert Presence.objects.count() == 0
    assert door.scan(code) == ("admitted", "")


def test_no_device_takes_back_what_another_one_read_or_what_is_old(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    scan = door.made(code, ago=1200)
    door.send(scan)
    other = Device(make_scanner(room.lao_cai, "Cửa 2"))
    assert [other.scan(undoes=scan["key"])[0], door.scan(undoes=scan["key"])[0]] == ["refused", "refused"]


def test_a_refused_taking_back_leaves_the_scan_in_its_force(room: Room) -> None:
    kiosk = Device(make_scanner(room.lao_cai, is_kiosk=True))
    read = kiosk.made(make_badge(room.people["delegate"]))
    kiosk.send(read)
    assert kiosk.scan(undoes=read["key"]) == ("refused", "")
    seal(room)
    assert Presence.objects.get().state == "present"


def test_a_kiosk_reads_badges_and_decides_nothing(room: Room) -> None:
    kiosk = Device(make_scanner(room.lao_cai, is_kiosk=True))
    codes = make_badges([room.people["delegate"], room.people["ha_tinh"]])
    own, other = codes.values()
    read = kiosk.made(own)
    assert kiosk.send(read)[0]["verdict"] == "admitted"
    assert kiosk.scan(undoes=read["key"]) == ("refused", "")
    assert kiosk.scan(other, move=True) == ("refused", "other_place")
    assert kiosk.scan(other, offline=True, verdict="moved") == ("refused", "other_place")
    assert kiosk.scan(participant=room.people["lao_cai_2"].pk, way="list") == ("refused", "not_approved")


def test_a_revoked_device_hands_in_what_it_had_and_a_person_settles_it(room: Room, door: Device) -> None:
    code = make_badge(room.people["delegate"])
    scan = door.made(code, offline=True, verdict="admitted")
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=door.scanner)
    GATES.forget()  # in half a second
    answer = door.post(scan)
    assert (answer.status_code, answer.json()["results"][0]["verdict"]) == (410, "admitted")
    seal(room)
    assert (PresenceConflict.objects.get().kind, Presence.objects.count()) == ("device", 0)
    listed = door.client.get(f"/s/{door.token}/list/")
    assert (listed.status_code, listed.json()) == (410, {"revoked": True})


def test_a_revoked_device_does_not_fill_the_ledger(room: Room, door: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attendance.scanning.api.HANDED_IN_AT_MOST", 2)
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=door.scanner)
    GATES.forget()
    said = [door.post(door.made("1")).status_code for _n in range(4)]
    assert (said, Scan.objects.count()) == ([410, 410, 403, 403], 2)


@pytest.mark.parametrize("hours", [1, 13])
def test_an_address_ends_some_time_after_the_meeting_and_what_waits_is_taken_still(hours: int, room: Room, door: Device) -> None:
    """With the hours of its badges, a day from now: what comes later a person settles, and no list is served any more."""
    scan = door.made(make_badge(room.people["delegate"]), ago=2 * 3600, offline=True, verdict="admitted")
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    then = timezone.now() - timedelta(hours=hours)
    room.meeting.sittings.update(starts_at=then - timedelta(hours=2), ends_at=then)
    type(room.meeting).objects.update(adjourned_at=then)
    GATES.forget()
    is_over = hours == 13
    listed, answer = door.client.get(f"/s/{door.token}/list/"), door.post(scan)
    assert (listed.status_code, listed.json().get("ended"), "people" in listed.json()) == (
        (410, True, False) if is_over else (200, None, True)
    )
    assert (answer.status_code, answer.json()["ended"], answer.json()["results"][0]["verdict"]) == (
        410 if is_over else 200, is_over, "admitted",
    )  # fmt: skip
    assert Scan.objects.get().was_revoked is is_over
    assert door.client.get(f"/s/{door.token}/").status_code == (410 if is_over else 200)


def test_a_revoked_device_is_noticed_within_half_a_second(room: Room, door: Device) -> None:
    door.post()
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=door.scanner)
    time.sleep(0.51)
    assert door.post().status_code == 410


def test_unsent_scans_and_the_last_word_are_noted_without_an_entry(room: Room, door: Device) -> None:
    head = room.meeting.journal.entries.count()
    door.post(unsent=7)
    door.scanner.refresh_from_db()
    assert (door.scanner.unsent, door.scanner.seen_at is not None) == (7, True)
    assert room.meeting.journal.entries.count() == head


def test_no_device_says_of_more_scans_than_one_holds(door: Device) -> None:
    assert door.post(unsent=10**6).status_code == 200
    door.scanner.refresh_from_db()
    assert door.scanner.unsent == 5_000


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"now": 1}', b'{"now": 1, "scans": 3}', b'{"now": "x", "scans": []}', b'{"now": 1, "scans": [3]}',
        b'{"now": 1, "scans": [{}]}', b'{"now": -1, "scans": []}', b"\xff\xfe", b'{"now": 1, "scans": [' + b"[" * 3000,
        b"[" * 100000,
        b'{"now": 1, "scans": [{"key": "x", "turn": 1, "at": 1, "direction": "in", "way": "camera"}]}',
        b'{"now": 1e400, "scans": []}', b'{"now": 1, "scans": [], "unsent": "many"}',
        b'{"now": ' + b"[" * 968 + b"]" * 968 + b', "scans": []}', b'{"now": {"a": 1}, "scans": []}',
        b'{"now": 1, "scans": [], "unsent": ' + b"[" * 968 + b"]" * 968 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_in_words(body: bytes, door: Device) -> None:
    answer = door.client.post(f"/s/{door.token}/scans/", body, content_type="application/json")
    assert (answer.status_code, Scan.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("turn", -1), ("turn", 2**40), ("at", "x"), ("at", 2**70), ("direction", "up"), ("way", ""), ("key", "x"),
        ("verdict", "yes"),
        ("undoes", "x"), ("participant", -1), ("participant", 2**70), ("code", "1" * 500), ("short", "1" * 50), ("key", None),
    ],
)  # fmt: skip
def test_a_scan_with_a_bad_value_is_refused(name: str, value: Any, door: Device) -> None:
    assert door.post(door.made("1" * 201) | {name: value}).status_code == 400


def test_more_than_a_batch_is_refused(door: Device) -> None:
    assert door.post(*(door.made("1") for _n in range(201))).status_code == 400


def test_a_forged_address_opens_nothing(door: Device) -> None:
    for token in ("x", door.token[:-1] + ("A" if door.token[-1] != "A" else "B")):
        assert Client().get(f"/s/{token}/list/").status_code == 404
        body = json.dumps({"now": 1, "scans": []})
        assert Client().post(f"/s/{token}/scans/", body, content_type="application/json").status_code == 404


def test_the_queries_do_not_grow_with_the_batch(room: Room, door: Device) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(35)], site=room.lao_cai)
    codes = list(make_badges(people).values())

    def queries(some: list[str], *, forgets: bool = False) -> int:
        if forgets:
            GATES.forget()
        with CaptureQueriesContext(connection) as found:
            assert {one["verdict"] for one in door.send(*(door.made(code) for code in some))} == {"admitted"}
        return len(found)

    queries(codes[:1])
    assert (queries(codes[1:2], forgets=True), queries(codes[2:31], forgets=True)) == (5, 5)
    assert min(queries([code]) for code in codes[31:]) == 3  # what the gate remembers for half a second is not asked again


def test_a_token_is_of_one_device(room: Room, door: Device) -> None:
    other = make_scanner(room.lao_cai)
    assert token_of(other) != door.token


def test_a_key_that_a_restore_hands_out_again_does_not_open_another_device(room: Room, door: Device) -> None:
    Scanner.objects.all().delete()  # the backup was made before it was opened
    first = open_scanner(room.meeting, by=the_secretariat(), bridge_point=room.sites[2])
    again = Scanner.objects.create(
        pk=door.scanner.pk, meeting=first.meeting, door=first.door, name="Máy 9", opened_at=first.opened_at
    )
    GATES.forget()
    assert token_of(again) != door.token
    for what in ("", "list/"):
        assert door.client.get(f"/s/{door.token}/{what}").status_code == 404
    assert door.post(door.made("1")).status_code == 404
    assert Device(again).post().status_code == 200
