"""The words and signs that a layout rule fixes."""

import pytest

from printing.profiles import HD05_2026, HD36_2018, ND30_2020, Profile
from printing.spelling import SPELLINGS, TONE_FIRST, TONE_LAST, TONE_MIXED, spelled
from printing.wording import addressee_lines, annex_label, basis_lines, ended, letter_line, number_line, recipient_lines


@pytest.mark.parametrize(
    ("profile", "lines"),
    [
        (HD36_2018, ["- Ban Bí thư,", "- Các tỉnh ủy, thành ủy,", "- Lưu Văn phòng Trung ương."]),
        (HD05_2026, ["- Ban Bí thư;", "- Các tỉnh ủy, thành ủy;", "- Lưu Văn phòng Trung ương."]),
        (ND30_2020, ["- Ban Bí thư;", "- Các tỉnh ủy, thành ủy;", "- Lưu: Văn phòng Trung ương."]),
    ],
)
def test_recipients_have_the_signs_of_the_rule_whatever_was_typed_around_them(profile: Profile, lines: list[str]) -> None:
    typed = ["- Ban Bí thư;", "  Các tỉnh ủy, thành ủy . ", "", "–"]
    assert recipient_lines(profile, typed, "Văn phòng Trung ương") == lines


def test_where_a_paper_is_kept_stands_last_and_once() -> None:
    assert recipient_lines(ND30_2020, ["Lưu: VT, TH (3).", "Như Điều 3"], "Văn thư") == ["- Như Điều 3;", "- Lưu: VT, TH (3)."]
    assert recipient_lines(HD05_2026, []) == []


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


def test_number_letter_addressees_and_annexes() -> None:
    assert number_line(HD36_2018, "05-BB/VPTW") == "Số 05-BB/VPTW"
    assert number_line(ND30_2020, "05/BB-UBND") == "Số: 05/BB-UBND"
    assert letter_line(HD05_2026, "V/v mời họp") == "về việc mời họp"
    assert letter_line(ND30_2020, "về việc mời họp") == "V/v mời họp"
    assert addressee_lines("Kính gửi", ["Tỉnh ủy Lào Cai."]) == ["Kính gửi: Tỉnh ủy Lào Cai."]
    assert addressee_lines("Kính gửi", ["Tỉnh ủy A", "Tỉnh ủy B"]) == ["Kính gửi:", "- Tỉnh ủy A;", "- Tỉnh ủy B."]
    assert [annex_label(1, 1), annex_label(1, 2), annex_label(4, 4)] == ["Phụ lục", "Phụ lục I", "Phụ lục IV"]


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
