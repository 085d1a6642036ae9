"""Signing in: wrong attempts make wait and say how long, but keep out neither an office nor the owner of a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from people import attempts, forms, hashing
from people.models import SignInAttempt, SignInCount, User
from tests.make import make_user

pytestmark = pytest.mark.django_db
OFFICE, ELSEWHERE = "203.0.113.7", "198.51.100.1"
RIGHT = "thu-ky" * 2


@pytest.fixture
def secretary() -> User:
    return make_user("thu-ky", office_role=User.OfficeRole.SECRETARIAT)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The user names whose passwords were really looked at."""
    from django.contrib.auth import forms as auth_forms

    names: list[str] = []
    real = auth_forms.authenticate

    def counting(request: Any, **given: Any) -> Any:
        names.append(given["username"])
        return real(request, **given)

    monkeypatch.setattr(auth_forms, "authenticate", counting)
    return names


def sign_in(username: str, password: str, *, at: str = OFFICE, client: Client | None = None) -> Any:
    client = client or Client()
    return client.post("/sign-in/", {"username": username, "password": password}, REMOTE_ADDR=at)


def wrong(times: int, username: str = "thu-ky", *, at: str = ELSEWHERE, client: Client | None = None) -> Any:
    return [sign_in(username, "khong-phai", at=at, client=client) for _n in range(times)][-1]


def test_after_five_wrong_ones_the_page_says_how_long_and_looks_at_no_password(secretary: User, looked_at: list[str]) -> None:
    fifth = wrong(5)
    assert fifth.status_code == 200
    sixth = sign_in("thu-ky", RIGHT, at=ELSEWHERE)
    assert (sixth.status_code, sixth.headers["Retry-After"]) == (429, "60")
    until = timezone.localtime(SignInCount.objects.filter(waits_until__isnull=False).get().waits_until)
    assert f"{until:%H:%M}" in sixth.content.decode()
    assert looked_at == ["thu-ky"] * 5


def test_a_name_that_nobody_has_is_treated_alike_and_not_kept(looked_at: list[str]) -> None:
    wrong(5, "mat-khau-go-nham-o-day")
    assert sign_in("mat-khau-go-nham-o-day", "x", at=ELSEWHERE).status_code == 429
    assert len(looked_at) == 5
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "mat-khau-go-nham" not in repr(cursor.fetchall()), table


def test_other_letters_are_the_same_name(secretary: User) -> None:
    for name in ("thu-ky", "THU-KY", " Thu-Ky ", "ＴＨＵ-ＫＹ", "thu-kY"):
        wrong(1, name)
    assert wrong(1).status_code == 429


def test_the_last_two_attempts_are_announced(secretary: User) -> None:
    assert "wait" not in wrong(2, client=english()).content.decode().split("<form")[1].split("</form")[0]
    assert "2 more attempts" in wrong(1, client=english()).content.decode()


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_the_wait_is_over_after_a_minute(secretary: User) -> None:
    wrong(5)
    SignInCount.objects.update(waits_until=timezone.now() - timedelta(seconds=1))
    assert sign_in("thu-ky", RIGHT, at=ELSEWHERE).status_code == 302


def test_a_right_one_wipes_the_wrong_ones_away(secretary: User) -> None:
    wrong(4)
    assert sign_in("thu-ky", RIGHT, at=ELSEWHERE).status_code == 302
    assert wrong(4).status_code == 200


def test_one_guest_s_mischief_at_the_office_s_address_keeps_nobody_else_out(secretary: User) -> None:
    make_user("dai-bieu")
    wrong(6, at=OFFICE)
    assert sign_in("dai-bieu", "dai-bieu" * 2, at=OFFICE).status_code == 302


def test_whoever_locks_the_secretary_from_elsewhere_does_not_lock_her_own_address(secretary: User) -> None:
    sign_in("thu-ky", RIGHT, at=OFFICE)
    for n in range(40):
        wrong(1, at=f"198.51.100.{n}")
    assert wrong(1, at="198.51.100.99").status_code == 429  # the name waits for everybody who is not known
    assert sign_in("thu-ky", RIGHT, at=OFFICE).status_code == 302


def test_a_device_she_has_used_is_not_locked_even_at_the_attacker_s_address(secretary: User) -> None:
    own = Client()
    sign_in("thu-ky", RIGHT, at=OFFICE, client=own)
    own.post("/sign-out/")
    wrong(6, at=OFFICE)  # another device behind the same address
    assert sign_in("thu-ky", RIGHT, at=OFFICE).status_code == 429
    assert sign_in("thu-ky", RIGHT, at=OFFICE, client=own).status_code == 302


