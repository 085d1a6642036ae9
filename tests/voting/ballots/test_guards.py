"""The triggers of the ledger and the box: whoever writes to the database, a ballot comes in time, once, and stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction

from meetings.hooks import fold_differences
from tests.cast import Room
from tests.make import open_the_meeting
from tests.polls import AGAINST, FOR, cast, close_poll, make_key, make_open_poll, receipt
from voting.ballots import guards
from voting.ballots.writing import New, write_ballot
from voting.models import Ballot, Mandate, Poll, SecretBallot

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def refused(change: Callable[[], object]) -> bool:
    """Whether the database refuses a change."""
    try:
        with transaction.atomic():
            change()
    except Error:
        return True
    return False


def run(statement: str) -> None:
    """Run a statement as somebody with the database's password would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def named(room: Room) -> Poll:
    """An open named poll with one ballot."""
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting)
    cast(poll, room.people["delegate"], FOR)
    return poll


@pytest.fixture
def secret(room: Room) -> Poll:
    """An open secret poll with two ballots."""
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, is_secret=True)
    cast(poll, room.people["delegate"], FOR, code=receipt(1))
    cast(poll, room.people["chair"], AGAINST, code=receipt(2))
    return poll


def test_a_ballot_is_never_changed_deleted_or_replaced(named: Poll) -> None:
    assert refused(lambda: run("UPDATE voting_ballot SET choices = '[2]'"))
    assert refused(lambda: run("DELETE FROM voting_ballot"))
    if connection.vendor == "postgresql":
        assert refused(lambda: run("TRUNCATE voting_ballot CASCADE"))
    else:
        assert refused(lambda: run("INSERT OR REPLACE INTO voting_ballot SELECT * FROM voting_ballot"))
    assert Ballot.objects.get().choices == [FOR]


def test_a_ballot_for_a_closed_poll_is_passed_over_whoever_writes_it(room: Room, named: Poll) -> None:
    mandate = Mandate.objects.get(poll=named, participant=room.people["chair"])
    close_poll(named)
    late = New(poll=named.pk, mandate=mandate.pk, key=make_key(), is_secret=False, choices=(FOR,), at=named.opened_at)
    assert not write_ballot(late)
    assert Ballot.objects.count() == 1


def test_a_named_poll_takes_no_secret_ballot_and_the_other_way_round(room: Room, named: Poll) -> None:
    mandate = Mandate.objects.get(poll=named, participant=room.people["chair"])
    wrong = New(poll=named.pk, mandate=mandate.pk, key=make_key(), is_secret=True, choices=(FOR,), code=receipt(3))
    assert not write_ballot(wrong)
    assert not SecretBallot.objects.exists()


def test_nothing_is_put_into_or_taken_out_of_a_box(secret: Poll) -> None:
    stuffing = f"INSERT INTO voting_secretballot (id, poll_id, code, choices, remark) VALUES (1, {secret.pk}, 'X', '[1]', '')"
    assert refused(lambda: run("UPDATE voting_secretballot SET choices = '[1]'"))
    assert refused(lambda: run("DELETE FROM voting_secretballot"))
    close_poll(secret)
    for change in (stuffing, "UPDATE voting_secretballot SET choices = '[1]'", "DELETE FROM voting_secretballot"):
        assert refused(lambda change=change: run(change)), change  # type: ignore[misc]
    assert SecretBallot.objects.count() == 2


def test_what_was_changed_behind_the_triggers_shows_in_the_journal(room: Room, secret: Poll) -> None:
    close_poll(secret)
    assert fold_differences(room.meeting) == []
    changes = (
        f"UPDATE voting_secretballot SET choices = '[1]' WHERE code = '{receipt(2)}'",
        f"DELETE FROM voting_secretballot WHERE code = '{receipt(1)}'",
        "UPDATE voting_ballot SET key = '00000000000000000000000000000001' WHERE id = (SELECT MIN(id) FROM voting_ballot)",
        "DELETE FROM voting_ballot WHERE id = (SELECT MAX(id) FROM voting_ballot)",
    )
    for change in changes:
        with transaction.atomic():
            guards.remove(connection)
            run(change)
            told = fold_differences(room.meeting)
            transaction.set_rollback(True)
        assert told, change
        guards.install(connection)
