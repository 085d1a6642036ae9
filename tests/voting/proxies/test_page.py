"""The page of proxies, and what who holds one is asked for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Room
from tests.make import make_participants, the_secretariat
from tests.polls import make_key, make_open_poll, voter_of
from tests.voting_doors import in_session
from voting.ballots.casting import Sent, cast_ballot
from voting.proxies.actions import end_proxy, give_proxy

pytestmark = pytest.mark.django_db


def test_who_holds_a_proxy_is_asked_for_both_votes_and_told_which_is_cast(room: Room, clients: dict[str, Client]) -> None:
    holder, giver = room.people["delegate"], room.people["ha_tinh"]
    give_proxy(room.meeting, by=the_secretariat(), giver=giver, holder=holder)
    in_session(room)
    poll = make_open_poll(room.meeting, proxies_at_most=1)
    cast_ballot(room.meeting, poll, by=voter_of(holder), sent=Sent(make_key(), (1,), giver.pk))
    told = clients["delegate"].get(f"{poll.get_absolute_url()}mine/").json()["votes"]
    assert told == [
        {"participant": holder.pk, "name": "Giàng A Đại", "done": False, "other": False},
        {"participant": giver.pk, "name": "Phan Đình Ba", "done": True, "other": True},
    ]
    page = clients["delegate"].get(poll.get_absolute_url()).content.decode()
    assert page.count('name="participant"') == 1
    assert "Phan Đình Ba" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_lists_what_holds_before_what_has_ended_at_the_same_cost(
    rows: int, room: Room, clients: dict[str, Client]
) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(2 * rows)], site=room.sites[2])
    for giver, holder in zip(people[:rows], people[rows:], strict=True):
        give_proxy(room.meeting, by=the_secretariat(), giver=giver, holder=holder)
    ended = give_proxy(room.meeting, by=the_secretariat(), giver=room.people["ha_tinh"], holder=room.people["ca_mau"])
    end_proxy(room.meeting, by=the_secretariat(), proxy=ended)
    address = f"/m/{room.meeting.slug}/proxies/"
    assert clients["secretary"].get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        shown = clients["secretary"].get(address).context
    assert (len(shown["holding"]), len(shown["ended"])) == (rows, 1)
    assert len(asked) == 9


def test_only_who_has_a_vote_is_offered_for_a_proxy(room: Room, clients: dict[str, Client]) -> None:
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/proxies/")
    for name in ("giver", "holder"):
        offered = set(page.context["form"].fields[name].queryset.values_list("pk", flat=True))
        assert {room.people["chair"].pk, room.people["ha_tinh"].pk} <= offered
        assert not offered & {room.people[who].pk for who in ("observer", "technician", "operator", "secretary")}
