"""Halls without devices: counted by their operator, checked against who is there, accepted by the chair."""

from __future__ import annotations

import pytest

from attendance.halls.actions import enter_hall_count
from attendance.presence.actions import mark_presence
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint
from tests.cast import Clients, Room
from tests.make import make_command_id, make_participants, open_the_meeting, the_secretariat
from tests.polls import AGAINST, FOR, cast, close_poll, declare_poll, make_open_poll, voter_of
from voting.figures import result_now
from voting.halls.actions import accept_hall_tally, enter_hall_tally, return_hall_tally
from voting.models import HallTally, Poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(room: Room) -> Room:
    """The room in session, with ten people more in Lào Cai, all of its twelve delegates counted by head."""
    make_participants(room.meeting, [f"Đại biểu hội trường {n}" for n in range(10)], site=room.lao_cai)
    open_the_meeting(room.meeting)
    enter_hall_count(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, present=12)
    return room


def enter(room: Room, poll: Poll, *votes: int, site: BridgePoint | None = None, **kw: object) -> HallTally:
    """Enter a count as the operator of Lào Cai: for, against, abstain."""
    data = {"voters": sum(votes), "votes": dict(enumerate(votes, start=1)), **kw}
    by = voter_of(room.people["operator"])
    return enter_hall_tally(room.meeting, by=by, poll=poll, bridge_point=site or room.lao_cai, **data)  # type: ignore[arg-type]


def test_hands_count_beside_devices_when_the_chair_has_accepted_them(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    cast(poll, hall.people["chair"], FOR)
    cast(poll, hall.people["delegate"], AGAINST)  # of Lào Cai, by the own telephone
    tally = enter(hall, poll, 9, 1, 1)
    close_poll(poll)
    assert result_now(Poll.objects.get(pk=poll.pk)).cast == 2
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1)
    result = result_now(declare_poll(poll))
    assert [line.votes for line in result.lines] == [10, 2, 1]
    assert (result.by_hall, result.by_device, result.present, result.halls) == (11, 2, 13, 1)
    assert fold_differences(hall.meeting) == []


def test_more_hands_than_people_in_the_hall_are_refused_with_the_numbers(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    cast(poll, hall.people["delegate"], FOR)
    with pytest.raises(OutOfOrder, match=r"12 phiếu nhiều hơn số có thể có tại Lào Cai: 11\. Có mặt trong hội trường: 12"):
        enter(hall, poll, 12, 0, 0)
    assert enter(hall, poll, 11, 0, 0).voters == 11


def test_people_without_a_vote_raise_no_hand(hall: Room) -> None:
    enter_hall_count(hall.meeting, by=the_secretariat(), bridge_point=hall.lao_cai, present=40)  # guests and drivers too
    poll = make_open_poll(hall.meeting)
    with pytest.raises(OutOfOrder, match="có quyền biểu quyết tại đó: 12"):
        enter(hall, poll, 13, 0, 0)


def test_where_nobody_is_counted_the_head_count_comes_first(room: Room) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting)
    with pytest.raises(OutOfOrder, match="Hãy nhập số người có mặt trước"):
        enter(room, poll, 1, 0, 0)
    mark_presence(room.meeting, by=the_secretariat(), participants=[room.people["delegate"]], state="present")
    assert enter(room, poll, 1, 0, 0).state == "entered"


def test_who_votes_by_telephone_after_the_hands_were_counted_makes_the_count_too_large(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    tally = enter(hall, poll, 12, 0, 0)
    cast(poll, hall.people["delegate"], FOR)
    with pytest.raises(OutOfOrder, match="nhiều hơn số có thể có"):
        accept_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1)
    return_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1, why="Một đại biểu đã tự biểu quyết")
    again = enter(hall, poll, 11, 0, 0, version=1, why="Đếm lại")
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=again, version=2)
    close_poll(poll)
    assert result_now(declare_poll(poll)).cast == 12
    assert fold_differences(hall.meeting) == []


