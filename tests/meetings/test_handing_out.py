"""Accounts in bulk and their slips: one step, one fact, one file; the passwords are on the paper and nowhere else."""

from __future__ import annotations

import logging
import re
import threading
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client

from meetings.accounts import handing_out
from meetings.models import BridgePoint, JournalEntry, Role
from people.models import Organisation, Person, User
from printing.errors import PrintingFailed
from printing.slips import Slip
from tests.cast import Cast, Clients, Room
from tests.make import make_command_id, make_participant, make_user

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r"^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[list[Slip]]:
    """What has been printed; the paper itself has its own tests (tests/printing/test_slips.py)."""
    sheets: list[list[Slip]] = []

    def kept(slips: list[Slip], **about: Any) -> bytes:
        sheets.append(list(slips))
        return b"%PDF-1.7"

    monkeypatch.setattr(handing_out, "print_slips", kept)
    return sheets


@pytest.fixture
def provinces(room: Room) -> list[Organisation]:
    """Three bridge points of the room are those of provinces; two more people run them without an account."""
    found = list(Organisation.objects.filter(kind="province", code__in=("15", "42", "96")).order_by("code"))
    for site, unit in zip(room.sites[1:], found, strict=True):
        BridgePoint.objects.filter(pk=site.pk).update(organisation=unit)
        site.refresh_from_db()
    make_participant(room.meeting, "Lò Văn Trực", role=Role.OPERATOR, site=room.sites[3])
    make_participant(room.meeting, "Kỹ Thuật Viên", role=Role.TECHNICIAN, site=room.sites[0])
    return found


def ask(client: Client, command_id: str = "", **fields: Any) -> Any:
    body = {"command_id": command_id or make_command_id()} | fields
    return client.post("/accounts/slips/", body, HTTP_ACCEPT="application/pdf, application/json")


def ask_for_all(client: Client, room: Room, command_id: str = "") -> Any:
    page = client.get(f"/m/{room.meeting.slug}/accounts/")
    missing = page.context["missing"]
    units = [one.organisation.pk for one in missing if one.organisation]
    people = [one.person.pk for one in missing if one.person]
    return ask(client, command_id, meeting=room.meeting.slug, units=units, people=people)


