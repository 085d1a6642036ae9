"""Which layout rules hold on which day, and their numbers."""

from datetime import date
from itertools import pairwise

import pytest

from printing.adjusting import numbers
from printing.errors import NoProfile, PrintingError
from printing.profiles import HD05_2026, HD36_2018, ND30_2020, PROFILES, Body, Evidence, Length, last_known, profile_for


@pytest.mark.parametrize("on", [date(2018, 4, 3), date(2025, 11, 26), date(2026, 5, 26)])
def test_party_papers_follow_hd36_until_its_successor(on: date) -> None:
    assert profile_for("party", on) is HD36_2018


@pytest.mark.parametrize(
    ("body", "on"),
    [("party", date(2018, 4, 2)), ("state", date(2020, 3, 4)), ("state", date(2013, 11, 6))],
)
def test_a_paper_without_known_rules_is_refused_with_its_date(body: Body, on: date) -> None:
    with pytest.raises(NoProfile, match=on.strftime("%d/%m/%Y")):
        profile_for(body, on)


@pytest.mark.parametrize("on", [date(2026, 5, 27), date(2026, 11, 22), date(2031, 1, 1)])
def test_party_papers_follow_hd05_from_its_day_on(on: date) -> None:
    assert profile_for("party", on) is HD05_2026


def test_on_each_day_since_the_first_exactly_one_rule_of_each_body_holds() -> None:
    for body, first in (("party", date(2018, 4, 3)), ("state", date(2020, 3, 5))):
        ruled = sorted((p.since, p.until or date.max) for p in PROFILES.values() if p.body == body)
        assert ruled[0][0] == first
        assert ruled[-1][1] == date.max
        assert all((after - until).days == 1 for (_, until), (after, _) in pairwise(ruled))


def test_the_last_known_rules_serve_where_the_caller_asks_for_them() -> None:
    assert last_known("party", date(2026, 11, 21)) is HD05_2026
    assert last_known("party", date(2026, 5, 26)) is HD36_2018
    with pytest.raises(PrintingError):
        last_known("state", date(2020, 3, 4))
    with pytest.raises(PrintingError):
        last_known("party", date(2013, 11, 6))


def style(letters: object) -> tuple[float, str]:
    """Size, and the styles that are on."""
    names = [name for name in ("bold", "italic", "capitals", "underlined") if getattr(letters, name)]
    return getattr(letters, "size"), " ".join(names)  # noqa: B009 letters or nothing


@pytest.mark.parametrize(
    ("component", "hd36", "hd05", "nd30"),
    [
        ("title", (15, "bold capitals"), (15, "bold capitals"), (12, "bold capitals")),
        ("parent_body", (14, "capitals"), (14, "capitals"), (12, "capitals")),
        ("issuing_body", (14, "bold capitals"), (14, "bold capitals"), (12, "bold capitals")),
        ("number", (14, ""), (14, ""), (13, "")),
        ("place_date", (14, "italic"), (14, "italic"), (13, "italic")),
        ("type_name", (16, "bold capitals"), (16, "bold capitals"), (14, "bold capitals")),
        ("abstract", (14, "bold"), (14, "bold"), (14, "bold")),
        ("letter_abstract", (12, "italic"), (12, "italic"), (12, "")),
        ("basis", (14, ""), (14, ""), (14, "italic")),
        ("body_text", (14, ""), (14, ""), (14, "")),
        ("heading", (14, "bold"), (14, "bold"), (14, "bold")),
        ("addressee_label", (14, "italic"), (14, "italic"), (14, "")),
        ("authority", (14, "bold capitals"), (14, "bold capitals"), (14, "bold capitals")),
        ("post", (14, "capitals"), (14, "capitals"), (14, "bold capitals")),
        ("signer", (14, "bold"), (14, "bold"), (14, "bold")),
        ("recipients_label", (14, "underlined"), (14, "underlined"), (12, "bold italic")),
        ("recipients", (12, ""), (12, ""), (11, "")),
        ("page_number", (14, ""), (14, ""), (13, "")),
        ("urgency", (14, "bold capitals"), (14, "bold capitals"), (13, "bold capitals")),
        ("annex_note", (14, "italic"), (14, "italic"), (14, "italic")),
    ],
)
def test_letters_are_those_of_the_rule(component: str, hd36: object, hd05: object, nd30: object) -> None:
    assert [style(getattr(p, component)) for p in (HD36_2018, HD05_2026, ND30_2020)] == [hd36, hd05, nd30]


