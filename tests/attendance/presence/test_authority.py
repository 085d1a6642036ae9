"""Who may say of whom how they stand: an operator changes nobody at another bridge point, by no way round."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from attendance.models import Presence
from attendance.presence.actions import mark_presence
from meetings import clock
from meetings.models import Participant
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import the_secretariat
from tests.presence_doors import make_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(room: Room) -> Participant:
    """Somebody of Hà Tĩnh who is at Lào Cai."""
    one = room.people["ha_tinh"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=room.lao_cai)
    return one


def home_again(room: Room, one: Participant) -> None:
    by = the_secretariat()
    mark_presence(room.meeting, by=by, participants=[one], state="left")
    mark_presence(room.meeting, by=by, participants=[one], state="present", bridge_point=room.sites[2])


def stands(one: Participant) -> tuple[str, str, int]:
    row = Presence.objects.get(participant=one)
    return row.state, row.bridge_point.short_name if row.bridge_point else "", one.stays.count()


@pytest.mark.parametrize("state", ["present", "online", "left", "absent"])
def test_an_operator_changes_nobody_at_another_bridge_point_though_they_have_been_here(
    state: str, guest: Participant, room: Room, clients: Clients
) -> None:
    home_again(room, guest)
    before = stands(guest)
    for at in ("", (clock.now(room.meeting) - timedelta(minutes=5)).isoformat()):
        for place in ("", room.lao_cai, room.sites[2]):
            body: dict[str, Any] = {"participants": guest, "state": state, "at": at, "bridge_point": place}
            assert knock(clients["operator"], room.meeting, "presence.mark", **body).status_code in (403, 409)
    assert stands(guest) == before
    assert knock(clients["other_operator"], room.meeting, "presence.mark", participants=guest, state="left").status_code == 200


@pytest.mark.parametrize(("state", "status"), [("absent", 403), ("online", 403), ("left", 200)])
def test_of_a_guest_an_operator_says_only_that_they_are_here_no_longer(
    state: str, status: int, guest: Participant, room: Room, clients: Clients
) -> None:
    url = f"/m/{room.meeting.slug}/attendance/{guest.pk}/"
    assert [one for one, _word in clients["operator"].get(url).context["states"]] == ["left"]
    assert knock(clients["operator"], room.meeting, "presence.mark", participants=guest, state=state).status_code == status
    assert Presence.objects.get().state == ("left" if status == 200 else "present")
    assert clients["operator"].get(url).context["may_mark"] == (status == 403)


def test_an_operator_brings_an_own_delegate_back_and_strikes_none_off_elsewhere(room: Room, clients: Clients) -> None:
    one = room.people["delegate"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=room.sites[2])
    for state in ("left", "absent"):
        refused = knock(clients["operator"], room.meeting, "presence.mark", participants=one, state=state)
        assert (refused.status_code, one.name in refused.json()["reason"]) == (403, True)
    assert stands(one) == ("present", "Hà Tĩnh", 1)
    assert 'value="left"' not in row_of(clients["operator"], room, "giang")
    assert knock(clients["operator"], room.meeting, "presence.mark", participants=one, state="present").status_code == 200
    assert stands(one) == ("present", "Lào Cai", 2)
    assert 'value="left"' in row_of(clients["operator"], room, "giang")


def row_of(client: Client, room: Room, word: str) -> str:
    page = client.get(f"/m/{room.meeting.slug}/attendance/?q={word}").content.decode()
    found = re.search(r"<tr data-person=.*?</tr>", page, re.DOTALL)
    assert found
    return found[0]


def test_a_stay_elsewhere_is_not_drawn_out_by_way_of_a_mark_here(room: Room, clients: Clients) -> None:
    one, by = room.people["delegate"], the_secretariat()
    mark_presence(room.meeting, by=by, participants=[one], state="present", bridge_point=room.sites[2])
    mark_presence(room.meeting, by=by, participants=[one], state="left")
    ended = one.stays.get().ended_at
    assert knock(clients["operator"], room.meeting, "presence.mark", participants=one, state="absent").status_code == 200
    assert knock(clients["operator"], room.meeting, "presence.mark", participants=one, state="left").status_code == 403
    assert one.stays.get().ended_at == ended


@pytest.mark.parametrize("state", ["present", "online", "left", "absent"])
def test_a_conflict_lets_an_operator_say_nothing_of_another_place(state: str, room: Room, clients: Clients) -> None:
    conflict = make_conflict(room)  # of Lào Cai, and counted at Hà Tĩnh
    for body in ({"bridge_point": room.sites[2]}, {}, {"bridge_point": room.lao_cai}):
        said: dict[str, Any] = {"conflict": conflict, "state": state} | body
        is_here = body.get("bridge_point") == room.lao_cai and state in ("present", "online")
        if not is_here:
            assert knock(clients["operator"], room.meeting, "conflict.settle", **said).status_code == 403
    assert stands(conflict.participant)[:2] == ("present", "Hà Tĩnh")
    (shown,) = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/conflicts/").context["open"]
    assert (shown.offers_before, shown.offers_scanned, shown.may_place_there) == (True, False, False)


def test_what_was_read_is_not_offered_twice_when_it_is_so_now(room: Room, clients: Clients) -> None:
    make_conflict(room)
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/conflicts/")
    assert [(one.offers_before, one.offers_scanned) for one in page.context["open"]] == [(True, False)]
    assert page.content.decode().count('data-command="conflict.settle"') == 3  # now, what was known, something else
