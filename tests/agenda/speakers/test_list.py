"""The list of speakers as it is kept: places set by hand, names, a closed list, more time, who is told what."""

from __future__ import annotations

import pytest
from django.test import Client

from agenda import actions as floor
from agenda.models import FloorRequest
from agenda.speakers import actions, lists
from agenda.speeches.actions import pick_speech
from control.actions import acknowledge_site_command
from control.models import SiteCommand
from live.reading import read_newest
from meetings import actions as meetings
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import (
    actor_of,
    ask_for_floor,
    give_floor,
    make_asked_unit,
    make_speech,
    make_speech_call,
    open_the_item,
    the_secretariat,
)
from tests.speakers_doors import in_discussion, wishes

pytestmark = pytest.mark.django_db
WHY = "Theo đề nghị của chủ trì"


@pytest.fixture
def meeting(room: Room) -> Meeting:
    """The room with its first item open; three people of three bridge points have asked."""
    in_discussion(room)
    wishes(room, "delegate", "ha_tinh", "ca_mau")
    return room.meeting


def names(meeting: Meeting) -> list[str]:
    """Who waits, in the order in which they speak, as every screen has it."""
    return [one.name for one in read_newest(meeting.pk).speeches if one.state == "waiting"]


def line(meeting: Meeting, name: str) -> FloorRequest:
    return next(one for one in meeting.floor_requests.order_by("-pk") if one.who == name)


def move(meeting: Meeting, name: str, before: str = "", *, version: int = 1) -> None:
    following = line(meeting, before) if before else None
    actions.move_floor(meeting, by=the_secretariat(), request=line(meeting, name), before=following, version=version, reason=WHY)


def test_a_line_stands_where_the_chair_puts_it_until_it_is_released(meeting: Meeting) -> None:
    assert names(meeting) == ["Giàng A Đại", "Phan Đình Ba", "Lâm Út Tư"]
    move(meeting, "Lâm Út Tư", "Giàng A Đại")
    assert names(meeting) == ["Lâm Út Tư", "Giàng A Đại", "Phan Đình Ba"]
    actions.release_floor(meeting, by=the_secretariat(), request=line(meeting, "Lâm Út Tư"), version=2)
    assert names(meeting) == ["Giàng A Đại", "Phan Đình Ba", "Lâm Út Tư"]
    assert fold_differences(meeting) == []


def test_of_two_people_who_reorder_at_once_the_second_is_told(meeting: Meeting) -> None:
    move(meeting, "Lâm Út Tư", "Giàng A Đại")
    with pytest.raises(OutOfOrder):
        move(meeting, "Phan Đình Ba", "Giàng A Đại", version=1)
    with pytest.raises(OutOfOrder):
        actions.release_floor(meeting, by=the_secretariat(), request=line(meeting, "Lâm Út Tư"), version=1)
    assert names(meeting) == ["Lâm Út Tư", "Giàng A Đại", "Phan Đình Ba"]
    move(meeting, "Phan Đình Ba", "Giàng A Đại", version=2)
    assert names(meeting) == ["Lâm Út Tư", "Phan Đình Ba", "Giàng A Đại"]
    assert meeting.journal.entries.filter(kind="floor.moved").count() == 2


def test_a_place_is_set_for_a_reason(room: Room, meeting: Meeting, clients: dict[str, Client]) -> None:
    fields = {"request": line(meeting, "Lâm Út Tư"), "before": line(meeting, "Giàng A Đại"), "version": 1, "reason": " "}
    assert knock(clients["chair"], meeting, "floor.move", **fields).status_code == 400
    assert names(meeting)[0] == "Giàng A Đại"


def test_a_place_is_not_set_where_the_line_stands_already(meeting: Meeting) -> None:
    with pytest.raises(OutOfOrder):
        move(meeting, "Giàng A Đại", "Phan Đình Ba")
    with pytest.raises(OutOfOrder):
        move(meeting, "Lâm Út Tư")


def test_places_close_up_when_others_leave_and_make_room_for_a_point_of_order(room: Room, meeting: Meeting) -> None:
    move(meeting, "Lâm Út Tư", "Phan Đình Ba")
    floor.request_floor(meeting, by=the_secretariat(), participant=room.people["guest"], kind="point_of_order")
    assert names(meeting) == ["Lê Văn Khách", "Giàng A Đại", "Lâm Út Tư", "Phan Đình Ba"]
    assert fold_differences(meeting) == []
    give_floor(line(meeting, "Lê Văn Khách"))
    floor.withdraw_floor(meeting, by=the_secretariat(), request=line(meeting, "Giàng A Đại"))
    assert names(meeting) == ["Lâm Út Tư", "Phan Đình Ba"]
    assert line(meeting, "Lâm Út Tư").pin == 1
    assert fold_differences(meeting) == []


