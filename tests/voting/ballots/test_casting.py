"""A ballot: one for a mandate, counted once however often it comes, refused in words when it comes too late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from meetings import clock
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import JournalEntry
from tests.cast import Clients, Room
from tests.make import open_the_meeting, the_secretariat
from tests.polls import AGAINST, FOR, cast, close_poll, make_key, make_open_poll, make_poll, open_poll, receipt
from voting.ballots.sealer import seal_ledgers
from voting.figures import result_now
from voting.models import Ballot, BallotSeal, Poll, SecretBallot
from voting.polls import actions
from voting.polls.ending import close_due_polls
from voting.proxies.actions import give_proxy

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(room: Room) -> Poll:
    """An open named poll."""
    open_the_meeting(room.meeting)
    return make_open_poll(room.meeting)


def test_the_same_ballot_sent_again_is_done_and_counts_once(room: Room, poll: Poll) -> None:
    key = make_key()
    assert [cast(poll, room.people["delegate"], FOR, key=key) for _time in range(5)] == [True, False, False, False, False]
    assert Ballot.objects.count() == 1


def test_a_second_ballot_of_the_same_person_is_refused_with_the_moment_of_the_first(room: Room, poll: Poll) -> None:
    cast(poll, room.people["delegate"], FOR)
    with pytest.raises(OutOfOrder, match=r"Giàng A Đại đã biểu quyết lúc \d\d:\d\d:\d\d. Phiếu đầu tiên có giá trị"):
        cast(poll, room.people["delegate"], AGAINST)
    assert Ballot.objects.get().choices == [FOR]


def test_a_ballot_after_the_closing_does_not_count(room: Room, poll: Poll) -> None:
    close_poll(poll)
    with pytest.raises(OutOfOrder, match="đến muộn, không được tính"):
        cast(poll, room.people["delegate"], FOR)
    assert not Ballot.objects.exists()


def test_a_ballot_taken_before_the_closing_is_done_also_when_it_is_asked_for_after(room: Room, poll: Poll) -> None:
    key = make_key()
    cast(poll, room.people["delegate"], FOR, key=key)
    close_poll(poll)
    assert cast(poll, room.people["delegate"], FOR, key=key) is False


def test_after_its_end_a_poll_takes_none_though_nobody_has_closed_it_yet(room: Room, poll: Poll) -> None:
    Poll.objects.filter(pk=poll.pk).update(closes_at=clock.now(room.meeting) - timedelta(seconds=1))
    with pytest.raises(OutOfOrder, match="đến muộn"):
        cast(poll, room.people["delegate"], FOR)
    close_due_polls(lambda: True)
    closed = Poll.objects.get(pk=poll.pk)
    entry = JournalEntry.objects.get(kind="poll.closed")
    assert (closed.state, entry.payload["is_due"], entry.actor) == ("closed", True, "Điểm Cầu")


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [((), "ít nhất 1"), ((1, 2), "nhiều nhất 1"), ((4,), "không có phương án"), ((1, 1), "chọn hai lần")],
)
def test_a_ballot_that_is_none_is_refused_in_words(room: Room, poll: Poll, choices: tuple[int, ...], sentence: str) -> None:
    with pytest.raises(OutOfOrder, match=sentence):
        cast(poll, room.people["delegate"], *choices)


def test_a_choice_of_several_counts_each(room: Room) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, options=["Đại biểu A", "Đại biểu B", "Đại biểu C"], most_choices=2, seats=2)
    cast(poll, room.people["delegate"], 1, 3)
    cast(poll, room.people["chair"], 1)
    result = result_now(close_poll(poll))
    assert [line.votes for line in result.lines] == [2, 0, 1]
    assert [line.text for line in result.chosen] == ["Đại biểu A"]


def test_a_secret_ballot_lies_in_the_box_and_nowhere_else(room: Room) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, is_secret=True)
    cast(poll, room.people["delegate"], AGAINST, code=receipt(7))
    row, lying = Ballot.objects.get(), SecretBallot.objects.get()
    assert (row.choices, row.at, row.remark) == (None, None, "")
    assert (lying.code, lying.choices) == (receipt(7), [AGAINST])
    with pytest.raises(OutOfOrder, match=r"Giàng A Đại đã bỏ phiếu\. Phiếu đầu tiên"):
        cast(poll, room.people["delegate"], FOR)
    closed = close_poll(poll)
    assert closed.is_shuffled
    assert SecretBallot.objects.get().pk != lying.pk
    assert [line.votes for line in result_now(closed).lines] == [0, 1, 0]
    assert fold_differences(room.meeting) == []


def test_a_receipt_that_is_taken_is_refused_and_leaves_nothing(room: Room) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, is_secret=True)
    cast(poll, room.people["delegate"], FOR, code=receipt(1))
    with pytest.raises(OutOfOrder, match="Mã biên nhận bị trùng"):
        cast(poll, room.people["chair"], FOR, code=receipt(1))
    assert Ballot.objects.count() == 1
    assert cast(poll, room.people["chair"], FOR, code=receipt(2))


def test_ballots_are_sealed_and_a_seal_tells_neither_who_nor_what(room: Room, poll: Poll) -> None:
    cast(poll, room.people["delegate"], AGAINST)
    cast(poll, room.people["chair"], FOR)
    seal_ledgers(lambda: True)
    close_poll(poll)
    entries = JournalEntry.objects.filter(kind="ballots.sealed").order_by("number")
    assert sum(entry.payload["count"] for entry in entries) == 2
    assert {key for entry in entries for key in entry.payload} == {"poll", "seal", "first", "last", "count", "hash", "cast"}
    assert BallotSeal.objects.count() == len(entries)
    assert fold_differences(room.meeting) == []


def test_a_proxy_casts_the_other_vote_beside_the_own(room: Room) -> None:
    open_the_meeting(room.meeting)
    delegate, absent, other = (room.people[name] for name in ("delegate", "ca_mau", "ha_tinh"))
    for giver in (absent, other):
        give_proxy(room.meeting, by=the_secretariat(), giver=giver, holder=delegate)
    poll = make_open_poll(room.meeting, proxies_at_most=1)
    assert cast(poll, delegate, FOR)
    assert cast(poll, delegate, AGAINST, whose=absent)
    with pytest.raises(NotAllowed):  # one at most: the proxy given first
        cast(poll, delegate, AGAINST, whose=other)
    with pytest.raises(NotAllowed):  # who has given the vote away has none
        cast(poll, absent, FOR)
    assert cast(poll, other, FOR)
    assert [line.votes for line in result_now(close_poll(poll)).lines] == [2, 1, 0]


def test_without_proxies_in_its_rules_a_poll_knows_none(room: Room) -> None:
    open_the_meeting(room.meeting)
    give_proxy(room.meeting, by=the_secretariat(), giver=room.people["ca_mau"], holder=room.people["delegate"])
    poll = make_open_poll(room.meeting)
    assert cast(poll, room.people["ca_mau"], FOR)
    with pytest.raises(NotAllowed):
        cast(poll, room.people["delegate"], FOR, whose=room.people["ca_mau"])


def send(clients: Clients, who: str, poll: Poll, **fields: object) -> tuple[int, dict[str, object]]:
    """Send a ballot as a script does and return status and body."""
    data = {"key": str(make_key()), **fields}
    address = f"/m/{poll.meeting.slug}/polls/{poll.number}/ballot/"
    answer = clients[who].post(address, data, headers={"accept": "application/json"})
    return answer.status_code, answer.json() if answer.headers["Content-Type"] == "application/json" else {}


def test_over_http_a_ballot_is_done_refused_malformed_or_not_there(room: Room, clients: Clients, poll: Poll) -> None:
    key = str(make_key())
    assert send(clients, "delegate", poll, key=key, choices=[1]) == (200, {"state": "done"})
    assert send(clients, "delegate", poll, key=key, choices=[1]) == (200, {"state": "done"})
    assert send(clients, "delegate", poll, choices=[2])[0] == 409
    assert send(clients, "observer", poll, choices=[2])[0] == 403
    assert send(clients, "guest", poll, choices=[2])[0] == 403
    assert send(clients, "stranger", poll, choices=[2])[0] == 404
    assert send(clients, "chair", poll, key="none", choices=[2])[0] == 400
    assert send(clients, "chair", poll, choices=["x"])[0] == 400
    draft = make_poll(room.meeting)
    assert send(clients, "chair", draft, choices=[1])[0] == 404


def test_the_answer_to_a_secret_ballot_says_nothing_of_it(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, is_secret=True)
    assert send(clients, "delegate", poll, choices=[2], code=receipt(9)) == (200, {"state": "done"})
    assert send(clients, "chair", poll, choices=[2])[0] == 409
    assert send(clients, "chair", poll, choices=[2], code="abc")[0] == 400


def test_an_extended_poll_takes_ballots_again_that_come_in_time(room: Room) -> None:
    open_the_meeting(room.meeting)
    poll = open_poll(make_poll(room.meeting), minutes=1)
    actions.extend_poll(room.meeting, by=the_secretariat(), poll=poll, minutes=30)
    assert cast(poll, room.people["delegate"], FOR)


def test_a_ballot_over_http_takes_as_many_queries_for_thirty_voters_as_for_one(
    room: Room, clients: Clients, poll: Poll, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("voting.ballots.sealer.Sealer.touch", lambda self, ledger: None)
    send(clients, "chair", poll, choices=[1])
    assert clients["delegate"]
    with django_assert_num_queries(4):  # session, account, its votes with the poll, the ballot
        assert send(clients, "delegate", poll, choices=[1])[0] == 200
