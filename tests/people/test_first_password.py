"""A one-time password opens one page: the one that changes it. It is worth nothing afterwards, and nothing after its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from live.audience import holding
from live.tickets import unseal
from meetings.queries import office_actor
from people.hashing import OneTime, one_time_hash
from people.models import Session, User
from tests.cast import Cast, Room
from tests.make import make_command_id, make_user

pytestmark = pytest.mark.django_db
ONCE, OWN = "k7mw-3hpt-ynqe-d4rx", "mot-mat-khau-rat-dai"


@pytest.fixture
def operator(cast: Cast) -> User:
    user = cast["operator"]
    user.password, user.must_change_password = one_time_hash(ONCE), True
    user.one_time_until = timezone.now() + timedelta(days=14)
    user.save()
    return user


def signed_in(user: User, password: str = ONCE) -> Client:
    client = Client()
    assert client.post("/sign-in/", {"username": user.username, "password": password}).status_code == 302
    return client


def change(client: Client, new: str = OWN, old: str = ONCE) -> int:
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": new}).status_code


def test_every_page_leads_to_the_change(operator: User, room: Room) -> None:
    client = signed_in(operator)
    for path in ("/", "/me/", f"/m/{room.meeting.slug}/console/", f"/m/{room.meeting.slug}/live/ticket/?screen=console"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/password/"), path
    page = client.get("/password/")
    assert page.status_code == 200
    assert client.get("/healthz").status_code == 200


def test_the_command_door_is_closed(operator: User, room: Room) -> None:
    client = signed_in(operator)
    for path in (
        f"/m/{room.meeting.slug}/do/floor.request/",
        "/do/account.add/",
        f"/m/{room.meeting.slug}/live/here/",
        "/me/end/",
    ):
        sent = {"command_id": make_command_id()}
        assert client.post(path, sent, HTTP_ACCEPT="application/json").status_code == 403, path
        assert client.post(path, sent).status_code == 403, path
    answer = client.post("/do/account.add/", {"command_id": make_command_id()}, HTTP_ACCEPT="application/json")
    assert answer.json()["state"] == "refused"
    assert room.meeting.journal.entries.filter(account=operator.pk).count() == 0


def test_it_has_no_ability_at_all_and_no_ticket_holds(operator: User, cast: Cast, room: Room) -> None:
    User.objects.filter(pk=operator.pk).update(must_change_password=False)
    client = signed_in(operator)
    told = client.get(f"/m/{room.meeting.slug}/live/ticket/?screen=delegate").json()["ticket"]
    ticket = unseal(told, room.meeting.slug)
    assert ticket is not None
    assert holding([ticket]) == {ticket}
    User.objects.filter(pk=operator.pk).update(must_change_password=True)
    assert holding([ticket]) == set()
    administrator = cast["administrator"]
    administrator.must_change_password = True
    assert office_actor(administrator).abilities == frozenset()


def test_after_the_change_everything_is_open_and_the_slip_is_worth_nothing(operator: User) -> None:
    client = signed_in(operator)
    assert change(client) == 302
    assert client.get("/").status_code in (200, 302)
    operator.refresh_from_db()
    assert (operator.must_change_password, operator.one_time_until) == (False, None)
    assert not Client().login(username=operator.username, password=ONCE)
    assert Client().login(username=operator.username, password=OWN)


@pytest.mark.parametrize("new", [ONCE, "ngan", "1234567890"])
def test_the_new_one_is_neither_the_slip_s_nor_a_bad_one(operator: User, new: str) -> None:
    client = signed_in(operator)
    assert change(client, new=new) == 200
    assert client.get("/").headers["Location"] == "/password/"


def test_the_slip_s_password_is_never_used_again(operator: User) -> None:
    client = signed_in(operator)
    change(client)
    assert change(client, new=ONCE, old=OWN) == 200
    assert change(client, new="mot-mat-khau-khac-han", old=OWN) == 302


def test_when_its_time_is_over_it_opens_nothing_not_even_where_one_is_signed_in(operator: User) -> None:
    client = signed_in(operator)
    User.objects.filter(pk=operator.pk).update(one_time_until=timezone.now() - timedelta(seconds=1))
    assert client.get("/password/").headers["Location"].startswith("/sign-in/")
    assert client.get("/password/").headers["Location"].startswith("/sign-in/?next")
    assert Client().post("/sign-in/", {"username": operator.username, "password": ONCE}).status_code == 200


def test_one_may_sign_out_and_choose_a_language_before(operator: User) -> None:
    client = signed_in(operator)
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not Session.objects.filter(account=operator).exists()


def test_demonstration_accounts_have_nothing_to_change() -> None:
    user = make_user("secretary")
    client = Client()
    client.force_login(user)
    assert client.get("/").status_code == 200


def test_the_quick_hash_is_salted_and_good_for_one_password() -> None:
    first, second = one_time_hash(ONCE), one_time_hash(ONCE)
    assert first != second
    assert OneTime().verify(ONCE, first)
    assert not OneTime().verify(ONCE + "x", first)
    assert ONCE not in first


def test_a_right_one_time_password_is_hashed_anew_with_the_slow_hasher(operator: User) -> None:
    signed_in(operator)
    operator.refresh_from_db()
    assert not operator.password.startswith("one_time$")
    assert operator.must_change_password