def test_lines_nobody_got_to_hold_no_place_any_more(room: Room, meeting: Meeting) -> None:
    move(meeting, "Lâm Út Tư", "Giàng A Đại")
    floor.close_item(meeting, by=the_secretariat(), item=room.items[0])
    assert set(meeting.floor_requests.values_list("state", "pin")) == {("lapsed", None)}
    assert fold_differences(meeting) == []


def test_out_of_turn_the_floor_is_given_for_a_reason_that_is_kept(meeting: Meeting) -> None:
    by, last = the_secretariat(), line(meeting, "Lâm Út Tư")
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        floor.give_floor(meeting, by=by, request=last)
    floor.give_floor(meeting, by=by, request=last, reason=WHY)
    floor.give_floor(meeting, by=by, request=line(meeting, "Giàng A Đại"), ending=last, reason=WHY)
    told = [entry.payload for entry in meeting.journal.entries.filter(kind="floor.given").order_by("number")]
    assert [(one["place"], one["why"]) for one in told] == [(3, WHY), (1, "")]


def test_a_closed_list_takes_nothing_but_points_of_order(room: Room, meeting: Meeting, clients: dict[str, Client]) -> None:
    item = room.items[0]
    actions.close_speakers(meeting, by=the_secretariat(), item=item)
    ask = {"participant": room.people["lao_cai_2"]}
    assert knock(clients["operator"], meeting, "floor.request", **ask).status_code == 409
    assert knock(clients["operator"], meeting, "floor.request", **ask, kind="reply").status_code == 409
    assert knock(clients["operator"], meeting, "floor.request", **ask, kind="point_of_order").status_code == 200
    with pytest.raises(OutOfOrder):
        actions.close_speakers(meeting, by=the_secretariat(), item=item)
    assert fold_differences(meeting) == []
    actions.open_speakers(meeting, by=the_secretariat(), item=item)
    assert knock(clients["operator"], meeting, "floor.request", **ask).status_code == 200
    assert fold_differences(meeting) == []


def test_nobody_registers_by_the_button(room: Room, meeting: Meeting, clients: dict[str, Client]) -> None:
    fields = {"participant": room.people["guest"], "kind": "registered"}
    assert knock(clients["secretary"], meeting, "floor.request", **fields).status_code == 400


def test_a_reply_comes_right_after_the_speech_it_answers(room: Room, meeting: Meeting) -> None:
    guest = room.people["guest"]
    with pytest.raises(OutOfOrder):
        floor.request_floor(meeting, by=the_secretariat(), participant=guest, kind="reply")
    give_floor(line(meeting, "Giàng A Đại"))
    wish = floor.request_floor(meeting, by=the_secretariat(), participant=guest, kind="reply")
    assert (wish.answers.who, wish.minutes) == ("Giàng A Đại", lists.REPLY_MINUTES)
    assert names(meeting)[0] == "Lê Văn Khách"


def test_a_bridge_point_names_its_speaker_later(room: Room, meeting: Meeting, cast: Cast, clients: dict[str, Client]) -> None:
    operator = actor_of(meeting, cast["operator"])
    wish = floor.request_floor(meeting, by=operator)
    person = room.people["lao_cai_2"]
    assert knock(clients["other_operator"], meeting, "floor.name", request=wish, participant=person).status_code == 403
    assert knock(clients["delegate"], meeting, "floor.name", request=wish, participant=person).status_code == 403
    stranger = {"request": wish, "participant": room.people["ca_mau"]}
    assert knock(clients["operator"], meeting, "floor.name", **stranger).status_code == 409
    floor.name_floor(meeting, by=operator, request=wish, participant=person)
    wish.refresh_from_db()
    assert wish.who == "Vàng Seo Hai"
    with pytest.raises(OutOfOrder):
        floor.name_floor(meeting, by=operator, request=wish, participant=person)


def test_who_is_named_while_the_speech_runs_is_named_once(room: Room, meeting: Meeting, cast: Cast) -> None:
    by = the_secretariat()
    wish = floor.request_floor(meeting, by=by, bridge_point=room.lao_cai)
    floor.give_floor(meeting, by=by, request=wish, reason=WHY)
    floor.name_floor(meeting, by=by, request=wish, participant=room.people["lao_cai_2"])
    with pytest.raises(OutOfOrder):
        floor.name_floor(meeting, by=by, request=wish, participant=room.people["delegate"])


