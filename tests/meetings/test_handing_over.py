"""Handing over the chair and the minutes in mid-meeting: rights change at once, the minutes tell from when on."""

from __future__ import annotations

import pytest

from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting, Participant, Presiding, Role
from meetings.presiding.actions import hand_over_chair, hand_over_secretary
from meetings.presiding.queries import presiding
from minutes.drafting import draft
from minutes.writing import Entry
from tests.cast import Clients, Room
from tests.make import make_participant, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(room: Room) -> Meeting:
    """The room in session."""
    return open_the_meeting(room.meeting)


def told(meeting: Meeting) -> str:
    entries = meeting.journal.entries.order_by("number")
    return "\n".join(f"{one.heading} {one.text}" for one in draft([Entry(e.number, e.kind, e.payload, e.at) for e in entries]))


def role(participant: Participant) -> str:
    return Participant.objects.get(pk=participant.pk).role


def test_the_first_chair_presides_as_the_meeting_is_opened(room: Room, meeting: Meeting) -> None:
    assert {one.role: one.participant for one in Presiding.objects.filter(meeting=meeting)} == {
        Role.CHAIR: room.people["chair"], Role.SECRETARY: room.people["secretary"],
    }  # fmt: skip
    assert fold_differences(meeting) == []


def test_the_chair_goes_to_a_delegate_and_rights_change_on_both_sides(room: Room, meeting: Meeting, clients: Clients) -> None:
    desk = f"/m/{meeting.slug}/chair/"
    assert (clients["chair"].get(desk).status_code, clients["delegate"].get(desk).status_code) == (200, 403)
    hand_over_chair(meeting, by=the_secretariat(), to=room.people["delegate"], presiding=room.people["chair"])
    assert (role(room.people["delegate"]), role(room.people["chair"])) == (Role.CHAIR, Role.DELEGATE)
    assert clients["delegate"].get(desk).status_code == 200
    gone = clients["chair"].get(desk)
    assert (gone.status_code, gone["Location"]) == (302, f"/m/{meeting.slug}/delegate/")
    assert desk in clients["delegate"].get(f"/m/{meeting.slug}/delegate/").content.decode()
    assert fold_differences(meeting) == []


def test_within_the_presidium_nobody_loses_rights(room: Room, meeting: Meeting) -> None:
    second = make_participant(meeting, "Trần Thị Hai", role=Role.CHAIR)
    hand_over_chair(meeting, by=the_secretariat(), to=second, presiding=room.people["chair"])
    assert (role(second), role(room.people["chair"])) == (Role.CHAIR, Role.CHAIR)
    now = presiding(meeting)
    assert now is not None
    assert now.name == "Trần Thị Hai"


def test_who_stays_in_the_presidium_keeps_the_rights(room: Room, meeting: Meeting) -> None:
    hand_over_chair(meeting, by=the_secretariat(), to=room.people["delegate"], presiding=room.people["chair"], stays=True)
    assert role(room.people["chair"]) == Role.CHAIR


def test_of_two_who_hand_over_at_once_the_second_is_told(room: Room, meeting: Meeting) -> None:
    hand_over_chair(meeting, by=the_secretariat(), to=room.people["delegate"], presiding=room.people["chair"])
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        hand_over_chair(meeting, by=the_secretariat(), to=room.people["ha_tinh"], presiding=room.people["chair"])
    assert meeting.presiding.filter(role=Role.CHAIR, until=None).get().participant == room.people["delegate"]


def test_who_keeps_the_minutes_does_not_preside_too_nor_the_other_way_round(
    room: Room, meeting: Meeting, clients: Clients
) -> None:
    chair, secretary = room.people["chair"], room.people["secretary"]
    with pytest.raises(OutOfOrder, match="ghi biên bản"):
        hand_over_chair(meeting, by=the_secretariat(), to=secretary, presiding=chair)
    with pytest.raises(OutOfOrder, match="chủ trì"):
        hand_over_secretary(meeting, by=the_secretariat(), to=chair, presiding=secretary)
    assert (role(chair), role(secretary)) == (Role.CHAIR, Role.SECRETARY)
    offered = {one.pk for one in clients["secretary"].get(f"/m/{meeting.slug}/hand-over/").context["people"]}
    assert offered.isdisjoint({chair.pk, secretary.pk})


@pytest.mark.parametrize("who", ["observer", "guest", "operator"])
def test_only_delegates_can_take_over(room: Room, meeting: Meeting, who: str) -> None:
    with pytest.raises(OutOfOrder):
        hand_over_chair(meeting, by=the_secretariat(), to=room.people[who], presiding=room.people["chair"])
    assert role(room.people["chair"]) == Role.CHAIR


def test_the_minutes_tell_who_presides_from_when_on_and_who_signs(room: Room, meeting: Meeting) -> None:
    hand_over_chair(meeting, by=the_secretariat(), to=room.people["delegate"], presiding=room.people["chair"])
    hand_over_secretary(meeting, by=the_secretariat(), to=room.people["ha_tinh"], presiding=room.people["secretary"])
    words = told(meeting)
    assert "đồng chí Giàng A Đại, Phó Bí thư, Lào Cai, chủ trì Hội nghị thay đồng chí Nguyễn Văn Chủ." in words
    assert "Chủ trì Hội nghị Giàng A Đại" in words
    assert "Người ghi biên bản Phan Đình Ba" in words
    assert "Chủ trì: đồng chí Nguyễn Văn Chủ" in words


def test_the_page_warns_of_who_has_no_account(room: Room, meeting: Meeting, clients: Clients) -> None:
    page = clients["secretary"].get(f"/m/{meeting.slug}/hand-over/")
    have = {one.name: one.has_account for one in page.context["people"]}
    assert (have["Giàng A Đại"], have["Vũ Thị Năm"]) == (True, False)


def test_who_hands_over_the_own_chair_goes_on_where_there_still_is_something_to_see(
    room: Room, meeting: Meeting, clients: Clients
) -> None:
    home = f"/m/{meeting.slug}/"
    assert clients["secretary"].get(f"{home}hand-over/").context["onward"] == ""
    onward = clients["chair"].get(f"{home}hand-over/").context["onward"]
    assert onward == home
    hand_over_chair(meeting, by=the_secretariat(), to=room.people["delegate"], presiding=room.people["chair"])
    assert clients["chair"].get(f"{home}hand-over/").status_code == 403
    assert clients["chair"].get(onward, follow=True).status_code == 200
