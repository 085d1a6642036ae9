"""My account: where one is signed in, who has tried; one or all others are ended at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import EndedSession, Session, SignInAttempt, SignInCount, User
from people.sessions import fingerprint_of
from tests.make import make_user

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
PC = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.fixture
def delegate() -> User:
    return make_user("dai-bieu")


def signed_in(agent: str = PC, address: str = "203.0.113.7", username: str = "dai-bieu") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"username": username, "password": username * 2}).status_code == 302
    return client


def named(client: Client) -> str:
    return fingerprint_of(client.session.session_key)


def test_one_sees_where_one_is_signed_in(delegate: User) -> None:
    own, _phone = signed_in(), signed_in(PHONE, "198.51.100.1")
    page = own.get("/me/")
    assert [(one.device, one.address) for one in page.context["sessions"]] == [
        ("Edge · Windows", "203.0.113.7"),
        ("Chrome · Android", "198.51.100.1"),
    ] or len(page.context["sessions"]) == 2
    text = page.content.decode()
    for words in ("Edge · Windows", "Chrome · Android", "203.0.113.7", "198.51.100.1"):
        assert words in text
    for client in (own, _phone):
        assert client.session.session_key not in text


def test_ending_one_signs_it_out_and_leaves_the_others(delegate: User) -> None:
    own, phone, other = signed_in(), signed_in(PHONE), signed_in(PHONE)
    assert own.post("/me/end/", {"session": named(phone)}).status_code == 302
    assert phone.get("/").headers["Location"].startswith("/sign-in/")
    assert (own.get("/").status_code, other.get("/").status_code) == (200, 200)


def test_ending_all_others_leaves_the_own_one(delegate: User) -> None:
    own, phone, other = signed_in(), signed_in(PHONE), signed_in(PHONE)
    own.post("/me/end/")
    assert [client.get("/").status_code for client in (own, phone, other)] == [200, 302, 302]
    assert EndedSession.objects.filter(account=delegate).count() == 2


def test_nobody_ends_another_person_s_session_nor_the_own_one_so(delegate: User) -> None:
    make_user("nguoi-khac")
    own, theirs = signed_in(), signed_in(username="nguoi-khac")
    own.post("/me/end/", {"session": named(theirs)})
    own.post("/me/end/", {"session": named(own)})
    own.post("/me/end/", {"session": "'; DROP TABLE people_session; --\0"})
    assert (own.get("/").status_code, theirs.get("/").status_code) == (200, 200)


def test_a_new_password_ends_the_others(delegate: User) -> None:
    own, phone = signed_in(), signed_in(PHONE)
    new = "mot-mat-khau-rat-dai"
    own.post("/password/", {"old_password": "dai-bieu" * 2, "new_password1": new, "new_password2": new})
    assert (own.get("/").status_code, phone.get("/").status_code) == (200, 302)
    assert [one.fingerprint for one in own.get("/me/").context["sessions"]] == [named(own)]


def test_wrong_attempts_are_shown_to_the_owner(delegate: User) -> None:
    Client(headers={"User-Agent": PHONE}, REMOTE_ADDR="192.0.2.4").post(
        "/sign-in/", {"username": "dai-bieu", "password": "khong-phai"}
    )
    text = signed_in().get("/me/").content.decode()
    assert "192.0.2.4" in text
    assert "khong-phai" not in text


def test_attempts_are_kept_for_ninety_days(delegate: User) -> None:
    old = SignInAttempt.objects.create(account=delegate, at=timezone.now() - timedelta(days=91), is_good=False)
    signed_in()
    assert not SignInAttempt.objects.filter(pk=old.pk).exists()


def test_last_use_is_written_once_in_a_quarter_of_an_hour(delegate: User, django_assert_num_queries: Any) -> None:
    own = signed_in()
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=16))
    own.get("/me/")
    seen = Session.objects.get().seen_at
    assert timezone.now() - seen < timedelta(minutes=1)
    own.get("/me/")
    assert Session.objects.get().seen_at == seen


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_the_database_equally_often(delegate: User, number: int, django_assert_num_queries: Any) -> None:
    own = signed_in()
    for _n in range(number):
        signed_in(PHONE)
        SignInAttempt.objects.create(account=delegate, at=timezone.now(), is_good=False)
    with django_assert_num_queries(5):
        own.get("/me/")


def test_a_session_of_nobody_is_no_row_of_anybody() -> None:
    Client().get("/sign-in/")
    assert not Session.objects.exclude(account=None).exists()


def test_the_old_password_is_not_guessed_on_the_page_that_changes_it(delegate: User) -> None:
    own, new = signed_in(), "mot-mat-khau-rat-dai"
    for _n in range(5):
        own.post("/password/", {"old_password": "khong-phai", "new_password1": new, "new_password2": new})
    right = {"old_password": "dai-bieu" * 2, "new_password1": new, "new_password2": new}
    assert own.post("/password/", right).status_code == 200
    assert own.get("/").status_code == 200
    assert signed_in(address="198.51.100.1").get("/").status_code == 200
    SignInCount.objects.all().delete()
    assert own.post("/password/", right).status_code == 302