def test_who_votes_by_telephone_after_the_count_was_accepted_does_not_vote_twice(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    tally = enter(hall, poll, 12, 0, 0)
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1)
    cast(poll, hall.people["delegate"], FOR)
    close_poll(poll)
    with pytest.raises(OutOfOrder, match="Lào Cai"):
        declare_poll(poll)
    return_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1, why="Một đại biểu đã tự biểu quyết")
    again = enter(hall, poll, 11, 0, 0, version=1, why="Đếm lại")
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=again, version=2)
    assert result_now(declare_poll(poll)).cast == 12


def test_a_count_can_be_corrected_until_the_declaration_and_is_accepted_anew(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    tally = enter(hall, poll, 10, 0, 0)
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=tally, version=1)
    close_poll(poll)
    corrected = enter(hall, poll, 9, 1, 0, version=1, why="Đếm nhầm một phiếu")
    with pytest.raises(OutOfOrder, match="Cần xác nhận hoặc trả lại kết quả đếm của các hội trường sau trước: Lào Cai"):
        declare_poll(poll)
    with pytest.raises(OutOfOrder, match="đã được sửa sau khi"):
        accept_hall_tally(hall.meeting, by=the_secretariat(), tally=corrected, version=1)
    accept_hall_tally(hall.meeting, by=the_secretariat(), tally=corrected, version=2)
    assert [line.votes for line in result_now(declare_poll(poll)).lines] == [9, 1, 0]
    with pytest.raises(OutOfOrder, match="số liệu không thay đổi"):
        enter(hall, poll, 10, 0, 0, version=2)


def test_two_operators_of_one_hall_do_not_overwrite_each_other(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    enter(hall, poll, 10, 0, 0)
    with pytest.raises(OutOfOrder, match="Người khác vừa nhập"):
        enter(hall, poll, 9, 0, 0)


def test_an_operator_counts_the_own_hall_alone_and_accepts_nothing(hall: Room) -> None:
    poll = make_open_poll(hall.meeting)
    with pytest.raises(NotAllowed):
        enter(hall, poll, 1, 0, 0, site=hall.sites[2])
    tally = enter(hall, poll, 1, 0, 0)
    with pytest.raises(NotAllowed):
        accept_hall_tally(hall.meeting, by=voter_of(hall.people["operator"]), tally=tally, version=1)


def knock(clients: Clients, room: Room, **fields: object) -> tuple[int, dict[str, object]]:
    """Send a hall's count as the console's form does."""
    data = {"command_id": make_command_id(), "version": 0, **fields}
    answer = clients["operator"].post(
        f"/m/{room.meeting.slug}/do/hall_tally.enter/", data, headers={"accept": "application/json"}
    )
    return answer.status_code, answer.json()


def test_the_form_asks_for_each_option_and_adds_up(hall: Room, clients: Clients) -> None:
    poll = make_open_poll(hall.meeting)
    status, told = knock(clients, hall, poll=poll.pk, votes_1=9, votes_2=1)
    assert (status, list(told["errors"])) == (400, ["votes_3"])  # type: ignore[call-overload]
    assert knock(clients, hall, poll=poll.pk, votes_1=9, votes_2=1, votes_3=0, invalid=1)[0] == 200
    row = HallTally.objects.get()
    assert (row.votes, row.voters, row.invalid, row.bridge_point) == ({"1": 9, "2": 1, "3": 0}, 11, 1, hall.lao_cai)


def test_of_a_choice_the_votes_must_be_possible_for_so_many_voters(hall: Room, clients: Clients) -> None:
    poll = make_open_poll(hall.meeting, options=["A", "B", "C"], most_choices=2)
    tried = [
        ({"votes_1": 5, "votes_2": 5, "votes_3": 5}, 400),  # how many voted is missing
        ({"votes_1": 5, "votes_2": 5, "votes_3": 5, "voters": 7}, 400),  # at most 14 votes
        ({"votes_1": 9, "votes_2": 0, "votes_3": 0, "voters": 8}, 400),  # nobody votes twice for one
        ({"votes_1": 5, "votes_2": 5, "votes_3": 5, "voters": 8}, 200),
    ]
    assert [knock(clients, hall, poll=poll.pk, **fields)[0] for fields, _status in tried] == [status for _f, status in tried]
