"""An office sets numbers of a layout: what is taken, what is refused and in which words, what the pages show and cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import DjangoAssertNumQueries

from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import JournalEntry
from meetings.procedure import Actor
from minutes.models import LayoutSetting
from minutes.papers.layouts import profile_of
from minutes.papers.layouts.actions import reset_layout, set_layout
from minutes.papers.layouts.labels import GROUPS, LABELS, PARTS, allowed, in_words
from minutes.papers.layouts.rows import components, grouped
from people.models import User
from printing.adjusting import number, numbers
from printing.profiles import HD05_2026, HD36_2018, ND30_2020, PROFILES
from tests.cast import Clients
from tests.layout_doors import SOURCE, set_line_height
from tests.make import make_command_id, make_organisation, the_secretariat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
LAYOUTS = 4  # session, account, its person, settings counted
LAYOUT = 4  # session, account, its person, settings


def do(client: Client, command: str, **fields: Any) -> Any:
    body = {"profile": "HD05-2026", "command_id": make_command_id(), "source": SOURCE} | fields
    return client.post(f"/do/{command}/", body, HTTP_ACCEPT="application/json")


def page(client: Client, url: str, language: str = "vi") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()


def test_what_is_set_is_what_papers_are_printed_by(clients: Clients) -> None:
    assert do(clients["secretariat"], "layout.set", number="line_height", was="18", value="19,5").status_code == 200
    assert profile_of("party", TODAY).line_height.value == 19.5
    assert profile_of(make_organisation(), TODAY).line_height.value == 19.5
    assert profile_of("party", date(2025, 11, 26)) is HD36_2018
    assert profile_of("state", TODAY) is ND30_2020
    row = LayoutSetting.objects.get()
    assert (row.name, row.value, row.source) == ("line_height", 19.5, SOURCE)
    html = page(clients["secretariat"], "/layouts/HD05-2026/line_height/")
    assert "19,5 pt" in html
    assert SOURCE in html


def test_a_reset_gives_the_layouts_own_number_again(clients: Clients) -> None:
    set_line_height()
    assert do(clients["secretariat"], "layout.reset", number="line_height").status_code == 200
    assert profile_of("party", TODAY) is HD05_2026
    refused = do(clients["secretariat"], "layout.reset", number="line_height")
    assert (refused.status_code, refused.json()["reason"]) == (409, gettext("This number is the layout's own already."))


def test_the_office_s_journal_tells_both_and_not_the_source() -> None:
    set_line_height(20)
    set_line_height(19)
    reset_layout(by=the_secretariat(), profile="HD05-2026", number="line_height")
    told = [(one.kind, one.payload) for one in JournalEntry.objects.filter(kind__startswith="layout.").order_by("number")]
    about = {"profile": "HD05-2026", "name": "line_height"}
    assert told == [
        ("layout.set", about | {"was": "18", "value": "20"}),
        ("layout.set", about | {"was": "20", "value": "19"}),
        ("layout.reset", about | {"was": "19"}),
    ]


def test_two_who_set_the_same_number_do_not_overwrite_each_other(clients: Clients) -> None:
    do(clients["secretariat"], "layout.set", number="line_height", was="18", value="19")
    second = do(clients["administrator"], "layout.set", number="line_height", was="18", value="20")
    assert second.status_code == 409
    stale = "Somebody else has set this number in the meantime: it is %(value)s now. Reload the page and look again."
    assert second.json()["reason"] == gettext(stale) % {"value": "19"}
    assert LayoutSetting.objects.get().value == 19


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("line_height", "30", "value"),
        ("line_height", "", "value"),
        ("line_height", "nan", "value"),
        ("line_height", "1e999", "value"),
        ("line_height", "19; } @import url(//x)", "value"),
        ("line_height", "\u202e91", "value"),
        ("line_height", "1" * 41, "value"),
        ("line_height", "1" * 1_000_000, "value"),
        ("line_height", "19\0", "value"),
        ("post.bold", "maybe", "value"),
        ("recipients_separator", "<b>", "value"),
        ("nothing", "1", "value"),
        ("settings", "1", "value"),
        ("x" * 61, "1", "number"),
        ("line_height\0", "19", "number"),
    ],
)
def test_what_cannot_be_set_is_refused_at_the_field(clients: Clients, name: str, value: str, field: str) -> None:
    answered = do(clients["secretariat"], "layout.set", number=name, value=value)
    assert answered.status_code == 400
    assert list(answered.json()["errors"]) == [field]
    assert not LayoutSetting.objects.exists()


@pytest.mark.parametrize("profile", ["", "HD36", "HD05-2026\0", "../x", "x" * 1000])
def test_a_profile_there_is_not_is_refused(clients: Clients, profile: str) -> None:
    assert do(clients["secretariat"], "layout.set", profile=profile, number="line_height", value="19").status_code == 400


def test_a_setting_without_a_source_is_refused(clients: Clients) -> None:
    assert do(clients["secretariat"], "layout.set", number="line_height", value="19", source=" \u200b ").status_code == 400


def test_what_does_not_fit_together_is_refused_in_words(clients: Clients) -> None:
    do(clients["secretariat"], "layout.set", number="margin_top", value="17")
    refused = do(clients["secretariat"], "layout.set", number="page_number_top", value="14")
    assert refused.status_code == 409
    stands = "The page number would stand in the text: it needs a larger top margin, or must stand higher."
    assert refused.json()["reason"] == gettext(stands)


def test_setting_what_is_so_already_is_refused_and_what_the_rule_fixes_too() -> None:
    with override("en"), pytest.raises(OutOfOrder, match="says so already"):
        set_line_height(18)
    with override("en"), pytest.raises(OutOfOrder, match="leaves no choice"):
        set_layout(by=the_secretariat(), profile="ND30-2020", number="number.size", value=14, was="", source=SOURCE)


def test_one_without_the_ability_is_refused() -> None:
    with pytest.raises(NotAllowed):
        set_layout(by=Actor(User(username="x")), profile="HD05-2026", number="line_height", value=19, was="", source=SOURCE)


def test_every_number_has_words_and_stands_in_one_group() -> None:
    for profile in PROFILES.values():
        assert {one.field for one in numbers(profile)} <= LABELS.keys()
        assert {one.part for one in numbers(profile)} <= {"", *PARTS}
        shown = [line.field for _group, lines in grouped(components(profile, []), "") for line in lines]
        assert sorted(shown) == sorted({one.field for one in numbers(profile)})
    assert sum(len(fields) for _group, fields in GROUPS) == len(LABELS)


def test_the_pages_say_what_is_second_hand(clients: Clients) -> None:
    page(clients["secretariat"], "/layouts/")
    party, state = (page(clients["secretariat"], f"/layouts/{code}/", "en") for code in ("HD05-2026", "ND30-2020"))
    assert "known from digests only" in party
    assert party.count("Second-hand") > 30
    assert "known from digests only" not in state
    assert "digests only" in page(clients["secretariat"], "/layouts/HD05-2026/post/", "en")


def test_a_setting_that_no_longer_fits_is_shown_left_out_and_can_be_taken_back(clients: Clients) -> None:
    set_line_height()
    LayoutSetting.objects.update(value=99)
    assert profile_of("party", TODAY) is not None
    assert profile_of("party", TODAY).line_height.value == 18
    assert "no longer fits" in page(clients["secretariat"], "/layouts/HD05-2026/", "en")
    assert do(clients["secretariat"], "layout.reset", number="line_height").status_code == 200


def test_the_pages_cost_the_same_with_none_and_with_many_settings(
    clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def asked() -> None:
        for url, cost in (("/layouts/", LAYOUTS), ("/layouts/HD05-2026/", LAYOUT), ("/layouts/HD05-2026/post/", LAYOUT)):
            with django_assert_num_queries(cost):
                clients["secretariat"].get(url)

    clients["secretariat"].get("/layouts/")
    asked()
    changes: dict[str, Any] = {"line_height": 19, "post.bold": True, "post.size": 13, "end_mark": "./.", "body_text.size": 15}
    for name, value in changes.items():
        set_layout(by=the_secretariat(), profile="HD05-2026", number=name, value=value, was="", source=SOURCE)
    asked()


@pytest.mark.parametrize("show", ["", "set", "second-hand", "ours", "x", "\0", "<b>"])
def test_the_page_is_shown_with_whatever_filter(clients: Clients, show: str) -> None:
    assert clients["secretariat"].get("/layouts/HD36-2018/", {"show": show}).status_code == 200


@pytest.mark.parametrize("url", ["HD99/", "HD05-2026/nothing/", "HD05-2026/settings/", "x/preview/"])
def test_what_there_is_not_is_not_found(clients: Clients, url: str) -> None:
    assert clients["secretariat"].get(f"/layouts/{url}").status_code == 404


def test_a_number_can_be_tried_on_a_specimen_before_it_is_set(clients: Clients) -> None:
    client, url = clients["secretariat"], "/layouts/HD05-2026/preview/"
    seen = client.get(url, {"number": "title.size", "value": "14"})
    assert (seen.status_code, seen["Content-Type"], seen.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert client.get(url, {"number": "title.size", "value": "40"}).status_code == 409
    assert client.get(url, {"number": "nothing", "value": "40"}).status_code == 409
    assert not LayoutSetting.objects.exists()


def test_what_is_allowed_is_said_whole_and_figures_have_the_readers_decimal_sign() -> None:
    for profile in PROFILES.values():
        for one in numbers(profile):
            assert allowed(one).split() != [gettext("or %(options)s").split()[0]]
            assert not (one.options and not one.is_fixed and len(one.options) == 1)
    margin = number(HD36_2018, "margin_left")
    assert in_words(margin, 32.5) == "32,5 mm"
    with override("en"):
        assert in_words(margin, 32.5) == "32.5 mm"
