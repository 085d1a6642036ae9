"""Promise 17: a secret ballot stays secret after closing. The attacker has the database, its files, the journal and the logs,
and knows in which order people voted; the same attack succeeds before closing, as the page of the poll says."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, connections
from django.test import Client
from django.views.debug import ExceptionReporter

from meetings import clock
from meetings.actions import NewParticipant, add_participants
from meetings.models import JournalEntry, Reply
from people.models import Session
from people.session_store import SessionStore
from tests import box_attack
from tests.box_attack import BOX, rows_of
from tests.cast import Room
from tests.make import make_users, open_the_meeting, the_secretariat
from tests.polls import close_poll, make_open_poll, make_poll, open_poll
from tests.sizes import VOTERS_IN_SECRET
from voting.ballots.clearing import clear_boxes
from voting.models import Ballot, Poll, SecretBallot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.long]
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Two orders that have nothing to do with each other agree in one place on average, in 16 or more once in 2·10^13 times; there
#: are fewer than 200 pairs of them, in two directions: a false alarm less than once in 10^10.
BY_CHANCE = 15
#: And their likeness (Spearman) has a spread of 1/√(n-1): seven spreads, once in 4·10^11.
SPREADS = 7.0


def digest(*parts: object) -> int:
    """Return a number that looks like chance and is the same each time."""
    return int(hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest(), 16)


@dataclass
class Voted:
    """A poll in which people have voted: whose ballot has which code, as they voted; what they were answered."""

    poll: Poll
    codes: dict[int, str] = field(default_factory=dict)
    keys: list[bytes] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    @property
    def voters(self) -> list[int]:
        """The participants as they voted."""
        return list(self.codes)


def code_of(number: int) -> str:
    """Return the receipt code that a voter's browser made."""
    return "".join(ALPHABET[digest("code", number) >> 5 * place & 31] for place in range(20))


def ballot_of(number: int) -> dict[str, object]:
    """Return a ballot as the browser sends it."""
    key = UUID(int=digest("key", number) % 2**128)
    return {"key": key, "choices": digest("choice", number) % 3 + 1, "code": code_of(number), "remark": f"Góp ý {number} riêng"}


def vote(room: Room, count: int) -> Voted:
    """Let so many people vote in secret, one after the other, each with the own account.

    Every fourth answers secret opinion slips as well, which stay open: their ballots lie among those of the poll.
    """
    users = make_users([f"cu-tri-{n}" for n in range(count)])
    new = [NewParticipant(name=f"Cử tri {n}", person=user.person, bridge_point=room.lao_cai) for n, user in enumerate(users)]
    seats = add_participants(room.meeting, by=the_secretariat(), participants=new)
    open_the_meeting(room.meeting)
    voted = Voted(make_open_poll(room.meeting, is_secret=True, takes_remarks=True))
    beside = open_poll(
        make_poll(room.meeting, is_secret=True, occasion="slip"), closes_at=clock.now(room.meeting) + timedelta(days=9)
    )
    for at in sorted(range(count), key=lambda n: digest("order", n)):
        client = Client(headers={"accept": "application/json"})
        client.force_login(users[at])
        answer = client.post(f"/m/{room.meeting.slug}/polls/{voted.poll.number}/ballot/", ballot_of(at))
        assert answer.status_code == 200, answer.content
        if digest("beside", at) % 4 == 0:
            client.post(f"/m/{room.meeting.slug}/polls/{beside.number}/ballot/", ballot_of(10_000 + at) | {"remark": ""})
        voted.codes[seats[at].pk] = code_of(at)
        voted.keys.append(str(UUID(int=digest("key", at) % 2**128)).replace("-", "").encode())
        voted.answers.append(answer)
    return voted


def every_join(voted: Voted) -> list[tuple[str, int, float]]:
    """Try each order of the box against each order of the voters: what was compared, how many were found, how like they are."""
    boxes = box_attack.orders_of_the_box(voted.poll)
    people = box_attack.orders_of_the_voters(voted.poll, voted.voters)
    return [
        (f"{who} / {what}", box_attack.told_apart(voted.codes, voters, codes), box_attack.likeness(voted.codes, voters, codes))
        for who, voters in people.items()
        for what, codes in boxes.items()
    ]


def found_by_rows(voted: Voted) -> int:
    """Return of how many voters the rows that were written together give the ballot away."""
    if connection.vendor == "postgresql":
        found = box_attack.by_transaction(voted.poll)
    else:
        found = box_attack.by_commit(voted.poll, list(voted.codes.values()))
    return sum(voted.codes[voter] == code for voter, code in found.items())


def close_and_clear(voted: Voted) -> None:
    """Close the poll; then the duty of the service clears what is left of the box before."""
    close_poll(voted.poll)
    connections["snapshot"].close()
    clear_boxes(lambda: True)
    voted.poll.refresh_from_db()
    assert voted.poll.is_cleared, "somebody still reads an older state"