def test_one_click_makes_what_the_meeting_lacks(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    User.objects.filter(office_role="focal_point").delete()
    answer = ask_for_all(clients["secretariat"], room)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    names = [slip.username for slip in printed[0]]
    assert names == [*(f"daumoi-{unit.code}" for unit in provinces), "kythuat-tw", f"vanhanh-{provinces[2].code}"]
    made = User.objects.filter(username__in=names)
    assert {user.office_role for user in made.filter(person=None)} == {"focal_point"}
    assert all(user.must_change_password and user.one_time_until for user in made)
    entry = JournalEntry.objects.filter(journal__scope="office").get()
    assert (entry.kind, len(entry.payload["accounts"])) == ("accounts.added", 5)
    page = clients["secretariat"].get(f"/m/{room.meeting.slug}/accounts/")
    assert (page.context["missing"], len(page.context["unused"])) == ([], 5)


def test_each_slip_s_password_opens_its_account(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    ask_for_all(clients["secretariat"], room)
    for slip in printed[0]:
        assert PASSWORD.match(slip.password)
        assert check_password(slip.password, User.objects.get(username=slip.username).password)
        assert slip.address.endswith(f"/sign-in/?u={slip.username}")
    client, slip = Client(), printed[0][0]
    assert client.post("/sign-in/", {"username": slip.username, "password": slip.password}).status_code == 302
    assert client.get("/").headers["Location"] == "/password/"


def test_the_passwords_are_nowhere(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = ask_for_all(clients["secretariat"], room)
    secrets = [slip.password for slip in printed[0]]
    assert len(set(secrets)) == len(secrets) > 2
    assert not any(secret in answer.headers.__repr__() or secret in caplog.text for secret in secrets)
    assert not any(secret in repr(printed[0]) for secret in secrets)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr(cursor.fetchall())
            assert not any(secret in rows for secret in secrets), table


def test_the_same_click_twice_makes_and_hands_out_once(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    command_id = make_command_id()
    people = [p.pk for p in Person.objects.filter(full_name__in=("Lò Văn Trực", "Kỹ Thuật Viên"))]
    first = ask(clients["secretariat"], command_id, meeting=room.meeting.slug, people=people)
    second = ask(clients["secretariat"], command_id, meeting=room.meeting.slug, people=people)
    assert (first.status_code, second.status_code, len(printed)) == (200, 409, 1)
    assert second.json()["reason"] == str(handing_out.HANDED_OUT)


def test_somebody_who_was_faster_leaves_nothing_half_done(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = handing_out._printed

    def slowly(lines: list[Any]) -> bytes:
        monkeypatch.setattr(handing_out, "_printed", real)
        assert ask_for_all(clients["administrator"], room).status_code == 200  # while the first one's slips are printed
        return real(lines)

    monkeypatch.setattr(handing_out, "_printed", slowly)
    answer = ask_for_all(clients["secretariat"], room)
    assert answer.status_code == 409
    assert JournalEntry.objects.filter(journal__scope="office").count() == 1
    good = printed[0]  # the faster one's
    assert all(check_password(slip.password, User.objects.get(username=slip.username).password) for slip in good)


def test_a_press_that_fails_changes_nothing(
    room: Room, provinces: list[Organisation], clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(slips: list[Slip], **about: Any) -> bytes:
        raise PrintingFailed("kẹt giấy")

    monkeypatch.setattr(handing_out, "print_slips", broken)
    before = User.objects.count()
    answer = ask_for_all(clients["secretariat"], room)
    assert (answer.status_code, answer.json()["reason"]) == (409, "kẹt giấy")
    assert (User.objects.count(), JournalEntry.objects.filter(journal__scope="office").count()) == (before, 0)


def test_printing_again_makes_the_old_slips_worthless(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    ask_for_all(clients["secretariat"], room)
    accounts = list(User.objects.filter(must_change_password=True).values_list("pk", flat=True))
    assert ask(clients["secretariat"], accounts=accounts).status_code == 200
    old, new = printed
    assert [slip.username for slip in new] == sorted(slip.username for slip in old)
    by_name = {slip.username: slip.password for slip in old}
    for slip in new:
        user = User.objects.get(username=slip.username)
        assert check_password(slip.password, user.password)
        assert not check_password(by_name[slip.username], user.password)
    assert JournalEntry.objects.filter(journal__scope="office").latest("number").kind == "passwords.reset"


def test_names_that_are_taken_get_a_number(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    make_user("Daumoi-42", is_active=False)
    make_user("kythuat-tw")
    ask_for_all(clients["secretariat"], room)
    assert {"daumoi-42-2", "kythuat-tw-2"} <= {slip.username for slip in printed[0]}


def test_a_focal_point_that_is_there_is_not_made_again(
    room: Room, provinces: list[Organisation], clients: Clients, printed: list[list[Slip]]
) -> None:
    make_user("co-roi", office_role="focal_point", organisation=provinces[0])
    ask_for_all(clients["secretariat"], room)
    assert not User.objects.filter(username=f"daumoi-{provinces[0].code}").exists()


def test_chosen_people_get_accounts(clients: Clients, cast: Cast, printed: list[list[Slip]]) -> None:
    people = [Person.objects.create(full_name=name) for name in ("Nguyễn Văn An", "Ngô Vĩnh An")]
    answer = ask(clients["secretariat"], people=[person.pk for person in people])
    assert answer.status_code == 200
    assert [(slip.who, slip.username) for slip in printed[0]] == [("Ngô Vĩnh An", "an.nv"), ("Nguyễn Văn An", "an.nv-2")]
    assert ask(clients["secretariat"], people=[people[0].pk]).status_code == 409


def test_office_roles_are_an_administrator_s_to_give(clients: Clients, cast: Cast, printed: list[list[Slip]]) -> None:
    person = Person.objects.create(full_name="Nguyễn Văn An")
    fields = {"people": [person.pk], "office_role": "secretariat"}
    assert ask(clients["secretariat"], **fields).status_code == 403
    assert not User.objects.filter(person=person).exists()
    assert ask(clients["administrator"], **fields).status_code == 200
    assert User.objects.get(person=person).office_role == "secretariat"


def test_the_secretariat_prints_nothing_for_those_above(clients: Clients, cast: Cast, printed: list[list[Slip]]) -> None:
    for name, status in (("administrator", 403), ("clerk", 200), ("secretariat", 403)):
        assert ask(clients["secretariat"], accounts=[cast[name].pk]).status_code == status, name
    assert ask(clients["administrator"], accounts=[cast["administrator"].pk]).status_code == 409
    assert len(printed) == 1


@pytest.mark.parametrize("who", ["stranger", "clerk", "focal_point", "secretary", "operator", "delegate"])
def test_nobody_else_makes_accounts(room: Room, clients: Clients, printed: list[list[Slip]], who: str) -> None:
    person = Person.objects.create(full_name="Nguyễn Văn An")
    assert ask(clients[who], people=[person.pk]).status_code == 403
    assert printed == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"people": ["x"]},
        {"people": ["999999999999999999999"]},
        {"accounts": ["0"]},
        {"people": ["\0"]},
        {"meeting": "khong-co"},
        {"command_id": "x"},
        {"office_role": "king"},
    ],
)
def test_bad_input_is_refused_in_words(cast: Cast, clients: Clients, printed: list[list[Slip]], fields: dict[str, Any]) -> None:
    answer = ask(clients["administrator"], **fields)
    assert (answer.status_code, bool(answer.json()["reason"])) == (400, True)
    plain = clients["administrator"].post("/accounts/slips/", fields | {"next": "//evil.example/"})
    assert (plain.status_code, plain.headers["Location"]) == (302, "/accounts/")
    assert printed == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_at_once_with_one_id_hand_out_one_file(room: Room, cast: Cast, printed: list[list[Slip]]) -> None:
    people = [make_participant(room.meeting, f"Người {n}", role=Role.OPERATOR, site=room.sites[1]).person_id for n in range(3)]
    command_id, answers = make_command_id(), []

    def go() -> None:
        client = Client()
        client.force_login(cast["secretariat"])
        answers.append(ask(client, command_id, meeting=room.meeting.slug, people=people).status_code)
        connection.close()

    threads = [threading.Thread(target=go) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]
    assert User.objects.filter(person__in=people).count() == 3
    assert JournalEntry.objects.filter(kind="accounts.added").count() == 1


@pytest.mark.parametrize("number", [1, 30])
def test_the_meeting_s_page_asks_the_database_equally_often(
    room: Room, cast: Cast, clients: Clients, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        make_participant(room.meeting, f"Người {n}", role=Role.OPERATOR, site=room.sites[1])
        user = make_user(f"co-{n}")
        make_participant(room.meeting, f"Có {n}", role=Role.TECHNICIAN, site=room.sites[1], user=user)
    clients["secretariat"].get("/")
    with django_assert_num_queries(11):
        clients["secretariat"].get(f"/m/{room.meeting.slug}/accounts/")
