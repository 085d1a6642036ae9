"""Promise 16: one mandate, one ballot. All vote at once, each ballot comes up to five times and from a second device, the poll is
being closed meanwhile: what was answered "done" counts, nothing else does, and the tally is the ledger."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

import pytest

from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting, Participant
from meetings.procedure import the_system
from tests.at_once import together
from tests.cast import Room
from tests.make import make_participants, open_the_meeting
from tests.polls import FOR, cast, close_poll, declare_poll, make_key, make_open_poll, receipt
from tests.sizes import ROUNDS_OF_VOTING, VOTERS
from voting.ballots.actions import seal_ballots
from voting.figures import result_now
from voting.models import Ballot, Poll, SecretBallot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.long]
AT_ONCE = 8
PATIENCE = max(60.0, VOTERS / 5)  # seconds for a round


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: a thread of the test does it, as often as it can."""
    monkeypatch.setattr("voting.ballots.sealer.Sealer.touch", lambda self, ledger: None)


def chosen_by(number: int) -> int:
    """Return what a voter votes: for, against or abstain, in no even order."""
    return number * 7 % 5 % 3 + 1


def vote(poll: Poll, numbers: Iterable[int], people: list[Participant]) -> Counter[int]:
    """Cast the ballots of some voters, each one to five times, then once more from a second device; count who was told "done"."""
    told: Counter[int] = Counter()
    for n in numbers:
        key, code = make_key(), receipt(n) if poll.is_secret else ""
        for _time in range(1 + n % 5):
            try:
                cast(poll, people[n], chosen_by(n), key=key, code=code)
                told[n] = 1
            except OutOfOrder:
                assert not told[n], "what was done is never refused later"
        try:
            cast(poll, people[n], 1 + chosen_by(n) % 3, code=receipt(10**6 + n) if poll.is_secret else "")
            raise AssertionError("a second ballot was taken")
        except OutOfOrder:
            pass
    return told


def close_in_the_middle(poll: Poll, enough: int) -> int:
    """Seal while they vote, and close once so many have."""
    while (cast_by_now := Ballot.objects.filter(poll=poll).count()) < enough:
        seal_ballots(Meeting.objects.get(pk=poll.meeting_id), by=the_system(), poll=poll)
        time.sleep(0.02)  # SQLite has one writer: who never pauses lets nobody else in
    close_poll(poll)
    return cast_by_now


def test_all_vote_at_once_while_the_poll_is_closed(room: Room) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n:05d}" for n in range(VOTERS)], site=room.lao_cai)
    open_the_meeting(room.meeting)
    for turn in range(ROUNDS_OF_VOTING):
        poll = make_open_poll(room.meeting, is_secret=turn % 2 == 1)
        closing = VOTERS * 2 // 3 if turn < ROUNDS_OF_VOTING - 1 else 0  # the last one is closed before anybody has voted
        works = [lambda at=at, poll=poll: vote(poll, range(at, VOTERS, AT_ONCE), people) for at in range(AT_ONCE)]  # type: ignore[misc]
        *told, _by = together(*works, lambda poll=poll, closing=closing: close_in_the_middle(poll, closing), within=PATIENCE)  # type: ignore[misc]
        for one in told:
            assert isinstance(one, Counter), one
        done = sum(told, Counter())
        assert max(done.values(), default=1) == 1
        _tally_is_ledger(poll, sorted(done))
    assert fold_differences(room.meeting) == []


def _tally_is_ledger(poll: Poll, done: list[int]) -> None:
    rows = list(Ballot.objects.filter(poll=poll).select_related("mandate"))
    assert sorted(int(row.mandate.name.removeprefix("Đại biểu ")) for row in rows) == done
    votes = Counter(chosen_by(n) for n in done)
    result = result_now(Poll.objects.get(pk=poll.pk))
    assert [line.votes for line in result.lines] == [votes[n] for n in (FOR, 2, 3)]
    if poll.is_secret:
        lying = {one.code: one.choices for one in SecretBallot.objects.filter(poll=poll)}
        assert lying == {receipt(n): [chosen_by(n)] for n in done}
    else:
        assert all(row.choices == [chosen_by(int(row.mandate.name.removeprefix("Đại biểu ")))] for row in rows)
    declare_poll(poll)
