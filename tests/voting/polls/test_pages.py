"""The pages of polls: who sees what, a ballot from a plain form, the same cost for one row and for thirty, files."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Room
from tests.make import make_participants, mark_present, the_secretariat
from tests.polls import cast, close_poll, declare_poll, make_key, make_open_poll, make_poll, open_poll
from tests.voting_doors import WORDS, in_session, make_tally
from voting.ballots.models import Ballot
from voting.halls.actions import accept_hall_tally
from voting.polls.actions import cancel_poll
from voting.polls.forms import AddPoll
from voting.polls.models import Poll

pytestmark = pytest.mark.django_db
QUESTION = "Đồng chí có tán thành dự thảo Báo cáo không?"


def page(client: Client, room: Room, rest: str = "") -> str:
    answer = client.get(f"/m/{room.meeting.slug}/polls/{rest}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_is_prepared_is_seen_by_those_alone_who_run_votes(room: Room, clients: dict[str, Client]) -> None:
    poll = make_poll(room.meeting)
    assert QUESTION in page(clients["secretary"], room)
    assert QUESTION not in page(clients["delegate"], room)
    assert clients["delegate"].get(poll.get_absolute_url()).status_code == 404
    assert clients["delegate"].get(f"{poll.get_absolute_url()}mine/").status_code == 404


def test_the_list_has_what_is_under_way_first(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    declared = declare_poll(close_poll(make_open_poll(room.meeting)))
    closed = close_poll(make_open_poll(room.meeting))
    draft, running = make_poll(room.meeting), make_open_poll(room.meeting)
    rows = clients["chair"].get(f"/m/{room.meeting.slug}/polls/").context["rows"]
    assert [row["poll"].number for row in rows] == [one.number for one in (running, closed, draft, declared)]


def test_a_ballot_comes_in_by_a_plain_form_and_is_told(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    body = page(clients["delegate"], room, f"{poll.number}/")
    assert body.count('name="choices"') == 3
    sent = {"key": str(make_key()), "choices": "1", "participant": room.people["delegate"].pk}
    answer = clients["delegate"].post(f"{poll.get_absolute_url()}ballot/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, poll.get_absolute_url())
    body = page(clients["delegate"], room, f"{poll.number}/")
    assert 'name="choices"' not in body
    assert "Tán thành" in body
    assert Ballot.objects.get().choices == [1]


def test_who_has_no_vote_is_told_so_and_sees_no_ballot(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    body = page(clients["guest"], room, f"{poll.number}/")
    assert 'name="choices"' not in body
    assert clients["guest"].get(f"{poll.get_absolute_url()}mine/").json() == {"votes": []}


def test_the_result_is_nobodys_but_the_desks_before_it_is_declared(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    mark_present(room.people["delegate"], room.people["ha_tinh"])
    cast(poll, room.people["delegate"], 1)
    close_poll(poll)
    assert "result" in clients["chair"].get(poll.get_absolute_url()).context
    assert "result" not in clients["delegate"].get(poll.get_absolute_url()).context
    assert clients["delegate"].get(f"{poll.get_absolute_url()}votes.csv").status_code == 404
    declare_poll(poll)
    assert clients["delegate"].get(poll.get_absolute_url()).context["result"].lines[0].votes == 1


def test_of_a_named_vote_everybody_sees_who_voted_how_and_finds_them(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    cast(poll, room.people["delegate"], 2)
    declare_poll(close_poll(poll))
    found = clients["operator"].get(f"{poll.get_absolute_url()}?q=Giàng").context["people"]
    assert [(one["mandate"].name, one["chosen"]) for one in found] == [("Giàng A Đại", ["Không tán thành"])]
    table = clients["operator"].get(f"{poll.get_absolute_url()}votes.csv").content.decode("utf-8-sig")
    assert "Giàng A Đại" in table
    assert "Không tán thành" in table


def test_of_a_secret_vote_nobody_sees_who_voted_how(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting, is_secret=True)
    cast(poll, room.people["delegate"], 2)
    declare_poll(close_poll(poll))
    assert "people" not in clients["secretary"].get(poll.get_absolute_url()).context
    assert clients["secretary"].get(f"{poll.get_absolute_url()}votes.csv").status_code == 404


def test_a_cancelled_vote_tells_no_numbers(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    cast(poll, room.people["delegate"], 2)
    cancel_poll(room.meeting, by=the_secretariat(), poll=poll, why="Câu hỏi chưa rõ")
    shown = clients["chair"].get(poll.get_absolute_url()).context
    assert "result" not in shown
    assert "people" not in shown
    assert "Câu hỏi chưa rõ" in page(clients["delegate"], room)


def test_a_poll_put_again_brings_its_words_along(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    first = declare_poll(
        close_poll(open_poll(make_poll(room.meeting, "Chọn ai?", options=["An", "Bình", "Cường"], most_choices=2)))
    )
    form = clients["chair"].get(f"/m/{room.meeting.slug}/polls/new/?again={first.number}").context["form"]
    assert (form["question"].value(), form["options"].value()) == ("Chọn ai?", "An\nBình\nCường")
    assert (form["kind"].value(), form["most_choices"].value(), form["again_of"].value()) == (Poll.Kind.CHOICE, 2, first.pk)


COSTS = {"": 8, "{n}/": 21, "{n}/votes.csv": 7}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_costs_the_same_for_one_row_and_for_thirty(rows: int, room: Room, clients: dict[str, Client]) -> None:
    meeting = in_session(room)
    people = make_participants(meeting, [f"Đại biểu {n}" for n in range(rows)], site=room.sites[2])
    for _ in range(rows):
        declare_poll(close_poll(make_open_poll(meeting)))
    poll = make_open_poll(meeting)
    make_tally(room, poll)
    for one in people:
        cast(poll, one, 1)
    close_poll(poll)
    found = {}
    for rest in COSTS:
        url = f"/m/{meeting.slug}/polls/{rest.format(n=poll.number)}"
        assert clients["secretary"].get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            clients["secretary"].get(url)
        found[rest] = len(asked)
    assert found == COSTS


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"words_for": "Đồng ý", "words_abstain": " đồng  Ý "}, "words_abstain"),
        ({"kind": "choice", "options": "Một\nHai\nBa", "seats": "4"}, "seats"),
        ({"kind": "choice", "options": "Một\nmột"}, "options"),
    ],
)
def test_what_could_not_be_told_apart_or_filled_is_not_put_to_the_vote(wrong: dict[str, str], where: str, room: Room) -> None:
    form = AddPoll(WORDS | wrong, meeting=room.meeting, by=the_secretariat())
    assert list(form.errors) == [where]


def test_a_hand_count_that_is_accepted_counts_in_the_turnout(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    cast(poll, room.people["ha_tinh"], 1)
    tally = make_tally(room, poll)
    address = poll.get_absolute_url()
    assert clients["chair"].get(address).context["cast"] == 1
    accept_hall_tally(room.meeting, by=the_secretariat(), tally=tally, version=tally.version)
    assert clients["chair"].get(address).context["cast"] == 3


def test_where_nobody_is_present_no_majority_of_nobody_is_told(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = declare_poll(close_poll(make_open_poll(room.meeting)))
    told = page(clients["secretary"], room, f"{poll.number}/")
    assert "Không có cơ sở để tính tỷ lệ (số đại biểu có mặt: 0)." in told
    assert "1/0" not in told
