"""Sessions that have ended: remembered without their keys, for a day, and what was made in them is worthless."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from live.audience import holding
from live.tickets import Ticket, unseal
from people.models import EndedSession
from people.sessions import password_mark
from tests.cast import Cast, Room, signed_in
from tests.make import make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "mat-khau-cu-2026", "mat-khau-moi-2026"


def ticket(client: Client, room: Room) -> Ticket:
    answer = client.get(f"/m/{room.meeting.slug}/live/ticket/?screen=delegate")
    found = unseal(answer.json()["ticket"], room.meeting.slug)
    assert found is not None
    return found


def test_a_ticket_of_a_session_that_ended_is_worthless_and_another_session_s_is_not(room: Room, cast: Cast) -> None:
    one, other = signed_in(cast["delegate"]), signed_in(cast["delegate"])
    leaving, staying = ticket(one, room), ticket(other, room)
    assert holding([leaving, staying]) == {leaving, staying}
    one.post("/sign-out/")
    assert holding([leaving, staying]) == {staying}


def test_a_session_is_named_by_neither_its_key_nor_an_unkeyed_hash(room: Room, cast: Cast) -> None:
    client = signed_in(cast["delegate"])
    key, named = client.session.session_key, ticket(client, room).session
    client.post("/sign-out/")
    row = EndedSession.objects.get()
    assert (row.fingerprint, row.account) == (named, cast["delegate"])
    assert len(named) == 32
    assert key[:8] not in named
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert key not in repr(cursor.fetchall()), table


def test_who_signs_out_without_having_signed_in_leaves_nothing(client: Client) -> None:
    client.post("/sign-out/")
    assert not EndedSession.objects.exists()


def test_a_session_that_ended_is_remembered_for_a_day(room: Room, cast: Cast) -> None:
    signed_in(cast["delegate"]).post("/sign-out/")
    signed_in(cast["chair"]).post("/sign-out/")
    EndedSession.objects.filter(account=cast["delegate"]).update(ended_at=timezone.now() - timedelta(hours=23))
    signed_in(cast["guest"]).post("/sign-out/")
    EndedSession.objects.filter(account=cast["delegate"]).update(ended_at=timezone.now() - timedelta(hours=25))
    assert EndedSession.objects.count() == 3
    signed_in(cast["observer"]).post("/sign-out/")
    assert {row.account for row in EndedSession.objects.all()} == {cast["chair"], cast["guest"], cast["observer"]}


def test_one_s_own_new_password_ends_the_other_sessions_tickets(room: Room, cast: Cast) -> None:
    user = cast["delegate"]
    user.set_password(OLD)
    user.save()
    own, other = signed_in(user), signed_in(user)
    before = [ticket(own, room), ticket(other, room)]
    sent = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert own.post("/password/", sent).status_code == 302
    assert holding(before) == set()
    again = ticket(own, room)
    assert holding([again]) == {again}
    assert other.get("/").status_code == 302


def test_a_wrong_old_password_ends_nothing(room: Room, cast: Cast) -> None:
    own = signed_in(cast["delegate"])
    good = ticket(own, room)
    own.post("/password/", {"old_password": "x", "new_password1": NEW, "new_password2": NEW})
    assert (holding([good]), EndedSession.objects.count()) == ({good}, 0)


def test_the_mark_of_a_password_changes_with_it_and_with_nothing_else() -> None:
    user = make_user("co-mat-khau")
    user.set_password(OLD)
    user.save()
    first = password_mark(user)
    user.office_role = "clerk"
    assert password_mark(user) == first
    user.set_password(OLD)  # the same one with another salt
    assert password_mark(user) != first
    assert password_mark(make_user("nguoi-khac")) != first


def test_the_judgement_costs_the_same_for_one_ticket_and_for_many(
    room: Room, cast: Cast, django_assert_num_queries: object
) -> None:
    tickets = [ticket(signed_in(user), room) for user in (cast["delegate"], cast["chair"], cast["guest"], cast["secretary"])]
    for some in (tickets[:1], tickets):
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert holding(some) == set(some)
