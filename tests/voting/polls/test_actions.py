"""The course of a poll: prepared, opened with the entitled frozen, closed, declared once and for all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.bodies.actions import add_body
from attendance.bodies.quorum import Rule
from attendance.presence.actions import mark_presence
from meetings import clock
from meetings.actions import NewParticipant, adjourn_meeting, remove_participant
from meetings.actions.participants import substitute_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import transition
from meetings.models import JournalEntry, Role
from meetings.procedure import Ability
from tests.cast import Room
from tests.make import make_participant, open_the_meeting, the_secretariat
from tests.polls import (
    AGAINST,
    FOR,
    cast,
    close_poll,
    declare_poll,
    make_open_poll,
    make_poll,
    open_poll,
    question,
    voter_of,
)  # fmt: skip
from voting.figures import result_now
from voting.models import Mandate, Poll
from voting.polls import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(room: Room) -> Room:
    """The room with its meeting open."""
    open_the_meeting(room.meeting)
    return room


def kinds(room: Room, prefix: str = "poll") -> list[str]:
    """Return the kinds of the journal's entries of a noun, in order."""
    return [k for k in JournalEntry.objects.order_by("number").values_list("kind", flat=True) if k.startswith(prefix)]


def test_a_vote_from_the_first_word_to_the_result(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    chair, delegate, ha_tinh = (running.people[name] for name in ("chair", "delegate", "ha_tinh"))
    mark_presence(running.meeting, by=the_secretariat(), participants=[chair, delegate, ha_tinh], state="present")
    assert [cast(poll, one, FOR) for one in (chair, delegate)] == [True, True]
    close_poll(poll)
    result = result_now(Poll.objects.get(pk=poll.pk))
    assert (result.entitled, result.present, result.cast, result.needed) == (6, 3, 2, 2)
    assert result.is_carried
    declared = declare_poll(poll)
    assert result_now(declared) == result
    assert kinds(running) == ["poll.added", "poll.opened", "poll.closed", "poll.declared"]
    assert fold_differences(running.meeting) == []


def test_entitled_are_the_chair_and_the_delegates_frozen_at_the_opening(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    make_participant(running.meeting, "Đại biểu đến sau", site=running.lao_cai)
    names = set(Mandate.objects.filter(poll=poll).values_list("name", flat=True))
    assert (len(names), poll.entitled) == (6, 6)
    assert "Đại biểu đến sau" not in names
    assert running.people["guest"].name not in names
    with pytest.raises(NotAllowed, match="không có quyền biểu quyết"):
        cast(poll, running.people["guest"], FOR)


def test_a_substitute_votes_and_who_is_replaced_does_not(running: Room) -> None:
    with transition(running.meeting, by=the_secretariat(), ability=Ability.PREPARE) as change:
        new = NewParticipant(name="Người đi thay", role=Role.DELEGATE, bridge_point=running.lao_cai)
        substitute = substitute_participant(change, running.people["delegate"], new)
    poll = make_open_poll(running.meeting)
    assert poll.entitled == 6
    assert cast(poll, substitute, FOR)
    with pytest.raises(NotAllowed):
        cast(poll, running.people["delegate"], FOR)


def test_one_poll_in_the_room_at_a_time_and_only_while_it_sits(room: Room) -> None:
    first, second = make_poll(room.meeting), make_poll(room.meeting, "Câu hỏi thứ hai?")
    with pytest.raises(OutOfOrder, match="không trong giờ họp"):
        open_poll(first)
    open_the_meeting(room.meeting)
    open_poll(first)
    with pytest.raises(OutOfOrder, match="Biểu quyết số 1 đang mở"):
        open_poll(second)


def test_who_has_read_another_version_does_not_open_it(running: Room) -> None:
    poll = make_poll(running.meeting)
    edited = actions.edit_poll(running.meeting, by=the_secretariat(), poll=poll, question=question("Câu hỏi đã sửa?"), version=1)
    assert edited.version == 2
    with pytest.raises(OutOfOrder, match="Người khác vừa sửa"):
        open_poll(poll)
    with pytest.raises(OutOfOrder, match="Người khác vừa sửa"):
        actions.edit_poll(running.meeting, by=the_secretariat(), poll=poll, question=question("Sửa nữa?"), version=1)
    open_poll(edited)
    assert fold_differences(running.meeting) == []


def test_words_do_not_change_once_it_was_opened(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    for change in (
        lambda: actions.edit_poll(running.meeting, by=the_secretariat(), poll=poll, question=question("Khác?"), version=1),
        lambda: actions.remove_poll(running.meeting, by=the_secretariat(), poll=poll),
        lambda: open_poll(poll),
        lambda: declare_poll(poll),
    ):
        with pytest.raises(OutOfOrder, match="Biểu quyết số 1 đang mở"):
            change()


def test_after_the_declaration_nothing_changes_and_the_question_is_put_again(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    close_poll(poll)
    declare_poll(poll)
    for change in (lambda: close_poll(poll), lambda: declare_poll(poll)):
        with pytest.raises(OutOfOrder, match="đã được công bố"):
            change()
    with pytest.raises(OutOfOrder, match="đã được công bố"):
        actions.cancel_poll(running.meeting, by=the_secretariat(), poll=poll, why="Nhầm")
    again = actions.add_poll(running.meeting, by=the_secretariat(), question=question(), again_of=poll)
    assert (again.number, again.again_of) == (2, poll)


def test_a_poll_with_nobody_present_carries_nothing(running: Room) -> None:
    poll = declare_poll(close_poll(make_open_poll(running.meeting)))
    result = result_now(poll)
    assert (result.present, result.cast, result.needed, result.is_carried) == (0, 0, 1, False)


def test_nobody_entitled_is_nobody_to_ask(running: Room) -> None:
    body = add_body(running.meeting, by=the_secretariat(), name="Ban Chấp hành", rule=Rule("at_least"))
    with pytest.raises(OutOfOrder, match="Không ai có quyền biểu quyết"):
        make_open_poll(running.meeting, body=body)


def test_a_cancelled_poll_tells_why_and_not_what_was_voted(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    cast(poll, running.people["delegate"], AGAINST)
    actions.cancel_poll(running.meeting, by=the_secretariat(), poll=poll, why="Đặt câu hỏi chưa rõ")
    assert kinds(running)[-2:] == ["poll.closed", "poll.cancelled"]
    assert Poll.objects.get(pk=poll.pk).result is None
    assert fold_differences(running.meeting) == []


def test_the_vote_of_who_has_not_voted_can_be_withdrawn(running: Room) -> None:
    poll, delegate, chair = make_open_poll(running.meeting), running.people["delegate"], running.people["chair"]
    cast(poll, chair, FOR)
    actions.withdraw_mandate(running.meeting, by=the_secretariat(), poll=poll, participant=delegate, why="Có kết luận kỷ luật")
    with pytest.raises(OutOfOrder, match="đã bị rút"):
        cast(poll, delegate, FOR)
    with pytest.raises(OutOfOrder, match="đã biểu quyết; phiếu giữ nguyên"):
        actions.withdraw_mandate(running.meeting, by=the_secretariat(), poll=poll, participant=chair, why="Nhầm")
    result = result_now(close_poll(poll))
    assert (result.entitled, result.withdrawn, result.cast) == (5, 1, 1)
    assert fold_differences(running.meeting) == []


def test_who_may_vote_stays_on_the_list(running: Room) -> None:
    make_open_poll(running.meeting)
    with pytest.raises(OutOfOrder, match="có quyền biểu quyết ở hội nghị này"):
        remove_participant(running.meeting, by=the_secretariat(), participant=running.people["ca_mau"])


def test_a_meeting_with_an_undeclared_poll_is_not_adjourned(running: Room) -> None:
    poll = make_open_poll(running.meeting)
    with pytest.raises(OutOfOrder, match="Biểu quyết số 1 đang mở"):
        adjourn_meeting(running.meeting, by=the_secretariat())
    close_poll(poll)
    with pytest.raises(OutOfOrder, match="chưa được công bố"):
        adjourn_meeting(running.meeting, by=the_secretariat())
    declare_poll(poll)
    adjourn_meeting(running.meeting, by=the_secretariat())


def test_only_who_runs_polls_prepares_opens_and_declares(running: Room) -> None:
    poll = make_poll(running.meeting)
    delegate = voter_of(running.people["delegate"])
    with pytest.raises(NotAllowed):
        actions.add_poll(running.meeting, by=delegate, question=question())
    with pytest.raises(NotAllowed):
        actions.open_poll(running.meeting, by=delegate, poll=poll, version=1)


def test_an_end_can_be_moved_and_a_moment_that_has_passed_is_none(running: Room) -> None:
    poll = open_poll(make_poll(running.meeting), minutes=5)
    now = clock.now(running.meeting)
    assert poll.closes_at is not None
    assert timedelta(minutes=4) < poll.closes_at - now <= timedelta(minutes=5)
    with pytest.raises(OutOfOrder, match="Thời điểm này đã qua"):
        actions.extend_poll(running.meeting, by=the_secretariat(), poll=poll, closes_at=now - timedelta(minutes=1))
    actions.extend_poll(running.meeting, by=the_secretariat(), poll=poll, minutes=10)
    actions.extend_poll(running.meeting, by=the_secretariat(), poll=poll)
    assert Poll.objects.get(pk=poll.pk).closes_at is None
    with pytest.raises(OutOfOrder, match="Thời điểm kết thúc không thay đổi"):
        actions.extend_poll(running.meeting, by=the_secretariat(), poll=poll)
