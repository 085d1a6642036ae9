"""Who may only look is turned away at the door: nobody waits for them, nothing is kept, and nothing is ever done twice."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.commands import commands
from meetings.journal import lock
from meetings.models import Reply, Role
from meetings.procedure import ABILITIES, LOOKING, OFFICE_ABILITIES
from people.models import User
from tests.cast import Cast, Clients, Room
from tests.knocking import knock, knock_plainly
from tests.make import actor_of, make_command_id
from tests.meetings.test_at_once import together

ITEM = {"title": "Nội dung mới", "kind": "report", "minutes": "10"}
COST = 5  # session, account, meeting with its journal, participant, the reply that might be there


def role(room: Room, name: str, role: str) -> None:
    room.people[name].role = role
    room.people[name].save()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["observer", "guest"])
def test_who_may_only_look_is_refused_and_nothing_is_kept(name: str, room: Room, clients: Clients) -> None:
    command_id = make_command_id()
    answers = [knock(clients[name], room.meeting, "item.add", command_id=command_id, **ITEM) for _ in range(3)]
    assert {(answer.status_code, answer.json()["state"]) for answer in answers} == {(403, "refused")}
    assert len({answer.json()["reason"] for answer in answers}) == 1
    assert (Reply.objects.count(), room.meeting.items.count()) == (0, 4)


@pytest.mark.django_db
def test_turning_away_writes_nothing_and_reads_little(room: Room, clients: Clients) -> None:
    knock(clients["observer"], room.meeting, "item.add", **ITEM)
    with CaptureQueriesContext(connection) as asked:
        knock(clients["observer"], room.meeting, "item.add", **ITEM)
    assert len(asked) == COST, [query["sql"] for query in asked]
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not any("FOR UPDATE" in query["sql"] for query in asked)


@pytest.mark.django_db
def test_a_plain_form_is_led_back_and_told_why(room: Room, clients: Clients) -> None:
    page = f"/m/{room.meeting.slug}/programme/"
    assert knock_plainly(clients["observer"], room.meeting, "item.add", next=page, **ITEM).status_code == 303
    reason = knock(clients["observer"], room.meeting, "item.add", **ITEM).json()["reason"]
    assert reason in clients["observer"].get(page).content.decode()


@pytest.mark.django_db
def test_what_was_done_before_the_right_went_stays_done(room: Room, clients: Clients) -> None:
    command_id = make_command_id()
    first = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    role(room, "secretary", Role.OBSERVER)
    again = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (
        knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM | {"minutes": "9"}).status_code == 409
    )
    assert knock(clients["secretary"], room.meeting, "item.add", **ITEM).status_code == 403
    assert room.meeting.items.count() == 5


@pytest.mark.django_db
def test_who_is_given_the_right_later_does_it_once(room: Room, clients: Clients) -> None:
    command_id = make_command_id()
    assert knock(clients["observer"], room.meeting, "item.add", command_id=command_id, **ITEM).status_code == 403
    role(room, "observer", Role.SECRETARY)
    answers = [knock(clients["observer"], room.meeting, "item.add", command_id=command_id, **ITEM) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert room.meeting.items.count() == 5


@pytest.mark.django_db
def test_who_may_do_more_than_look_is_refused_under_the_lock_and_it_is_kept(room: Room, clients: Clients) -> None:
    for name in ("delegate", "technician", "operator", "chair"):
        assert knock(clients[name], room.meeting, "item.add", **ITEM).status_code == 403
    assert Reply.objects.filter(status=403).count() == 4


@pytest.mark.django_db
def test_in_the_office_who_has_no_role_there_is_turned_away(cast: Cast, clients: Clients) -> None:
    for name in ("unit_head", "stranger", "chair", "secretary"):
        body = {"account": cast["unit_head"].pk, "command_id": make_command_id()}
        answer = clients[name].post("/do/account.close/", body, HTTP_ACCEPT="application/json")
        assert (answer.status_code, Reply.objects.count()) == (403, 0)
    body = {"account": cast["unit_head"].pk, "command_id": make_command_id()}
    assert clients["secretariat"].post("/do/account.close/", body).status_code == 303
    assert Reply.objects.get().status == 403


@pytest.mark.django_db
def test_an_id_of_one_s_own_is_needed_all_the_same(room: Room, clients: Clients) -> None:
    answer = clients["observer"].post(f"/m/{room.meeting.slug}/do/item.add/", ITEM, HTTP_ACCEPT="application/json")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"command_id"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_who_hammers_waits_for_nobody_and_nobody_for_them(room: Room, cast: Cast) -> None:
    client = Client()
    client.force_login(cast["observer"])
    knock(client, room.meeting, "item.add", **ITEM)

    def hold() -> None:
        with transaction.atomic():
            lock(room.meeting.journal_id)
            time.sleep(2)

    def hammer() -> float:
        time.sleep(0.3)
        began = time.monotonic()
        assert {knock(client, room.meeting, "item.add", **ITEM).status_code for _ in range(10)} == {403}
        return time.monotonic() - began

    _held, took = together(hold, hammer)
    assert took < 1.2


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_whose_right_comes_while_they_wait_is_refused_as_they_came(room: Room, cast: Cast) -> None:
    client = Client()
    client.force_login(cast["delegate"])

    def promote() -> None:
        with transaction.atomic():
            lock(room.meeting.journal_id)
            time.sleep(1)
            role(room, "delegate", Role.SECRETARY)

    def ask() -> int:
        time.sleep(0.3)
        return knock(client, room.meeting, "item.add", **ITEM).status_code

    assert together(promote, ask) == [None, 403]
    assert knock(client, room.meeting, "item.add", **ITEM).status_code == 200


@pytest.mark.django_db
def test_who_only_looks(room: Room, cast: Cast) -> None:
    only = {name for name in room.people if name in cast and actor_of(room.meeting, cast[name]).only_looks}
    assert only == {"observer", "guest"}
    assert not any(command.ability in LOOKING for command in commands().values())
    assert {role for role, abilities in ABILITIES.items() if abilities <= LOOKING} == {Role.OBSERVER, Role.GUEST}
    rest = {role for role, abilities in OFFICE_ABILITIES.items() if abilities}
    assert rest == {User.OfficeRole.ADMINISTRATOR, User.OfficeRole.SECRETARIAT, User.OfficeRole.CLERK}
