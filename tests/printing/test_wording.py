"""The words and signs that a layout rule fixes."""

import pytest

from printing.profiles import HD05_2026, HD36_2018, ND30_2020, Profile
from printing.spelling import SPELLINGS, TONE_FIRST, TONE_LAST, TONE_MIXED, spelled
from printing.wording import annex_label, basis_lines, ended, roman


@pytest.mark.parametrize(
    ("profile", "lines"),
    [
        (HD05_2026, ["- Căn cứ Điều lệ Đảng;", "- Căn cứ Quy chế làm việc,"]),
        (ND30_2020, ["Căn cứ Điều lệ Đảng;", "Căn cứ Quy chế làm việc,"]),
    ],
)
def test_grounds_stand_one_a_line(profile: Profile, lines: list[str]) -> None:
    assert basis_lines(profile, ["Căn cứ Điều lệ Đảng,", "- Căn cứ Quy chế làm việc"], last=",") == lines


@pytest.mark.parametrize(
    ("typed", "party", "state"),
    [
        ("Hội nghị bế mạc.", "Hội nghị bế mạc.", "Hội nghị bế mạc./."),
        ("Hội nghị bế mạc ./.", "Hội nghị bế mạc.", "Hội nghị bế mạc./."),
        ("Hội nghị bế mạc", "Hội nghị bế mạc.", "Hội nghị bế mạc./."),
        ("Có đồng ý không?", "Có đồng ý không?", "Có đồng ý không?"),
        ("", "", ""),
        (" ./. ", "", ""),
    ],
)
def test_a_text_ends_as_its_rule_says(typed: str, party: str, state: str) -> None:
    assert ended(HD05_2026, typed) == party
    assert ended(ND30_2020, typed) == state


def test_one_annex_has_no_figure() -> None:
    assert [annex_label(1, 1), annex_label(1, 2), annex_label(4, 4)] == ["Phụ lục", "Phụ lục I", "Phụ lục IV"]


@pytest.mark.parametrize(("number", "figures"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_roman_figures(number: int, figures: str) -> None:
    assert roman(number) == figures


@pytest.mark.parametrize(
    ("word", "last", "first", "mixed"),
    [
        ("Tỉnh ủy", "Tỉnh uỷ", "Tỉnh ủy", "Tỉnh ủy"),
        ("UỶ BAN", "UỶ BAN", "ỦY BAN", "ỦY BAN"),
        ("văn hóa", "văn hoá", "văn hóa", "văn hoá"),
        ("HỎA TỐC", "HOẢ TỐC", "HỎA TỐC", "HOẢ TỐC"),
        ("khỏe", "khoẻ", "khỏe", "khoẻ"),
        ("Cộng hòa", "Cộng hoà", "Cộng hòa", "Cộng hoà"),
        *(
            (word,) * 4
            for word in ("quý", "Quỳ", "quả", "khuỷu", "hoàn thành", "hoạt động", "của", "thuở", "toán", "xoắn", "oan")
        ),
    ],
)
def test_two_ways_to_spell_and_words_that_have_but_one(word: str, last: str, first: str, mixed: str) -> None:
    assert [spelled(word, way) for way in (TONE_LAST, TONE_FIRST, TONE_MIXED)] == [last, first, mixed]
    for way in SPELLINGS:
        assert spelled(spelled(word, way), TONE_FIRST) == first


def test_a_states_country_is_spelled_as_the_office_says() -> None:
    assert ND30_2020.country == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert HD36_2018.spell("Cộng hòa") == "Cộng hoà"
