"""Nine digits that can be typed: what a finger gets wrong is noticed."""

from __future__ import annotations

from attendance.badges.short_code import LENGTH, from_number, read_short, spelled

CODE = from_number(48291530)


def test_it_is_read_as_people_write_it() -> None:
    for typed in (CODE, spelled(CODE), f" {CODE}\n", CODE[:3] + "-" + CODE[3:6] + "." + CODE[6:]):
        assert read_short(typed) == CODE
    assert spelled(CODE) == f"{CODE[:3]} {CODE[3:6]} {CODE[6:]}"


def test_every_single_wrong_digit_is_noticed() -> None:
    wrong = [CODE[:at] + digit + CODE[at + 1 :] for at in range(LENGTH) for digit in "0123456789" if digit != CODE[at]]
    assert [typed for typed in wrong if read_short(typed)] == []


def test_two_neighbours_that_changed_places_are_noticed() -> None:
    for number in (48291530, 12345678, 90817263):
        one = from_number(number)
        swapped = [one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(LENGTH - 1) if one[at] != one[at + 1]]
        assert [typed for typed in swapped if read_short(typed)] == []


def test_what_is_no_short_code_is_none() -> None:
    for typed in ("", "12345678", CODE + "0", "４８２９１５３０４", "abcdefghi", "<b>", CODE[:-1] + "x", "9" * 5000):
        assert read_short(typed) is None
