"""A profile with some numbers set by an office: within what the rule leaves, and nothing else."""

import math
from collections.abc import Mapping

import pytest
from django.utils.translation import override

from printing import profiles
from printing.adjusting import fitting, number, numbers
from printing.errors import BadSetting
from printing.profiles import HD05_2026, HD36_2018, ND30_2020, PROFILES, Evidence, Profile, adjusted, in_force, restored
from printing.style import stylesheet


def test_what_is_set_stands_in_the_profile_and_in_the_css_and_says_who_set_it() -> None:
    made = adjusted(HD05_2026, {"line_height": 19, "body_text.size": 15, "recipients_separator": ",", "post.bold": True})
    assert (made.line_height.value, made.body_text.size, made.recipients_separator, made.post.bold) == (19, 15, ",", True)
    assert {made.line_height.evidence, made.body_text.evidence, made.post.evidence} == {Evidence.OFFICE}
    assert "line-height: 19pt" in stylesheet(made)
    assert HD05_2026.line_height.value == 18


def test_a_paper_approved_under_settings_can_be_set_by_them_again() -> None:
    made = adjusted(HD05_2026, {"title.size": 14, "margin_left": 32.5, "end_mark": "./."})
    assert restored(made.code, dict(made.settings)) == made
    assert restored("HD05-2026", {}) == HD05_2026


def test_two_settings_of_one_component_do_not_undo_each_other() -> None:
    made = adjusted(HD05_2026, {"post.bold": True, "post.size": 13, "post.capitals": False})
    assert (made.post.bold, made.post.size, made.post.capitals) == (True, 13, False)


@pytest.mark.parametrize(
    ("profile", "name", "value"),
    [
        (HD36_2018, "line_height", 17.9),
        (HD36_2018, "line_height", 20.01),
        (HD36_2018, "line_height", "19"),
        (HD36_2018, "line_height", True),
        (HD36_2018, "line_height", None),
        (HD36_2018, "line_height", math.nan),
        (HD36_2018, "line_height", math.inf),
        (HD36_2018, "line_height", -(10**400)),
        (HD36_2018, "line_height", [19]),
        (HD36_2018, "title.size", 14),
        (HD36_2018, "title.bold", False),
        (HD36_2018, "post.bold", 1),
        (HD36_2018, "post.bold", "yes"),
        (HD36_2018, "recipients_separator", "."),
        (HD36_2018, "recipients_separator", '"; } @import "'),
        (HD36_2018, "recipients_separator", 5),
        (HD36_2018, "number_word", "No"),
        (ND30_2020, "margin_left", 29.9),
        (ND30_2020, "margin_left", 35.1),
        (ND30_2020, "recipients.size", 12),
        (ND30_2020, "annex_pages", "on"),
        (HD36_2018, "", 1),
        (HD36_2018, "code", "HD05-2026"),
        (HD36_2018, "since", 1),
        (HD36_2018, "settings", ()),
        (HD36_2018, "motto.size", 13),
        (HD36_2018, "body_text", 14),
        (HD36_2018, "body_text.size.size", 14),
        (HD36_2018, "body_text.evidence", "F"),
        (HD36_2018, "__class__", 1),
        (HD36_2018, "line_height\u202e", 19),
    ],
)
def test_what_the_rule_does_not_leave_open_is_refused_in_a_sentence(profile: Profile, name: str, value: object) -> None:
    with pytest.raises(BadSetting, match=r"\.$"):
        adjusted(profile, {name: value})


def test_a_refusal_names_what_would_be_taken() -> None:
    with override("en"), pytest.raises(BadSetting, match="18 to 20 pt"):
        adjusted(HD36_2018, {"line_height": 30})
    with pytest.raises(BadSetting, match="“,” · “;”"):
        adjusted(HD36_2018, {"recipients_separator": "-"})


def test_a_page_number_that_would_stand_in_the_text_is_refused() -> None:
    with override("en"), pytest.raises(BadSetting, match="page number"):
        adjusted(HD36_2018, {"margin_top": 15, "page_number_top": 14})
    assert adjusted(HD36_2018, {"margin_top": 25, "page_number_top": 14}).margin_top.value == 25


def test_each_number_can_be_set_to_every_end_of_its_span() -> None:
    for profile in PROFILES.values():
        for one in numbers(profile):
            alone = {"margin_top": 25.0} if one.field.startswith("page_number") else {}
            for value in one.span or one.options or (True, False):
                if (one.is_fixed and value != one.value) or one.name == "margin_top":
                    continue
                made = adjusted(profile, {**alone, one.name: value})
                assert number(made, one.name).value == (pytest.approx(value) if one.span else value)


def test_settings_that_no_longer_fit_are_left_out_and_the_others_kept() -> None:
    old: Mapping[str, object] = {"line_height": 19, "title.size": 30, "gone": 1, "end_mark": "!", "post.bold": True}
    assert fitting(HD36_2018, old) == {"line_height": 19, "post.bold": True}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, object]]:
    settings: dict[str, dict[str, object]] = {}
    monkeypatch.setattr(profiles, "SETTINGS_OF", [lambda code: settings.get(code, {})])
    return settings


def test_papers_made_today_follow_the_office_and_the_day(office: dict[str, dict[str, object]]) -> None:
    assert in_force("party", HD05_2026.since) is HD05_2026
    office["HD05-2026"] = {"line_height": 20, "title.size": 99}
    assert in_force("party", HD05_2026.since).line_height.value == 20
    assert in_force("party", HD36_2018.since) is HD36_2018
    assert in_force("state", HD05_2026.since) is ND30_2020
