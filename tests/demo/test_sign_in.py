"""One-click sign-in: in the demonstration only, to the visitors' accounts only."""

from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import Settings

from demo.accounts import USERNAMES
from meetings.models import Meeting
from people.models import User
from tests.make import make_user

ADDRESS = "/sign-in/demo/"
HOMES = {
    "secretary": "/m/vptw-2025/",
    "chair": "/m/vptw-2025/chair/",
    "delegate": "/m/vptw-2025/delegate/",
    "operator-15": "/m/vptw-2025/console/",
    "focal-15": "/m/vptw-2025/my-unit/",
    "focal-96": "/m/vptw-2025/my-unit/",
    "technician": "/m/vptw-2025/console/",
    "observer": "/m/vptw-2025/delegate/",
}


def test_the_page_offers_a_button_for_each_account(meeting: Meeting, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert [name for name in USERNAMES if f'value="{name}"' not in page] == []


def test_one_click_leads_to_the_role_s_own_screen(meeting: Meeting) -> None:
    for username, home in HOMES.items():
        answer = Client().post(ADDRESS, {"username": username, "next": "/"}, follow=True)
        assert (answer.redirect_chain[0][0], answer.status_code) == (home, 200), username
        assert answer.context["user"].username == username


def test_a_page_that_was_asked_for_comes_first(meeting: Meeting, client: Client) -> None:
    wanted = "/m/vptw-2025/control/"
    assert client.post(ADDRESS, {"username": "secretary", "next": wanted}).headers["Location"] == wanted


def test_nobody_is_led_elsewhere(meeting: Meeting) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = Client().post(ADDRESS, {"username": "chair", "next": elsewhere})
        assert answer.headers["Location"] == HOMES["chair"], elsewhere


def test_another_click_changes_the_account(meeting: Meeting, client: Client) -> None:
    client.post(ADDRESS, {"username": "chair"})
    client.post(ADDRESS, {"username": "observer"})
    assert client.session["_auth_user_id"] == str(User.objects.get(username="observer").pk)


def test_no_other_account_is_opened(meeting: Meeting, client: Client) -> None:
    make_user("nguoi-that")
    for username in ("operator-01", "nguoi-that", "nobody", ""):
        assert client.post(ADDRESS, {"username": username}).status_code == 404, username
        assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(meeting: Meeting, client: Client) -> None:
    User.objects.filter(username="chair").update(is_active=False)
    assert client.post(ADDRESS, {"username": "chair"}).status_code == 404
    assert 'value="chair"' not in client.get("/sign-in/").content.decode()


def test_it_takes_a_click_not_a_link_and_not_another_site_s_form(meeting: Meeting) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(ADDRESS).status_code == 405
    assert strict.post(ADDRESS, {"username": "chair"}).status_code == 403


def test_an_office_knows_nothing_of_it(meeting: Meeting, client: Client, settings: Settings) -> None:
    settings.DEMO_MODE = False
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"username": "chair"}).status_code == 404
    assert 'value="chair"' not in client.get("/sign-in/").content.decode()


def test_before_anything_is_loaded_nothing_is_offered(db: None, client: Client) -> None:
    assert ADDRESS not in client.get("/sign-in/").content.decode()


def test_without_a_demonstration_nobody_is_let_in_by_name_alone(meeting: Meeting, client: Client) -> None:
    """An office's database that comes up in demo mode keeps its accounts, whatever they are called."""
    from demo.loading import remove

    remove(meeting)
    assert client.post(ADDRESS, {"username": "secretary"}).status_code == 404