@pytest.mark.parametrize(
    ("name", "hd36", "hd05", "nd30"),
    [
        ("margin_top", "20mm", "20mm", "20mm"),
        ("margin_bottom", "20mm", "20mm", "20mm"),
        ("margin_left", "30mm", "30mm", "30mm"),
        ("margin_right", "15mm", "15mm", "15mm"),
        ("page_width", "210mm", "210mm", "210mm"),
        ("page_height", "297mm", "297mm", "297mm"),
        ("line_height", "18pt", "18pt", "17pt"),
        ("paragraph_gap", "6pt", "6pt", "6pt"),
        ("first_indent", "10mm", "10mm", "10mm"),
        ("page_number_top", "10mm", "10mm", "10mm"),
        ("number_word", "Số", "Số", "Số:"),
        ("letter_word", "về việc", "về việc", "V/v"),
        ("dashes", "-----", "-----", ""),
        ("basis_sign", "- ", "- ", ""),
        ("end_mark", ".", ".", "./."),
        ("recipients_separator", ",", ";", ";"),
        ("kept", "Lưu ", "Lưu ", "Lưu: "),
        ("annex_pages", "on", "on", "apart"),
    ],
)
def test_distances_and_signs_are_those_of_the_rule(name: str, hd36: str, hd05: str, nd30: str) -> None:
    assert [str(getattr(p, name)) for p in (HD36_2018, HD05_2026, ND30_2020)] == [hd36, hd05, nd30]


@pytest.mark.parametrize(
    ("profile", "name", "span"),
    [
        (HD36_2018, "line_height", (18, 20)),
        (HD05_2026, "line_height", (18, 20)),
        (HD36_2018, "body_text", (14, 15)),
        (HD36_2018, "type_name", (15, 16)),
        (HD05_2026, "title", (14, 15)),
        (ND30_2020, "margin_top", (20, 25)),
        (ND30_2020, "margin_bottom", (20, 25)),
        (ND30_2020, "margin_left", (30, 35)),
        (ND30_2020, "margin_right", (15, 20)),
        (ND30_2020, "first_indent", (10, 12.7)),
        (ND30_2020, "body_text", (13, 14)),
        (ND30_2020, "number", (13, 13)),
        (ND30_2020, "body_rule", (34, 50)),
    ],
)
def test_spans_are_those_of_the_rule(profile: object, name: str, span: tuple[float, float]) -> None:
    assert getattr(profile, name).span == span


def test_every_number_says_how_it_is_known_and_stands_in_its_span() -> None:
    for profile in PROFILES.values():
        for one in numbers(profile):
            assert one.evidence in Evidence
            assert one.span is None or one.span[0] <= one.value <= one.span[1], one  # type: ignore[operator]
            assert not one.options or one.value in one.options


def test_nothing_of_hd05_claims_to_have_been_read() -> None:
    assert {one.name for one in numbers(HD05_2026) if one.evidence is Evidence.FOUND} == set()
    assert HD36_2018.page_number_top == Length(10, "mm", Evidence.SECOND_HAND)


def test_codes_name_their_profile() -> None:
    assert [(code, profile.code) for code, profile in PROFILES.items()] == [
        (c, c) for c in ("HD36-2018", "HD05-2026", "ND30-2020")
    ]