def test_who_and_what_cannot_be_joined_after_closing(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    replies = Reply.objects.count()
    voted = vote(room, VOTERS_IN_SECRET)
    found = found_by_rows(voted)
    assert found > (0.9 * VOTERS_IN_SECRET if connection.vendor == "postgresql" else BY_CHANCE), "before closing it can be joined"
    close_and_clear(voted)
    assert found_by_rows(voted) <= BY_CHANCE
    joins = every_join(voted)
    assert len(joins) < 200, "the bounds are for so many"
    assert [join for join in joins if join[1] > BY_CHANCE] == []
    assert [join for join in joins if abs(join[2]) > SPREADS / (VOTERS_IN_SECRET - 1) ** 0.5] == []
    assert SecretBallot.objects.filter(poll=voted.poll).count() == VOTERS_IN_SECRET < SecretBallot.objects.count()
    assert Reply.objects.count() == replies, "a ballot leaves no stored reply"
    _only_the_box_holds_what_was_voted(voted, caplog.text)


def _only_the_box_holds_what_was_voted(voted: Voted, logs: str) -> None:
    secrets = [*voted.codes.values(), "Góp ý"]
    assert {table for table, text in box_attack.everything_stored() if any(one in text for one in secrets)} == {BOX}
    assert [one for one in secrets if one in logs] == []
    assert set(Ballot.objects.filter(poll=voted.poll).values_list("choices", "remark", "at")) == {(None, "", None)}
    answers = {(one.content, tuple(sorted((k, v) for k, v in one.headers.items() if k != "Expires"))) for one in voted.answers}
    assert [content for content, _headers in answers] == [b'{"state": "done"}'], "everybody is answered the same, byte by byte"
    assert all(one.cookies.keys() <= {"csrftoken"} for one in voted.answers)
    for row in Session.objects.all():
        held: SessionBase = SessionStore(row.session_key)
        assert not any(one in json.dumps(dict(held.items())) for one in secrets)
    told = {key for entry in JournalEntry.objects.filter(kind="ballots.sealed") for key in entry.payload}
    assert told == {"poll", "seal", "first", "last", "count", "hash", "cast"}
    if connection.vendor == "sqlite":
        codes = list(voted.codes.values())
        assert box_attack.copies_of(codes) == 2 * len(codes), "a code stands in the box and in its index, and nowhere else"
        assert box_attack.pages_with_both(codes, voted.keys) == 0
    else:
        assert len(rows_of(f"SELECT DISTINCT xmin::text FROM {BOX} WHERE poll_id = %s", voted.poll.pk)) == 1
        _do("CHECKPOINT")
        ((data,),) = rows_of("SELECT pg_read_binary_file(pg_relation_filepath(%s))", BOX)
        assert {bytes(data).count(code.encode()) for code in voted.codes.values()} == {1}, "old rows lie in the file still"


def test_other_boxes_stand_while_one_is_cleared(room: Room) -> None:
    voted = vote(room, 6)
    close_and_clear(voted)
    before = sorted(SecretBallot.objects.values_list("code", flat=True))
    assert set(voted.codes.values()) <= set(before)
    Poll.objects.filter(pk=voted.poll.pk).update(is_cleared=False)
    clear_boxes(lambda: True)
    assert sorted(SecretBallot.objects.values_list("code", flat=True)) == before
    with pytest.raises(Exception, match=r"closed|changed|deleted"):  # the triggers of the table stand again
        SecretBallot.objects.create(id=1, poll=voted.poll, code="0" * 20, choices=[1])


def test_an_error_of_the_database_says_nothing_of_a_ballot(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    voted = vote(room, 1)
    client, path = _another_voter(room, voted)
    break_it, mend_it = _STUMBLING[connection.vendor]
    _do(break_it)
    try:
        answer = client.post(path, ballot_of(7_000))
    finally:
        _do(mend_it)
    assert (answer.status_code, answer.json()["state"]) == (503, "again")
    assert "could not be written" in caplog.text
    assert code_of(7_000) not in caplog.text + answer.content.decode()
    assert Ballot.objects.filter(poll=voted.poll).count() == 1, "nothing of it was kept"
    assert client.post(path, ballot_of(7_000)).json() == {"state": "done"}, "the same ballot again counts"


def test_a_crash_amid_voting_reports_no_ballot(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    voted = vote(room, 1)
    client, path = _another_voter(room, voted)
    client.raise_request_exception = False
    _do("ALTER TABLE voting_mandate RENAME TO voting_mandate_away")
    try:
        answer = client.post(path, ballot_of(8_000))
    finally:
        _do("ALTER TABLE voting_mandate_away RENAME TO voting_mandate")
    assert answer.status_code == 500
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    assert record.exc_info
    report = ExceptionReporter(record.request, *record.exc_info)  # type: ignore[attr-defined]
    told = caplog.text + report.get_traceback_text() + report.get_traceback_html() + answer.content.decode()
    assert code_of(8_000) not in told
    assert "Góp ý 8000" not in told


#: Makes the box stumble over a ballot in the database's own way, with the row quoted in its message.
_STUMBLING = {
    "sqlite": (
        f"CREATE TRIGGER stumble BEFORE INSERT ON {BOX} BEGIN SELECT RAISE(ABORT, 'broken: ' || NEW.code); END",
        "DROP TRIGGER stumble",
    ),
    "postgresql": (
        f"ALTER TABLE {BOX} ADD CONSTRAINT stumble CHECK (id < 0) NOT VALID",
        f"ALTER TABLE {BOX} DROP CONSTRAINT stumble",
    ),
}


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _another_voter(room: Room, voted: Voted) -> tuple[Client, str]:
    """Return the browser of a delegate who has not voted, and where the ballot goes."""
    client = Client(headers={"accept": "application/json"})
    person = room.people["delegate"].person
    assert person is not None
    client.force_login(person.user)
    return client, f"/m/{room.meeting.slug}/polls/{voted.poll.number}/ballot/"


def test_somebody_who_reads_an_older_state_delays_the_clearing_and_nobody_else(room: Room) -> None:
    voted = vote(room, 2)
    reader = connections.create_connection("default")
    with reader.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN DEFERRED")
        cursor.execute(f"SELECT count(*) FROM {BOX}")
        close_poll(voted.poll)
        began = time.monotonic()
        clear_boxes(lambda: True)
        assert time.monotonic() - began < 5
        assert not Poll.objects.get(pk=voted.poll.pk).is_cleared
        cursor.execute("ROLLBACK")
    reader.close()
    clear_boxes(lambda: True)
    assert Poll.objects.get(pk=voted.poll.pk).is_cleared
