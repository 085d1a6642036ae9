"""A command with `not_after` that comes too late is refused and stays refused; it is never carried out late."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from meetings import clock, lateness
from meetings.errors import OutOfOrder
from meetings.journal import lock
from meetings.models import Meeting, Reply
from tests.cast import Cast, Room, cast_of, furnish, signed_in
from tests.knocking import knock, knock_plainly
from tests.make import START, make_command_id
from tests.meetings.test_at_once import together

ITEM = {"title": "Nội dung mới", "kind": "report", "minutes": "10"}
A_MOMENT = timedelta(microseconds=1)


def demonstration(*, rate: float) -> tuple[Room, Client]:
    """A demonstration whose clock showed START a second ago and runs at a rate; next to 0 it stands still."""
    room = furnish(kind=Meeting.Kind.DEMO, clock_base=START)
    anchor = timezone.now() - timedelta(seconds=1)
    Meeting.objects.filter(pk=room.meeting.pk).update(clock_rate=rate, clock_anchor=anchor)
    return room, signed_in(cast_of(room)["secretary"])


def added(room: Room) -> int:
    return room.meeting.items.filter(title=ITEM["title"]).count()


@pytest.mark.django_db
def test_what_comes_in_time_is_done_and_what_comes_late_is_refused(room: Room, clients: dict[str, Client]) -> None:
    soon, past = timezone.now() + timedelta(minutes=1), timezone.localtime(timezone.now() - timedelta(seconds=1))
    assert knock(clients["secretary"], room.meeting, "item.add", not_after=soon.isoformat(), **ITEM).status_code == 200
    late = knock(clients["secretary"], room.meeting, "item.add", not_after=past.isoformat(), **ITEM)
    assert (late.status_code, late.json()["state"]) == (409, "refused")
    assert f"{past:%H:%M:%S %d/%m/%Y}" in late.json()["reason"]
    assert added(room) == 1


@pytest.mark.django_db
def test_a_late_command_stays_refused(room: Room, clients: dict[str, Client]) -> None:
    command_id, past = make_command_id(), (timezone.now() - timedelta(seconds=1)).isoformat()
    first = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after=past, **ITEM)
    again = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after=past, **ITEM)
    assert (again.status_code, again.json()) == (409, first.json())
    assert Reply.objects.get(pk=command_id).body == first.json()


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["", "2099-11-26T09:41:07+07:00"])
def test_the_same_id_with_another_moment_is_another_command(other: str, room: Room, clients: dict[str, Client]) -> None:
    command_id, past = make_command_id(), (timezone.now() - timedelta(seconds=1)).isoformat()
    knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after=past, **ITEM)
    with_other = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after=other, **ITEM)
    assert (with_other.status_code, added(room)) == (409, 0)
    assert with_other.json()["reason"] != Reply.objects.get(pk=command_id).body["reason"]


@pytest.mark.django_db
def test_what_was_done_in_time_stays_done_when_it_is_repeated_late() -> None:
    room, client = demonstration(rate=1.0)
    command_id, limit = make_command_id(), (START + timedelta(minutes=1)).isoformat()
    first = knock(client, room.meeting, "item.add", command_id=command_id, not_after=limit, **ITEM)
    Meeting.objects.filter(pk=room.meeting.pk).update(clock_base=START + timedelta(hours=1))
    again = knock(client, room.meeting, "item.add", command_id=command_id, not_after=limit, **ITEM)
    assert (first.status_code, again.status_code, again.json(), added(room)) == (200, 200, first.json(), 1)
    assert knock(client, room.meeting, "item.add", not_after=limit, **ITEM).status_code == 409


@pytest.mark.django_db
def test_at_the_very_moment_it_is_not_too_late_yet() -> None:
    room, client = demonstration(rate=1e-12)
    assert clock.now(Meeting.objects.get(pk=room.meeting.pk)) == START
    for limit, status in ((START - A_MOMENT, 409), (START, 200), (START + A_MOMENT, 200)):
        assert knock(client, room.meeting, "item.add", not_after=limit.isoformat(), **ITEM).status_code == status


@pytest.mark.django_db
def test_a_fast_clock_of_a_demonstration_decides_and_not_the_machine_s() -> None:
    room, client = demonstration(rate=3600.0)  # more than an hour has passed in its first second
    for minutes, status in ((59, 409), (600, 200)):
        limit = START + timedelta(minutes=minutes)
        assert limit < timezone.now()
        assert knock(client, room.meeting, "item.add", not_after=limit.isoformat(), **ITEM).status_code == status


@pytest.mark.django_db
def test_the_offset_may_be_any(room: Room, clients: dict[str, Client]) -> None:
    now = timezone.now()
    for moment in (
        f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        f"{now + timedelta(hours=10, minutes=30):%Y-%m-%dT%H:%M}+10:00",
    ):
        assert knock(clients["secretary"], room.meeting, "item.add", not_after=moment, **ITEM).status_code == 200
    late = f"{now + timedelta(hours=9):%Y-%m-%dT%H:%M}+10:00"
    assert knock(clients["secretary"], room.meeting, "item.add", not_after=late, **ITEM).status_code == 409


MALFORMED = [
    "x", "2025", "2025-11-26", "2025-11-26T09:41:07", "2025-11-26T09:41:07 07:00", "1764124867", "2025-13-01T00:00:00+07:00",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2025-11-26T09:41:07+25:00", "\x00", "9" * 5000,
]  # fmt: skip


@pytest.mark.django_db
def test_a_malformed_moment_is_named_and_not_kept(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    for moment in MALFORMED:
        answer = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after=moment, **ITEM)
        assert (answer.status_code, set(answer.json()["errors"])) == (400, {"not_after"}), moment
    wrong = knock(clients["secretary"], room.meeting, "item.add", not_after="x", **ITEM | {"title": ""})
    assert set(wrong.json()["errors"]) == {"not_after", "title"}
    assert (Reply.objects.count(), added(room)) == (0, 0)
    assert knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, not_after="", **ITEM).status_code == 200


@pytest.mark.django_db
def test_who_may_not_is_told_that_first(room: Room, clients: dict[str, Client]) -> None:
    for moment in ("x", "2001-01-01T00:00:00+07:00"):
        assert knock(clients["observer"], room.meeting, "item.add", not_after=moment, **ITEM).status_code == 403


@pytest.mark.django_db
def test_a_late_plain_form_says_so_on_its_page(room: Room, clients: dict[str, Client]) -> None:
    page = f"/m/{room.meeting.slug}/programme/"
    past = (timezone.now() - timedelta(seconds=1)).isoformat()
    assert knock_plainly(clients["secretary"], room.meeting, "item.add", next=page, not_after=past, **ITEM).status_code == 303
    assert Reply.objects.get().body["reason"] in clients["secretary"].get(page).content.decode()


@pytest.mark.django_db
def test_the_office_goes_by_the_machine_s_clock(cast: Cast, clients: dict[str, Client]) -> None:
    for seconds, status in ((-1, 409), (60, 200)):
        limit = (timezone.now() + timedelta(seconds=seconds)).isoformat()
        body = {"account": cast["clerk"].pk, "command_id": make_command_id(), "not_after": limit}
        answer = clients["administrator"].post("/do/account.close/", body, HTTP_ACCEPT="application/json")
        assert answer.status_code == status
        cast["clerk"].refresh_from_db()
        assert cast["clerk"].is_active == (status == 409)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_command_that_waits_too_long_for_its_turn_is_late(room: Room, cast: Cast) -> None:
    client = signed_in(cast["secretary"])

    def hold() -> None:
        with transaction.atomic():
            lock(room.meeting.journal_id)
            time.sleep(1.5)

    def ask() -> int:
        time.sleep(0.3)
        limit = (timezone.now() + timedelta(seconds=0.6)).isoformat()
        return knock(client, room.meeting, "item.add", not_after=limit, **ITEM).status_code

    assert together(hold, ask) == [None, 409]
    assert added(room) == 0


def test_a_moment_is_read_as_it_stands() -> None:
    read = lateness.read("2025-11-26T09:41:07.250+07:00")
    assert read == datetime.fromisoformat("2025-11-26T02:41:07.250+00:00")
    assert lateness.read("") is None
    lateness.refuse_late(None, None)
    with pytest.raises(OutOfOrder):
        lateness.refuse_late(read, None)
