"""Which layout rules hold on which day, and their numbers."""

from dataclasses import fields
from datetime import date

import pytest

from printing.errors import NoProfile, PrintingError
from printing.profiles import HD36_2018, PROFILES, Evidence, Length, Letters, last_known, profile_for


@pytest.mark.parametrize("on", [date(2018, 4, 3), date(2025, 11, 26), date(2026, 5, 26)])
def test_party_papers_follow_hd36_until_its_successor(on: date) -> None:
    assert profile_for("party", on) is HD36_2018


@pytest.mark.parametrize(
    ("body", "on"),
    [("party", date(2026, 5, 27)), ("party", date(2018, 4, 2)), ("state", date(2025, 11, 26)), ("state", date(2026, 11, 21))],
)
def test_a_paper_without_known_rules_is_refused_with_its_date(body: str, on: date) -> None:
    with pytest.raises(NoProfile, match=on.strftime("%d/%m/%Y")):
        profile_for(body, on)  # type: ignore[arg-type]


def test_the_last_known_rules_serve_where_the_caller_asks_for_them() -> None:
    assert last_known("party", date(2026, 11, 21)) is HD36_2018
    with pytest.raises(PrintingError):
        last_known("state", date(2026, 11, 21))
    with pytest.raises(PrintingError):
        last_known("party", date(2013, 11, 6))


def test_hd36_has_the_numbers_of_the_rule() -> None:
    p = HD36_2018
    margins = (p.margin_top, p.margin_bottom, p.margin_left, p.margin_right)
    assert [length.value for length in margins] == [20, 20, 30, 15]
    assert (p.page_width.value, p.page_height.value) == (210, 297)
    assert (p.line_height.value, p.paragraph_gap.value, p.first_indent.value) == (18, 6, 10)
    assert p.page_number_top == Length(10, "mm", Evidence.SECOND_HAND)
    assert p.title == Letters(15, Evidence.FOUND, bold=True, capitals=True)
    assert (p.type_name.size, p.abstract.size, p.body_text.size, p.place_date.size) == (16, 14, 14, 14)
    assert (p.place_date.italic, p.signer.bold, p.post.bold) == (True, True, False)
    assert (p.recipients_label.size, p.recipients_label.underlined, p.recipients.size) == (14, True, 12)
    assert p.dashes == "-----"


def test_every_number_says_how_it_is_known() -> None:
    for profile in PROFILES.values():
        for field in fields(profile):
            value = getattr(profile, field.name)
            if isinstance(value, Length | Letters):
                assert value.evidence in Evidence


def test_codes_name_their_profile() -> None:
    assert {code: profile.code for code, profile in PROFILES.items()} == {"HD36-2018": "HD36-2018"}
