"""Accounts of the office: made, closed, opened again, given new passwords; each in the journal, no password anywhere."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from meetings.accounts.passwords import one_time_password
from meetings.hashing import canonical
from meetings.journal import first_fault
from meetings.models import Journal, JournalEntry, Reply
from people.models import Organisation, Session, User
from tests.make import make_command_id, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "k7mw-3hpt-ynqe-d4rx"


def ask(client: Client, command: str, *, command_id: str = "", **fields: Any) -> Any:
    """Knock at the office's door as a page's script does."""
    body = {name: getattr(value, "pk", value) for name, value in fields.items()}
    body["command_id"] = command_id or make_command_id()
    return client.post(f"/do/{command}/", body, HTTP_ACCEPT="application/json")


@pytest.fixture
def administrator(client: Client) -> User:
    user = make_user("quan-tri", office_role=User.OfficeRole.ADMINISTRATOR, name="Đỗ Thị Quản")
    client.force_login(user)
    return user


def add(client: Client, **fields: Any) -> Any:
    return ask(client, "account.add", **{"full_name": "Bùi Văn Mới", "username": "bui.moi", "password": PASSWORD} | fields)


def office_entries() -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(journal__scope="office").order_by("number"))


def test_a_new_account_can_sign_in_with_its_one_time_password(client: Client, administrator: User) -> None:
    answer = add(client, office_role="clerk")
    assert answer.json() == {"state": "done", "number": 1}
    made = User.objects.get(username="bui.moi")
    assert (made.display_name, made.office_role, made.is_active) == ("Bùi Văn Mới", "clerk", True)
    assert Client().login(username="bui.moi", password=PASSWORD)


def test_each_step_is_an_entry_of_the_office_journal(client: Client, administrator: User) -> None:
    add(client)
    made = User.objects.get(username="bui.moi")
    ask(client, "password.reset", account=made, password=one_time_password())
    ask(client, "account.close", account=made)
    ask(client, "account.reopen", account=made, password=one_time_password())
    kinds = [entry.kind for entry in office_entries()]
    assert kinds == ["account.added", "password.reset", "account.closed", "account.reopened"]
    assert {entry.actor for entry in office_entries()} == {"Đỗ Thị Quản"}
    assert first_fault(Journal.objects.get(scope="office")) is None


def test_the_password_is_nowhere_in_the_database(client: Client, administrator: User) -> None:
    add(client)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert PASSWORD not in repr(cursor.fetchall()), table


def test_a_stored_reply_says_nothing_about_the_password(client: Client, administrator: User) -> None:
    add(client)
    reply = Reply.objects.get()
    assert reply.body == {"state": "done", "number": 1}
    unkeyed = canonical(["account.add", {"full_name": ["Bùi Văn Mới"], "username": ["bui.moi"], "password": [PASSWORD]}])
    assert reply.fingerprint != hashlib.sha256(unkeyed.encode()).hexdigest()


def test_the_same_command_twice_makes_one_account(client: Client, administrator: User) -> None:
    command_id = make_command_id()
    first, second = add(client, command_id=command_id), add(client, command_id=command_id)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert User.objects.filter(username="bui.moi").count() == 1
    assert len(office_entries()) == 1


def test_the_same_id_for_another_account_is_refused(client: Client, administrator: User) -> None:
    command_id = make_command_id()
    add(client, command_id=command_id)
    other = add(client, command_id=command_id, username="bui.khac")
    assert other.status_code == 409
    assert not User.objects.filter(username="bui.khac").exists()


def test_a_taken_user_name_is_refused_in_whatever_letters(client: Client, administrator: User) -> None:
    add(client)
    again = add(client, username="BUI.MOI")
    assert (again.status_code, again.json()["state"]) == (409, "refused")
    assert "BUI.MOI" in again.json()["reason"]
    assert add(client, username="ｂｕｉ.ｍｏｉ").status_code == 409  # the same letters, as wide ones


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"username": "có dấu cách"}, "username"),
        ({"username": ""}, "username"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"password": "1234567890"}, "password"),
        ({"password": "ngan"}, "password"),
        ({"office_role": "king"}, "office_role"),
        ({"organisation": "999999"}, "organisation"),
    ],
)
def test_bad_input_is_refused_with_its_field(client: Client, administrator: User, fields: dict[str, str], named: str) -> None:
    answer = add(client, **fields)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [named]
    assert not office_entries()


def test_closing_ends_the_sessions_at_once(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien")
    theirs = Client()
    theirs.force_login(worker)
    assert theirs.get("/").status_code == 200
    assert ask(client, "account.close", account=worker).status_code == 200
    assert theirs.get("/").status_code == 302
    assert not Client().login(username="nhan-vien", password="nhan-vien" * 2)


def test_a_new_password_ends_the_sessions_of_the_old_one(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien")
    theirs = Client()
    theirs.force_login(worker)
    assert ask(client, "password.reset", account=worker, password=PASSWORD).status_code == 200
    assert theirs.get("/").status_code == 302
    assert Client().login(username="nhan-vien", password=PASSWORD)


def test_an_administrator_cannot_close_the_own_account(client: Client, administrator: User) -> None:
    answer = ask(client, "account.close", account=administrator)
    assert answer.status_code == 409
    administrator.refresh_from_db()
    assert administrator.is_active


def test_what_is_done_already_is_refused(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien")
    assert ask(client, "account.reopen", account=worker, password=PASSWORD).status_code == 409
    ask(client, "account.close", account=worker)
    assert ask(client, "account.close", account=worker).status_code == 409
    assert ask(client, "password.reset", account=worker, password=PASSWORD).status_code == 409


@pytest.mark.parametrize("role", [role for role in User.OfficeRole.values if role != "administrator"])
def test_nobody_else_manages_accounts(client: Client, role: str) -> None:
    somebody = make_user("ai-do", office_role=role)
    client.force_login(somebody)
    assert client.get("/accounts/").status_code == (200 if role == "secretariat" else 403)
    for command in ("account.add", "account.edit", "account.close", "account.reopen", "accounts.close", "password.reset"):
        answer = ask(client, command, account=somebody, full_name="A", username="a", password=PASSWORD)
        assert answer.status_code == 403, command
    assert not User.objects.filter(username="a").exists()


def test_who_is_not_signed_in_is_led_to_signing_in(client: Client) -> None:
    assert client.get("/accounts/").headers["Location"].startswith("/sign-in/")
    assert add(client).headers["Location"].startswith("/sign-in/")


def test_there_is_no_other_command_of_the_office(client: Client, administrator: User) -> None:
    assert ask(client, "floor.give").status_code == 404


def test_a_plain_form_is_led_back_to_the_page(client: Client, administrator: User) -> None:
    fields = {"full_name": "Bùi Văn Mới", "username": "bui.moi", "password": PASSWORD}
    body = fields | {"command_id": make_command_id(), "next": "/accounts/"}
    answer = client.post("/do/account.add/", body, HTTP_ACCEPT="text/html")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/accounts/")


def test_the_page_lists_accounts_and_each_proposes_another_password_each_time(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien", name="Ngô Thị Nhân")
    assert "Ngô Thị Nhân" in client.get("/accounts/").content.decode().replace("\xa0", " ")
    page = client.get(f"/accounts/{worker.pk}/")
    assert 'action="/do/account.close/"' in page.content.decode()
    proposed = page.context["reset"]["password"].value()
    assert proposed not in client.get(f"/accounts/{worker.pk}/").content.decode()
    assert 'action="/do/account.add/"' in client.get("/accounts/new/").content.decode()
    for path in ("/accounts/", "/accounts/new/", f"/accounts/{worker.pk}/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_the_page_finds_by_name(client: Client, administrator: User) -> None:
    make_user("nhan-vien", name="Ngô Thị Nhân")
    found = client.get("/accounts/", {"q": "Thị Nhân"}).context["page"].object_list
    assert [user.username for user in found] == ["nhan-vien"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_database_equally_often_for_1_and_30(
    client: Client, administrator: User, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        make_user(f"nhan-vien-{n}")
    with django_assert_num_queries(6):
        client.get("/accounts/")


def test_who_gives_passwords_sees_the_way_to_the_accounts_and_nobody_else(client: Client, administrator: User) -> None:
    assert 'href="/accounts/"' in client.get("/").content.decode()
    client.force_login(make_user("thu-ky", office_role=User.OfficeRole.SECRETARIAT))
    assert 'href="/accounts/"' in client.get("/").content.decode()
    client.force_login(make_user("van-thu", office_role=User.OfficeRole.CLERK))
    assert 'href="/accounts/"' not in client.get("/").content.decode()


def test_the_refusal_is_json_without_the_password(client: Client, administrator: User) -> None:
    add(client)
    assert PASSWORD not in json.dumps(add(client).json())


def test_one_changes_the_own_password(client: Client) -> None:
    user = make_user("nhan-vien")
    client.force_login(user)
    assert client.get("/password/").status_code == 200
    new = "mot-mat-khau-rat-dai"
    body = {"old_password": "nhan-vien" * 2, "new_password1": new, "new_password2": new}
    assert client.post("/password/", body).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().login(username="nhan-vien", password=new)


# What the secretariat does by itself, and what an administrator does alone


@pytest.fixture
def secretariat(client: Client) -> User:
    user = make_user("van-thu-1", office_role=User.OfficeRole.SECRETARIAT)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("role", "status"), [("", 200), ("focal_point", 200), ("clerk", 200), ("secretariat", 403), ("administrator", 403)]
)
def test_the_secretariat_gives_passwords_to_those_below(client: Client, secretariat: User, role: str, status: int) -> None:
    other = make_user("nguoi-khac", office_role=role)
    before = other.password
    assert ask(client, "password.reset", account=other, password=PASSWORD).status_code == status
    other.refresh_from_db()
    assert (other.password != before, other.must_change_password) == (status == 200, status == 200)


def test_nobody_gives_the_own_account_a_one_time_password(client: Client, administrator: User) -> None:
    assert ask(client, "password.reset", account=administrator, password=PASSWORD).status_code == 409


def test_a_lock_is_seen_and_lifted(client: Client, secretariat: User) -> None:
    worker = make_user("nhan-vien")
    for _n in range(5):
        Client().post("/sign-in/", {"username": "nhan-vien", "password": "x"})
    assert Client().post("/sign-in/", {"username": "nhan-vien", "password": "nhan-vien" * 2}).status_code == 429
    assert [user.pk for user in client.get("/accounts/?state=locked").context["page"]] == [worker.pk]
    assert 'action="/do/account.unlock/"' in client.get(f"/accounts/{worker.pk}/").content.decode()
    assert ask(client, "account.unlock", account=worker).status_code == 200
    assert Client().post("/sign-in/", {"username": "nhan-vien", "password": "nhan-vien" * 2}).status_code == 302
    assert ask(client, "account.unlock", account=worker).status_code == 409
    assert [entry.kind for entry in office_entries()] == ["account.unlocked"]


def test_a_new_password_lifts_the_lock_too(client: Client, secretariat: User) -> None:
    worker = make_user("nhan-vien")
    for _n in range(5):
        Client().post("/sign-in/", {"username": "nhan-vien", "password": "x"})
    ask(client, "password.reset", account=worker, password=PASSWORD)
    assert Client().post("/sign-in/", {"username": "nhan-vien", "password": PASSWORD}).status_code == 302


def test_role_and_unit_are_changed_and_hold_at_once(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien")
    theirs = Client()
    theirs.force_login(worker)
    assert theirs.get("/accounts/").status_code == 403
    unit = Organisation.objects.get(code="15", kind="province")
    assert ask(client, "account.edit", account=worker, office_role="secretariat", organisation=unit).status_code == 200
    assert theirs.get("/accounts/").status_code == 200
    entry = office_entries()[-1]
    assert (entry.kind, entry.payload["office_role"], entry.payload["before"]) == ("account.edited", "secretariat", ["", ""])
    ask(client, "account.edit", account=worker, office_role="")
    assert theirs.get("/accounts/").status_code == 403


def test_a_focal_point_has_a_unit(client: Client, administrator: User) -> None:
    worker = make_user("nhan-vien")
    answer = ask(client, "account.edit", account=worker, office_role="focal_point")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["organisation"])


def test_an_administrator_does_not_take_the_own_role_away(client: Client, administrator: User) -> None:
    assert ask(client, "account.edit", account=administrator, office_role="").status_code == 409


def test_many_are_closed_in_one_step_all_or_none(client: Client, administrator: User) -> None:
    many = [make_user(f"nhan-vien-{n}") for n in range(3)]
    theirs = Client()
    theirs.force_login(many[2])
    assert ask(client, "accounts.close", accounts=[many[0].pk, administrator.pk]).status_code == 409
    assert User.objects.filter(is_active=False).count() == 0
    assert ask(client, "accounts.close", accounts=[user.pk for user in many]).status_code == 200
    assert theirs.get("/").status_code == 302
    assert not Session.objects.filter(account__in=many).exists()
    assert [entry.kind for entry in office_entries()] == ["accounts.closed"]
    assert ask(client, "accounts.close", accounts=[many[0].pk]).status_code == 409
    assert ask(client, "accounts.close", accounts=["x"]).status_code == 400


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=closed", ["dong"]),
        ("state=one_time", ["moi"]),
        ("state=expired", ["qua-han"]),
        ("state=never&role=clerk", ["van-thu"]),
        ("role=none&state=open&q=da-dung", ["da-dung"]),
        ("q=Lao+Cai", ["daumoi-15"]),
        ("unit=%(unit)s", ["daumoi-15"]),
        ("unit=x&role=focal_point", ["daumoi-15"]),
        ("q=%%00%%27", []),
    ],
)
def test_filters_find(client: Client, administrator: User, query: str, names: list[str]) -> None:
    now, unit = timezone.now(), Organisation.objects.get(code="15", kind="province")
    make_user("dong", is_active=False)
    make_user("moi", must_change_password=True, one_time_until=now + timedelta(days=1))
    make_user("qua-han", must_change_password=True, one_time_until=now - timedelta(days=1))
    make_user("van-thu", office_role="clerk")
    make_user("da-dung", last_login=now)
    User.objects.create(username="daumoi-15", office_role="focal_point", organisation=unit, last_login=now)
    page = client.get("/accounts/?" + query % {"unit": unit.pk})
    assert [user.username for user in page.context["page"]] == names