def test_who_is_signed_in_notices_nothing_of_a_lock(secretary: User) -> None:
    own = Client()
    sign_in("thu-ky", RIGHT, at=OFFICE, client=own)
    wrong(6, at=OFFICE)
    assert own.get("/", REMOTE_ADDR=OFFICE).status_code == 200


def test_a_known_device_has_its_own_five_attempts(secretary: User) -> None:
    own = Client()
    sign_in("thu-ky", RIGHT, at=OFFICE, client=own)
    own.post("/sign-out/")
    assert wrong(5, at=OFFICE, client=own).status_code == 200
    assert wrong(1, at=OFFICE, client=own).status_code == 429
    assert sign_in("thu-ky", RIGHT, at=OFFICE).status_code == 302


def test_a_forged_or_another_s_device_is_unknown(secretary: User) -> None:
    make_user("dai-bieu")
    other = Client()
    sign_in("dai-bieu", "dai-bieu" * 2, at=ELSEWHERE, client=other)
    other.post("/sign-out/")
    wrong(5, client=other)
    assert wrong(1, client=other).status_code == 429
    forged = Client()
    forged.cookies[attempts.COOKIE] = "e30:1forged:signature"
    assert sign_in("thu-ky", "x", at=ELSEWHERE, client=forged).status_code == 429


def test_many_names_from_one_address_wait_a_minute_and_people_known_there_do_not(secretary: User, looked_at: list[str]) -> None:
    sign_in("thu-ky", RIGHT, at=OFFICE)
    for n in range(100):
        sign_in(f"ten-{n}", "x", at=OFFICE)
    flood = sign_in("ten-khac", "x", at=OFFICE)
    assert (flood.status_code, flood.headers["Retry-After"]) == (429, "60")
    assert len(looked_at) == 101
    assert sign_in("thu-ky", RIGHT, at=OFFICE).status_code == 302
    assert sign_in("ten-khac", "x", at=ELSEWHERE).status_code == 200


def test_a_refused_attempt_writes_nothing(secretary: User, django_assert_num_queries: Any) -> None:
    wrong(5)
    sizes = SignInCount.objects.count(), SignInAttempt.objects.count()
    touched = list(SignInCount.objects.values_list("touched_at", "failures"))
    for _n in range(20):
        assert wrong(1).status_code == 429
    assert (SignInCount.objects.count(), SignInAttempt.objects.count()) == sizes
    assert list(SignInCount.objects.values_list("touched_at", "failures")) == touched
    with django_assert_num_queries(4):
        wrong(1)


def test_counts_of_days_ago_are_cleared_away(secretary: User) -> None:
    wrong(3)
    SignInCount.objects.update(touched_at=timezone.now() - timedelta(days=3))
    wrong(1, "ai-do-khac", at=OFFICE)
    assert not SignInCount.objects.filter(account=secretary).exists()


def test_one_who_is_too_many_is_asked_to_come_again(secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(request: Any, **given: Any) -> None:
        raise hashing.TooBusy

    monkeypatch.setattr("django.contrib.auth.forms.authenticate", busy)
    answers = [sign_in("thu-ky", RIGHT, at=ELSEWHERE) for _n in range(8)]
    assert {(one.status_code, one.headers["Retry-After"]) for one in answers} == {(503, "10")}
    assert set(SignInCount.objects.values_list("failures", "waits_until")) == {(0, None)}


def test_a_queue_of_sign_ins_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_waiting", hashing.LONGEST_QUEUE)
    with pytest.raises(hashing.TooBusy), hashing.impatient(), hashing.turn():
        pass
    with hashing.turn():  # who is signed in waits
        pass


def test_an_expired_one_time_password_is_told_to_who_knows_it(secretary: User) -> None:
    secretary.must_change_password, secretary.one_time_until = True, timezone.now() - timedelta(minutes=1)
    secretary.save()
    told = sign_in("thu-ky", RIGHT)
    assert str(forms.SignInForm.error_messages["expired"]) in told.content.decode()
    assert str(forms.SignInForm.error_messages["expired"]) not in wrong(1).content.decode()
    assert not SignInCount.objects.filter(failures__gt=1).exists()


def test_the_slip_s_code_fills_in_the_user_name() -> None:
    page = Client().get("/sign-in/?u=vanhanh-15").content.decode()
    assert 'value="vanhanh-15"' in page
    hostile = Client().get('/sign-in/?u="><script>').content.decode()
    assert "<script>" not in hostile.split("<main")[1].split("</form>")[0]


def test_an_empty_form_counts_nothing() -> None:
    assert Client().post("/sign-in/", {"username": "a"}).status_code == 200
    assert not SignInCount.objects.exists()


def test_hashes_made_before_stay_good(secretary: User) -> None:
    secretary.password = make_password(RIGHT)
    secretary.save()
    assert sign_in("thu-ky", RIGHT).status_code == 302
