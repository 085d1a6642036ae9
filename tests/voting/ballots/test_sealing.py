"""A seal vouches for a part of the ledger that nothing is added to afterwards, and ballots find their way by their keys."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections, transaction

from meetings.hooks import fold_differences
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import make_participants, open_the_meeting
from tests.polls import FOR, cast, close_poll, make_open_poll
from voting.ballots.actions import seal_ballots
from voting.ballots.models import Ballot, BallotSeal
from voting.ballots.writing import exclude_writers
from voting.polls.models import Mandate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_a_ballot_that_waited_for_a_seal_lies_behind_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voting.ballots.sealer.Sealer.touch", lambda self, ledger: None)
    early, late = make_participants(room.meeting, ["Đại biểu 15-01", "Đại biểu 15-02"], site=room.lao_cai)
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting)
    waiting = threading.Thread(target=lambda: (cast(poll, early, FOR), connections.close_all()))
    with transaction.atomic():
        exclude_writers(poll)
        waiting.start()
        time.sleep(0.5)  # it has come as far as the lock
        assert waiting.is_alive()
        cast(poll, late, FOR)
        seal_ballots(room.meeting, by=the_system(), poll=poll)
    waiting.join(20)
    seal = BallotSeal.objects.get(poll=poll)
    assert (seal.count, Ballot.objects.get(mandate__voter=late).pk) == (1, seal.last)
    assert Ballot.objects.get(mandate__voter=early).pk > seal.last
    close_poll(poll)
    assert fold_differences(room.meeting) == []


def test_opening_a_poll_tells_the_database_how_many_votes_there_are(room: Room) -> None:
    make_participants(room.meeting, [f"Đại biểu {n:03d}" for n in range(200)], site=room.lao_cai)
    open_the_meeting(room.meeting)
    make_open_poll(room.meeting)
    if connection.vendor != "postgresql":
        return  # SQLite plans by the keys alone
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Mandate._meta.db_table])
        assert cursor.fetchone() == (Mandate.objects.count(),)
