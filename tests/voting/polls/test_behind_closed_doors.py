"""Votes in a closed item: who is out has none, a body stays whole; nothing of it, or of a rehearsal, stands on start pages."""

from __future__ import annotations

import pytest

from agenda import actions as agenda
from attendance.bodies.actions import add_body
from attendance.bodies.quorum import Rule
from meetings.errors import OutOfOrder
from meetings.rehearsal.actions import rehearse_meeting
from tests.cast import Clients, Room
from tests.make import open_the_item, open_the_meeting, the_secretariat
from tests.polls import FOR, cast, make_open_poll
from tests.slips import slips
from voting.models import Mandate, Poll

pytestmark = pytest.mark.django_db


def close_the_doors(room: Room, *, secret: bool = False) -> None:
    agenda.restrict_item(
        room.meeting, by=the_secretariat(), item=room.items[1], reason="Nhân sự", sites=[room.lao_cai], has_secret_title=secret
    )
    room.meeting.refresh_from_db()


def voters(poll: Poll) -> set[int]:
    return set(Mandate.objects.filter(poll=poll).values_list("participant", flat=True))


def test_who_is_out_of_a_closed_item_has_no_vote_in_it_and_has_one_again_after(room: Room) -> None:
    open_the_meeting(room.meeting)
    close_the_doors(room)
    ha_tinh, delegate = room.people["ha_tinh"].pk, room.people["delegate"].pk
    assert {ha_tinh, delegate} <= voters(make_open_poll(room.meeting, occasion="room"))
    Poll.objects.update(state=Poll.State.CANCELLED)
    open_the_item(room.items[1])
    inside = voters(make_open_poll(room.meeting))
    assert (delegate in inside, ha_tinh in inside) == (True, False)


def test_who_is_sent_out_while_a_vote_is_open_keeps_the_vote_and_cannot_cast_it(room: Room) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[1])
    poll = make_open_poll(room.meeting)
    close_the_doors(room)
    with pytest.raises(OutOfOrder, match=r"[Hh]ọp kín"):
        cast(poll, room.people["ha_tinh"], FOR)
    assert cast(poll, room.people["delegate"], FOR)


def test_a_body_is_not_made_smaller_by_closing_the_doors(room: Room) -> None:
    members = [room.people[name] for name in ("chair", "delegate", "ha_tinh")]
    body = add_body(room.meeting, by=the_secretariat(), name="Ban Chấp hành", rule=Rule("at_least", 2, 3), members=members)
    open_the_meeting(room.meeting)
    close_the_doors(room)
    open_the_item(room.items[1])
    assert voters(make_open_poll(room.meeting, body=body)) == {one.pk for one in members}


def test_a_start_page_names_no_question_of_an_item_whose_reader_is_out(room: Room, clients: Clients) -> None:
    poll = slips(room, item=room.items[1])
    assert poll.question in clients["delegate"].get("/").content.decode()
    agenda.restrict_item(
        room.meeting, by=the_secretariat(), item=room.items[1], reason="Nhân sự", sites=[room.sites[2]], has_secret_title=True
    )
    assert poll.question not in clients["delegate"].get("/").content.decode()


def test_slips_of_a_rehearsal_ask_nobody_on_their_start_page(room: Room, clients: Clients) -> None:
    rehearsal = rehearse_meeting(room.meeting, by=the_secretariat())
    slip = slips(Room(**{**room.__dict__, "meeting": rehearsal}))
    assert Mandate.objects.filter(poll=slip).exists()
    assert slip.question not in clients["delegate"].get("/").content.decode()
