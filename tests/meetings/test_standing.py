"""Which office a standing participant holds now."""

from __future__ import annotations

from datetime import date

from meetings.series.standing import Held, Office, holds_none, office_now

DAY = date(2026, 11, 1)
DEPUTY, HEAD = Office("Phó Chánh Văn phòng", "Tỉnh ủy Lào Cai", 15), Office("Chánh Văn phòng", "Tỉnh ủy Lào Cai", 15)
ELSEWHERE = Office("Vụ trưởng", "Vụ Tổng hợp", 3)


def test_who_was_promoted_goes_along_under_the_new_title() -> None:
    held = [Held(DEPUTY, until=date(2026, 3, 1)), Held(HEAD, since=date(2026, 3, 2))]
    assert office_now(DEPUTY, held, DAY) == HEAD


def test_an_office_still_held_stays_though_there_is_a_newer_one() -> None:
    assert office_now(DEPUTY, [Held(DEPUTY), Held(ELSEWHERE, since=date(2026, 1, 1))], DAY) == DEPUTY


def test_of_two_new_offices_the_one_in_the_same_unit_is_taken_else_the_newest() -> None:
    newer, own = Held(ELSEWHERE, since=date(2026, 9, 1)), Held(HEAD, since=date(2026, 1, 1))
    assert office_now(DEPUTY, [newer, own], DAY) == HEAD
    assert office_now(Office("Đại biểu", ""), [own, newer], DAY) == ELSEWHERE


def test_whom_the_directory_does_not_know_keeps_the_old_office() -> None:
    assert office_now(DEPUTY, [], DAY) == DEPUTY
    assert not holds_none([], DAY)


def test_who_holds_none_any_more_keeps_the_old_one_and_is_pointed_out() -> None:
    ended, later = Held(DEPUTY, until=date(2026, 10, 31)), Held(HEAD, since=date(2026, 11, 2))
    assert office_now(DEPUTY, [ended, later], DAY) == DEPUTY
    assert holds_none([ended, later], DAY)
