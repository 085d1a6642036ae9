"""Votes on the screens: what is read of them, what a wall follows, what changes and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from control.tokens import token_of
from live.polls import read_polls
from live.reading import read_newest
from live.screens import parts_to_render
from live.voting import voting_of
from live.walls import pack
from meetings.procedure import the_system
from tests.cast import Room
from tests.make import ask_for_floor, give_floor, make_display, mark_present, open_the_item, the_secretariat
from tests.polls import cast, close_poll, declare_poll, make_open_poll, make_poll
from tests.voting_doors import in_session, make_tally, slips_out
from voting.ballots.actions import seal_ballots
from voting.halls.actions import accept_hall_tally
from voting.polls.actions import withdraw_mandate
from voting.proxies.actions import give_proxy

pytestmark = pytest.mark.django_db


def read(room: Room, before: Any = None) -> Any:
    return read_newest(room.meeting.pk, before)


def test_a_meeting_without_votes_is_asked_one_question(room: Room) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert not read_polls(room.meeting, "default")
    assert len(asked) == 1


def test_a_step_of_the_turnout_asks_little_and_keeps_what_cannot_change(room: Room) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    before = read_polls(room.meeting, "default")
    cast(poll, room.people["delegate"], 1)
    with CaptureQueriesContext(connection) as asked:
        after = read_polls(room.meeting, "default", before)
    assert len(asked) == 4
    assert (before.now.by_device, after.now.by_device) == (0, 1)
    assert after.now.options is before.now.options
    assert read_polls(room.meeting, "default", after) is after


def test_who_votes_stands_packed_and_who_is_withdrawn_does_not(room: Room) -> None:
    in_session(room)
    one, other = room.people["ha_tinh"], room.people["ca_mau"]
    give_proxy(room.meeting, by=the_secretariat(), giver=one, holder=other)
    poll = make_open_poll(room.meeting, proxies_at_most=1)
    now = read(room).polls.now
    own = set(poll.mandates.values_list("participant_id", flat=True)) - {one.pk}
    assert (now.voters, now.holders) == (pack(own), pack({other.pk}))
    before = read(room)
    withdraw_mandate(room.meeting, by=the_secretariat(), poll=poll, participant=room.people["delegate"], why="Đã về")
    assert read(room, before).polls.now.voters == pack(own - {room.people["delegate"].pk})


def test_a_count_that_is_accepted_is_among_the_votes_that_have_come_in(room: Room) -> None:
    in_session(room)
    tally = make_tally(room, make_open_poll(room.meeting))
    before = read(room)
    assert (before.polls.now.cast, [one.name for one in before.polls.now.waiting]) == (0, ["Lào Cai"])
    accept_hall_tally(room.meeting, by=the_secretariat(), tally=tally, version=1)
    after = read(room, before)
    assert (after.polls.now.cast, after.polls.now.waiting) == (2, [])


def test_walls_follow_a_vote_until_the_meeting_goes_on(room: Room) -> None:
    in_session(room)
    open_the_item(room.items[0])
    assert voting_of(read(room)) == ""
    poll = make_open_poll(room.meeting)
    assert voting_of(read(room)) == "now"
    close_poll(poll)
    assert (voting_of(read(room)), read(room).polls.now.result.cast) == ("now", 0)
    declare_poll(poll)
    assert (voting_of(read(room)), read(room).polls.now) == ("lately", None)
    give_floor(ask_for_floor(room.people["delegate"]))
    assert voting_of(read(room)) == ""


def test_slips_and_what_is_prepared_are_on_no_wall(room: Room) -> None:
    in_session(room)
    slips_out(room)
    make_poll(room.meeting)
    state = read(room)
    assert (voting_of(state), state.polls.now) == ("", None)
    assert [one.number for one in state.polls.drafts] == [2]


def test_a_wall_shows_the_vote_at_its_first_load(room: Room) -> None:
    in_session(room)
    display = make_display(room.meeting)
    poll = make_open_poll(room.meeting)
    assert Client().get(f"/d/{token_of(display)}/").context["shows"] == "poll"
    declare_poll(close_poll(poll))
    answer = Client().get(f"/d/{token_of(display)}/")
    assert answer.context["shows"] == "poll"
    assert "data-lately" in answer.context["parts"]["poll"]


def test_a_ballot_moves_the_vote_alone_and_a_head_count_its_desks(room: Room) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    before = read(room)
    cast(poll, room.people["delegate"], 1)
    seal_ballots(room.meeting, by=the_system(), poll=poll)
    after = read(room, before)
    moved = parts_to_render("delegate", before, after)
    assert {"poll", "ballot"} <= set(moved)
    assert not {"now", "queue", "programme", "announcements", "papers"} & set(moved)
    mark_present(room.people["ha_tinh"])
    assert "poll" in parts_to_render("chair", after, read(room, after))


def test_nobody_sees_a_choice_before_the_end(room: Room, clients: dict[str, Client]) -> None:
    in_session(room)
    poll = make_open_poll(room.meeting)
    cast(poll, room.people["delegate"], 1)
    for who, screen in (("delegate", "delegate"), ("chair", "chair"), ("secretary", "control"), ("operator", "console")):
        body = clients[who].get(f"/m/{room.meeting.slug}/{screen}/").content.decode()
        assert 'class="got"' not in body, who
    close_poll(poll)
    assert 'class="got"' in clients["chair"].get(f"/m/{room.meeting.slug}/chair/").content.decode()
    assert 'class="got"' not in clients["delegate"].get(f"/m/{room.meeting.slug}/delegate/").content.decode()