def test_two_people_who_give_more_time_at_once_give_it_once(meeting: Meeting) -> None:
    speech, by = give_floor(line(meeting, "Giàng A Đại")), the_secretariat()
    actions.extend_floor(meeting, by=by, request=speech, minutes=2, limit=5)
    with pytest.raises(OutOfOrder, match="7"):
        actions.extend_floor(meeting, by=by, request=speech, minutes=2, limit=5)
    assert next(one.limit_minutes for one in read_newest(meeting.pk).speeches if one.state == "speaking") == 7
    assert fold_differences(meeting) == []


def test_the_next_ones_are_told_and_their_bridge_points_answer(room: Room, meeting: Meeting, cast: Cast) -> None:
    by = the_secretariat()
    first, second, third = (line(meeting, name) for name in names(meeting))
    actions.prepare_floor(meeting, by=by, requests=[first, second])
    command = SiteCommand.objects.get()
    assert "1. Giàng A Đại (Lào Cai); 2. Phan Đình Ba (Hà Tĩnh)" in command.text
    assert [receipt.bridge_point.short_name for receipt in command.receipts.all()] == ["Lào Cai", "Hà Tĩnh"]
    acknowledge_site_command(meeting, by=actor_of(meeting, cast["operator"]), site_command=command, bridge_point=room.lao_cai)
    assert [one.prepared for one in read_newest(meeting.pk).speeches] == ["ready", "told", ""]
    with pytest.raises(OutOfOrder):
        actions.prepare_floor(meeting, by=by, requests=[first, second])
    fourth = ask_for_floor(room.people["guest"])
    with pytest.raises(OutOfOrder):
        actions.prepare_floor(meeting, by=by, requests=[third, fourth])


def test_who_speaks_is_reminded_once_a_minute_and_the_reminder_ends_with_the_speech(meeting: Meeting) -> None:
    speech, by = give_floor(line(meeting, "Giàng A Đại")), the_secretariat()
    actions.remind_floor(meeting, by=by, request=speech)
    assert "Giàng A Đại (Lào Cai)" in SiteCommand.objects.get(withdrawn_at=None).text
    with pytest.raises(OutOfOrder):
        actions.remind_floor(meeting, by=by, request=speech)
    floor.yield_floor(meeting, by=by, request=speech)
    assert not SiteCommand.objects.filter(withdrawn_at=None).exists()


def test_registered_speeches_stand_on_the_list_from_the_beginning_of_their_item(room: Room) -> None:
    in_discussion(room)
    item = room.items[1]
    call = make_speech_call(room.meeting, item=item)
    second = make_speech(make_asked_unit(room.meeting, "Hà Tĩnh"), "Hai", call=call, minutes=7)
    first = make_speech(make_asked_unit(room.meeting, "Cà Mau"), "Một", call=call, minutes=6)
    for site, speech in ((room.sites[2], second), (room.sites[3], first)):
        site.organisation = speech.unit.organisation
        site.save()
    for speech in (first, second):
        pick_speech(room.meeting, by=the_secretariat(), speech=speech, version=speech.version)
    open_the_item(item, closing=room.items[0])
    waiting = [one for one in read_newest(room.meeting.pk).speeches if one.state == "waiting"]
    assert [(one.name, one.limit_minutes, one.why) for one in waiting] == [
        ("Điểm cầu Cà Mau", 6, "registered"), ("Điểm cầu Hà Tĩnh", 7, "registered"),
    ]  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_a_point_of_order_may_be_raised_beside_a_wish_to_speak(meeting: Meeting, cast: Cast) -> None:
    by = actor_of(meeting, cast["delegate"])
    floor.request_floor(meeting, by=by, kind="point_of_order")
    with pytest.raises(OutOfOrder):
        floor.request_floor(meeting, by=by, kind="point_of_order")
    assert names(meeting)[:2] == ["Giàng A Đại", "Giàng A Đại"]


def test_an_operator_may_not_reorder(room: Room, meeting: Meeting, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.close_speakers(meeting, by=actor_of(meeting, cast["operator"]), item=room.items[0])
    meetings.suspend_meeting(meeting, by=the_secretariat())
    move(meeting, "Lâm Út Tư", "Giàng A Đại")  # in a recess the list is put in order
    assert names(meeting)[0] == "Lâm Út Tư"
