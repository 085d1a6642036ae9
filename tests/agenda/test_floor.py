"""The floor: who asks for whom, given to one at a time, yielded; stale wishes are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from agenda import actions
from agenda.models import FloorRequest
from meetings import actions as meetings
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Meeting
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import (
    START,
    actor_of,
    ask_for_floor,
    give_floor,
    make_bridge_points,
    make_item,
    make_meeting,
    make_participant,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(room: Room) -> Meeting:
    """The room with its first item open."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room.meeting


def test_a_delegate_asks_for_oneself(room: Room, meeting: Meeting, cast: Cast) -> None:
    wish = actions.request_floor(meeting, by=actor_of(meeting, cast["delegate"]))
    assert (wish.participant, wish.bridge_point, wish.who) == (room.people["delegate"], room.lao_cai, "Giàng A Đại")


def test_an_operator_asks_for_the_bridge_point_that_names_its_speaker_later(room: Room, meeting: Meeting, cast: Cast) -> None:
    wish = actions.request_floor(meeting, by=actor_of(meeting, cast["operator"]))
    assert (wish.participant, wish.bridge_point, wish.who) == (None, room.lao_cai, "Điểm cầu Lào Cai")


def test_an_operator_asks_for_a_person_of_the_own_bridge_point(room: Room, meeting: Meeting, cast: Cast) -> None:
    wish = actions.request_floor(meeting, by=actor_of(meeting, cast["operator"]), participant=room.people["lao_cai_2"])
    assert wish.who == "Vàng Seo Hai"


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("delegate", {"participant": "lao_cai_2"}), ("delegate", {"participant": "ca_mau"}), ("delegate", {"bridge_point": 1}),
        ("operator", {"participant": "ca_mau"}), ("operator", {"participant": "unplaced"}), ("operator", {"bridge_point": 2}),
        ("operator", {"bridge_point": 0}), ("other_operator", {"participant": "delegate"}),
        ("other_operator", {"bridge_point": 1}),
    ],
)  # fmt: skip
def test_nobody_asks_for_strangers(
    who: str, fields: dict[str, str | int], room: Room, meeting: Meeting, clients: dict[str, Client]
) -> None:
    rows = {key: room.people[name] if isinstance(name, str) else room.sites[name] for key, name in fields.items()}
    assert knock(clients[who], meeting, "floor.request", **rows).status_code == 403
    assert not FloorRequest.objects.exists()


def test_who_gives_the_floor_asks_for_anybody(room: Room, meeting: Meeting, cast: Cast) -> None:
    for name in ("chair", "secretary"):
        by = actor_of(meeting, cast[name])
        actions.request_floor(meeting, by=by, participant=room.people["ca_mau" if name == "chair" else "unplaced"])
        actions.request_floor(meeting, by=by, bridge_point=room.sites[2 if name == "chair" else 3])
    assert FloorRequest.objects.count() == 4


def test_the_secretariat_must_say_for_whom(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        actions.request_floor(meeting, by=the_secretariat())


def test_nobody_waits_twice(room: Room, meeting: Meeting, cast: Cast) -> None:
    by = actor_of(meeting, cast["delegate"])
    wish = actions.request_floor(meeting, by=by)
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        actions.request_floor(meeting, by=by)
    give_floor(wish)
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        actions.request_floor(meeting, by=by)
    actions.yield_floor(meeting, by=the_secretariat(), request=wish)
    actions.request_floor(meeting, by=by)


def test_a_wish_is_withdrawn_by_its_owner_the_own_operator_or_the_chair(
    room: Room, meeting: Meeting, clients: dict[str, Client]
) -> None:
    expected = {"delegate": 200, "operator": 200, "chair": 200, "other_operator": 403, "technician": 403}
    for name, status in expected.items():
        wish = ask_for_floor(room.people["delegate"])
        assert knock(clients[name], meeting, "floor.withdraw", request=wish).status_code == status, name
        wish.refresh_from_db()
        assert wish.state == ("withdrawn" if status == 200 else "waiting")
        if status != 200:
            actions.withdraw_floor(meeting, by=the_secretariat(), request=wish)
    assert fold_differences(meeting) == []


def test_one_speaks_at_a_time(room: Room, meeting: Meeting) -> None:
    by, first, second = the_secretariat(), ask_for_floor(room.people["delegate"]), ask_for_floor(room.people["ca_mau"])
    give_floor(first)
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        actions.give_floor(meeting, by=by, request=second)
    give_floor(second, ending=first)
    first.refresh_from_db()
    assert (first.state, second.state) == ("done", "speaking")
    with pytest.raises(OutOfOrder):
        actions.yield_floor(meeting, by=by, request=first)
    with pytest.raises(OutOfOrder):
        actions.give_floor(meeting, by=by, request=first)
    assert fold_differences(meeting) == []


def test_a_speech_the_actor_saw_running_must_still_run(room: Room, meeting: Meeting) -> None:
    first, second = ask_for_floor(room.people["delegate"]), ask_for_floor(room.people["ca_mau"])
    with pytest.raises(OutOfOrder):
        actions.give_floor(meeting, by=the_secretariat(), request=second, ending=first)
    second.refresh_from_db()
    assert second.state == "waiting"


def test_the_floor_belongs_to_an_open_item(room: Room) -> None:
    meeting = open_the_meeting(room.meeting)
    with pytest.raises(OutOfOrder):
        ask_for_floor(room.people["delegate"])
    open_the_item(room.items[0])
    wish = ask_for_floor(room.people["delegate"])
    meetings.suspend_meeting(meeting, by=the_secretariat())
    for do in (lambda: ask_for_floor(room.people["ca_mau"]), lambda: give_floor(wish)):
        with pytest.raises(OutOfOrder):
            do()


def test_a_bridge_point_that_has_gone_asks_for_nothing(room: Room, meeting: Meeting) -> None:
    (site,) = make_bridge_points(meeting, "Huế")
    stale = BridgePoint.objects.get(pk=site.pk)
    meetings.remove_bridge_point(meeting, by=the_secretariat(), bridge_point=site)
    with pytest.raises(OutOfOrder):
        actions.request_floor(meeting, by=the_secretariat(), bridge_point=stale)


def test_a_recess_is_not_part_of_a_speech() -> None:
    by = the_secretariat()
    meeting = open_the_meeting(make_meeting(kind=Meeting.Kind.DEMO, clock_base=START))
    open_the_item(make_item(meeting))
    speech = give_floor(ask_for_floor(make_participant(meeting, "Diễn giả")))
    assert speech.given_at is not None

    def jump(minutes: int) -> None:
        meetings.set_clock(meeting, by=by, rate=1, base=speech.given_at + timedelta(minutes=minutes))

    jump(4)
    meetings.suspend_meeting(meeting, by=by)
    jump(20)
    meetings.resume_meeting(meeting, by=by)
    jump(22)
    actions.yield_floor(meeting, by=by, request=speech)
    seconds = meeting.journal.entries.get(kind="floor.yielded").payload["seconds"]
    assert 6 * 60 - 1 <= seconds <= 6 * 60 + 5
