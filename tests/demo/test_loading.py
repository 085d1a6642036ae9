"""`manage.py demo`: what it loads, what it prints, when it leaves things alone and when it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from demo.fixture import SLUG, conference
from demo.loading import ensure
from meetings import clock
from meetings.actions import adjourn_meeting, open_meeting
from meetings.models import Journal, Meeting, Role
from people.models import Organisation, Person, User
from tests.make import make_meeting, make_user, the_secretariat

Demo = Callable[..., dict[str, Any]]
Manage = Callable[..., str]
SEATED = {"secretary", "chair", "delegate", "operator-15", "technician", "observer"}
USERNAMES = SEATED | {"focal-15", "focal-96"}


@pytest.mark.postgres
def test_the_conference_is_loaded_whole(demo: Demo, manage: Manage) -> None:
    printed = demo()
    meeting = Meeting.objects.get(slug=SLUG)
    assert printed["bridge_points"] == meeting.bridge_points.count() == 35
    assert printed["agenda_items"] == meeting.items.count() == 10
    assert 340 <= printed["participants"] <= 360
    assert set(printed["accounts"]) == USERNAMES
    assert manage("check_journal", SLUG).startswith(f"ok entries={meeting.journal.head} ")


def test_displays_hang_in_the_hall_and_at_two_bridge_points(meeting: Meeting) -> None:
    found = meeting.displays.values_list("bridge_point__short_name", "mode").order_by("pk")
    assert list(found) == [("Trung ương", "auto"), ("Trung ương", "auto"), ("Hà Nội", "auto"), ("Lào Cai", "auto")]


@pytest.mark.postgres
def test_the_communes_come_on_demand_under_their_provinces_and_go_with_a_reset(
    meeting: Meeting, demo: Demo, manage: Manage
) -> None:
    plain = demo()
    printed = demo("--communes")
    meeting = Meeting.objects.get(slug=SLUG)
    assert printed["bridge_points"] == 1 + 34 + 3321
    assert printed["participants"] == plain["participants"] + 3 * 3321
    communes = meeting.bridge_points.exclude(parent=None)
    assert communes.count() == 3321
    assert set(communes.values_list("parent_id", flat=True)) == set(
        meeting.bridge_points.filter(organisation__kind="province").values_list("pk", flat=True)
    )
    assert meeting.participants.filter(bridge_point__in=communes, role=Role.OPERATOR).count() == 3321
    assert demo("--communes") == printed
    assert manage("check_journal", SLUG).startswith("ok ")
    assert demo("--reset")["bridge_points"] == 35


def test_the_communes_are_not_added_to_a_conference_that_is_over(meeting: Meeting, manage: Manage) -> None:
    open_meeting(meeting, by=the_secretariat())
    adjourn_meeting(meeting, by=the_secretariat())
    with pytest.raises(CommandError):
        manage("demo", "--communes")
    assert meeting.bridge_points.count() == 35


def test_the_printed_addresses_lead_to_the_meeting_and_its_display(
    meeting: Meeting, demo: Demo, client: Client, settings: Settings
) -> None:
    printed = demo()
    assert printed["meeting_url"] == f"{settings.PUBLIC_URL}/m/vptw-2025/"
    wall = client.get(printed["display_url"].removeprefix(settings.PUBLIC_URL))
    assert wall.status_code == 200
    assert "BẢN TRÌNH DIỄN" in wall.content.decode()


def test_the_meeting_is_a_demonstration_with_a_disposable_journal_and_its_own_clock(meeting: Meeting) -> None:
    assert meeting.kind == Meeting.Kind.DEMO
    assert meeting.journal.disposable
    assert meeting.clock_rate == 1.0
    start = datetime(2025, 11, 26, 0, 30, tzinfo=UTC)  # 07:30 in Hà Nội
    assert start <= clock.now(meeting) < start + timedelta(minutes=1)
    assert timezone.localtime(meeting.sittings.get().starts_at).strftime("%H:%M") == "08:30"


def test_the_programme_is_the_published_one(meeting: Meeting) -> None:
    items = list(meeting.items.order_by("position").values_list("kind", "minutes", "presenter"))
    assert items == [(item.kind, item.minutes, item.presenter) for item in conference().programme]
    assert sum(minutes for _kind, minutes, _presenter in items) == 189
    assert meeting.items.get(kind="speeches").speech_minutes == 8


def test_the_tree_of_organisations_has_the_provinces_and_their_offices(meeting: Meeting) -> None:
    assert Organisation.objects.filter(kind="province").count() == 34
    lao_cai = Organisation.objects.get(kind="province", code="15")
    assert lao_cai.children.get().name == "Văn phòng Tỉnh ủy Lào Cai"
    assert meeting.organiser.children.count() == len(conference().departments)


def test_each_account_sits_where_it_belongs(meeting: Meeting) -> None:
    people = {u.username: meeting.participants.get(person=u.person) for u in User.objects.filter(username__in=SEATED)}
    assert {name: p.role for name, p in people.items()} == {
        "secretary": Role.SECRETARY,
        "chair": Role.CHAIR,
        "delegate": Role.DELEGATE,
        "operator-15": Role.OPERATOR,
        "technician": Role.TECHNICIAN,
        "observer": Role.OBSERVER,
    }
    assert {name: p.bridge_point.short_name for name, p in people.items() if p.bridge_point} == {
        "secretary": "Trung ương",
        "chair": "Trung ương",
        "delegate": "Lào Cai",
        "operator-15": "Lào Cai",
        "technician": "Trung ương",
        "observer": "Trung ương",
    }
    assert User.objects.get(username="secretary").office_role == User.OfficeRole.SECRETARIAT


def test_every_province_has_its_operator_and_technician(meeting: Meeting) -> None:
    for site in meeting.bridge_points.filter(is_central=False):
        assert site.participants.filter(role=Role.OPERATOR).count() == 1
        assert site.participants.filter(role=Role.TECHNICIAN).count() == 1


def test_an_existing_demonstration_is_left_as_it_is(meeting: Meeting, demo: Demo) -> None:
    first = demo()
    journal = Journal.objects.get(meeting__slug=SLUG)
    assert demo() == first
    again = Journal.objects.get(meeting__slug=SLUG)
    assert (again.epoch, again.head_hash) == (journal.epoch, journal.head_hash)


@pytest.mark.postgres
def test_reset_loads_anew_under_a_new_epoch_and_leaves_nothing_behind(meeting: Meeting, demo: Demo, manage: Manage) -> None:
    first = demo()
    old = Meeting.objects.select_related("journal").get(slug=SLUG)
    people, accounts = Person.objects.count(), list(User.objects.values_list("pk", flat=True))
    assert manage("play", SLUG, "--speed", "1000000", "--quiet") == ""
    second = demo("--reset")
    new = Meeting.objects.get(slug=SLUG)
    assert new.state == Meeting.State.PLANNED
    assert new.journal.epoch != old.journal.epoch
    assert not Journal.objects.filter(pk=old.journal_id).exists()
    assert Person.objects.count() == people
    assert list(User.objects.values_list("pk", flat=True)) == accounts
    assert second["accounts"] == first["accounts"]
    assert manage("check_journal", SLUG).startswith("ok ")


def test_the_printed_passwords_open_the_accounts_even_after_a_change(meeting: Meeting, demo: Demo) -> None:
    accounts = demo()["accounts"]
    chair = User.objects.get(username="chair")
    chair.set_password("something else entirely")
    chair.save()
    assert demo()["accounts"] == accounts
    assert all(Client().login(username=name, password=password) for name, password in accounts.items())


def test_the_other_operators_cannot_be_signed_in_to(meeting: Meeting) -> None:
    others = User.objects.filter(username__startswith="operator-").exclude(username="operator-15")
    assert others.count() == 33
    assert not any(user.has_usable_password() for user in others)


def test_another_key_gives_other_passwords(meeting: Meeting, demo: Demo, settings: Settings) -> None:
    accounts = demo()["accounts"]
    settings.SECRET_KEY = "another installation's key, of fifty characters or more"
    assert all(password != accounts[name] for name, password in demo()["accounts"].items())


def test_if_empty_loads_into_an_empty_database(demo: Demo) -> None:
    assert demo("--if-empty")["bridge_points"] == 35
    assert demo("--if-empty")["bridge_points"] == 35


def test_if_empty_leaves_a_database_in_use_alone(db: None, manage: Manage) -> None:
    make_user("nguoi-dau-tien")
    assert manage("demo", "--if-empty") == ""
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("words", [("demo",), ("demo", "--reset"), ("play", SLUG), ("play", SLUG, "--reset")])
def test_an_office_refuses(db: None, manage: Manage, settings: Settings, words: tuple[str, ...]) -> None:
    settings.DEMO_MODE = False
    with pytest.raises(CommandError) as refusal:
        manage(*words)
    assert refusal.value.returncode == 1
    assert not Meeting.objects.exists()


def test_if_empty_passes_an_office_over(db: None, manage: Manage, settings: Settings) -> None:
    settings.DEMO_MODE = False
    assert manage("demo", "--if-empty") == ""
    assert not User.objects.exists()


def test_a_meeting_that_is_no_demonstration_is_never_removed(db: None, manage: Manage) -> None:
    make_meeting(slug=SLUG)
    with pytest.raises(CommandError):
        manage("demo", "--reset")
    assert Meeting.objects.get(slug=SLUG).kind == Meeting.Kind.REAL


def test_loading_is_all_or_nothing(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.loading.open_display", lambda *args, **kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ensure(reset=True)
    assert Meeting.objects.get(slug=SLUG).pk == meeting.pk
