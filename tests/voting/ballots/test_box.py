"""The page of the box: who may read it when, that anybody can work out its hash, that nobody asks the server for a receipt."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Clients, Room
from tests.make import make_participants, open_the_meeting, the_secretariat
from tests.polls import AGAINST, FOR, cast, close_poll, declare_poll, make_open_poll, receipt
from voting.models import Poll, SecretBallot
from voting.polls.actions import cancel_poll

pytestmark = pytest.mark.django_db
FIRST, SECOND = receipt(10**9), receipt(10**9 + 1)


def voted(room: Room, more: int = 0) -> Poll:
    """Return a secret poll in which the chair voted for it, the delegate against it, and so many more for it."""
    people = make_participants(room.meeting, [f"Cử tri {n}" for n in range(more)]) if more else []
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting, is_secret=True, takes_remarks=True)
    cast(poll, room.people["chair"], FOR, code=FIRST, remark="Đồng ý, có góp ý")
    cast(poll, room.people["delegate"], AGAINST, code=SECOND)
    for one in people:
        cast(poll, one, FOR)
    return poll


def address(poll: Poll, rest: str = "box/") -> str:
    return f"/m/{poll.meeting.slug}/polls/{poll.number}/{rest}"


def test_the_box_opens_to_everybody_when_the_result_is_declared(room: Room, clients: Clients) -> None:
    poll = voted(room)

    def seen(who: str) -> tuple[bool, int, int]:
        page = clients[who].get(address(poll))
        shown = "-".join(FIRST[at : at + 5] for at in range(0, 20, 5)) in page.content.decode()
        return (
            shown,
            clients[who].get(address(poll, "box/ballots/")).status_code,
            clients[who].get(address(poll, "box.csv")).status_code,
        )

    assert (seen("secretary"), seen("delegate")) == ((False, 404, 404), (False, 404, 404))
    close_poll(poll)
    assert (seen("secretary"), seen("delegate")) == ((True, 200, 200), (False, 404, 404))
    declare_poll(poll)
    assert seen("delegate") == (True, 200, 200)


def test_the_box_of_a_cancelled_poll_stays_closed(room: Room, clients: Clients) -> None:
    poll = voted(room)
    cancel_poll(room.meeting, by=the_secretariat(), poll=poll, why="Câu hỏi viết sai")
    assert clients["secretary"].get(address(poll, "box.csv")).status_code == 404


def test_a_named_poll_has_no_box(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    assert clients["secretary"].get(address(make_open_poll(room.meeting))).status_code == 404


def test_anybody_works_out_the_hash_that_stands_in_the_journal(room: Room, clients: Clients) -> None:
    poll = declare_poll(close_poll(voted(room)))
    data = clients["delegate"].get(address(poll, "box.csv")).content
    recipe = clients["delegate"].get(address(poll)).context["recipe"]
    assert recipe in Path("docs/voting/secret.md").read_text("utf-8")
    python, option, program = shlex.split(recipe.partition(" < ")[0])
    answer = subprocess.run([python, option, program], input=data, capture_output=True, check=True)
    closed = room.meeting.journal.entries.get(kind="poll.closed").payload
    assert answer.stdout.decode().strip() == closed["box"]
    assert "Đồng ý, có góp ý" not in data.decode(), "remarks are for the secretariat"


def test_a_box_that_was_changed_says_so(room: Room, clients: Clients) -> None:
    from voting.ballots import guards

    poll = declare_poll(close_poll(voted(room)))
    warning = "không còn đúng như lúc kết thúc"
    assert warning not in clients["delegate"].get(address(poll)).content.decode()
    guards.remove(connection)
    SecretBallot.objects.filter(code=FIRST).update(choices=[AGAINST])
    guards.install(connection)
    assert warning in clients["delegate"].get(address(poll)).content.decode()


@pytest.mark.parametrize(("more", "warns"), [(2, True), (3, False)])
def test_few_ballots_are_warned_of(room: Room, clients: Clients, more: int, warns: bool) -> None:
    poll = declare_poll(close_poll(voted(room, more)))
    assert ("chính kết quả đã cho biết mọi người" in clients["delegate"].get(address(poll)).content.decode()) is warns


def test_whoever_looks_for_a_receipt_gets_the_whole_box(room: Room, clients: Clients) -> None:
    poll = declare_poll(close_poll(voted(room)))
    answer = clients["delegate"].get(address(poll, f"box/ballots/?code={FIRST}")).json()
    assert answer["ballots"] == [[FIRST, [FOR]], [SECOND, [AGAINST]]]
    assert answer == clients["guest"].get(address(poll, "box/ballots/")).json()


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_as_much_for_many_ballots_as_for_few(room: Room, clients: Clients, more: int) -> None:
    poll = declare_poll(close_poll(voted(room, more)))
    clients["delegate"].get(address(poll))  # the first page of a session asks more
    with CaptureQueriesContext(connection) as asked:
        assert len(clients["delegate"].get(address(poll)).context["rows"]) == 2 + more
    assert len(asked) == 12
    assert [said for _code, said in clients["delegate"].get(address(poll, "box/?choice=2")).context["rows"]] == [
        "Không tán thành"
    ]
