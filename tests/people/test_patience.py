"""How often one may try and how long one waits: pure, with the clock in the test's hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from people.patience import LIMITS, Kind, Standing, left, must_wait, taken_back, tried

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAIR = LIMITS[Kind.PAIR]


def after(number: int, standing: Standing | None = None, at: datetime = NOW, kind: Kind = Kind.PAIR) -> Standing:
    standing = standing or Standing()
    for _n in range(number):
        standing = tried(standing, LIMITS[kind], at)
    return standing


def test_five_wrong_ones_make_one_wait_a_minute() -> None:
    assert not must_wait(after(4), NOW)
    fifth = after(5)
    assert must_wait(fifth, NOW)
    assert fifth.waits_until == NOW + timedelta(minutes=1)
    assert not must_wait(fifth, NOW + timedelta(minutes=1))


def test_the_waits_grow_to_an_hour_and_no_further() -> None:
    standing, at, waits = Standing(), NOW, []
    for _round in range(6):
        standing = after(5, standing, at)
        assert standing.waits_until is not None
        waits.append(int((standing.waits_until - at).total_seconds() // 60))
        at = standing.waits_until
    assert waits == [1, 5, 15, 60, 60, 60]


def test_after_a_day_of_quiet_the_waits_begin_anew() -> None:
    standing = after(5, after(5), NOW + timedelta(minutes=1))
    assert standing.waits == 2
    later = after(5, standing, NOW + timedelta(hours=26))
    assert later.waits == 1


def test_wrong_ones_of_long_ago_do_not_count() -> None:
    assert after(1, after(4), NOW + timedelta(minutes=16)).failures == 1


@pytest.mark.parametrize("number", [1, 3, 4, 5])
def test_what_is_taken_back_leaves_no_trace(number: int) -> None:
    before = after(number - 1)
    back = taken_back(after(number), PAIR)
    assert (back.failures, back.waits_until, back.waits) == (before.failures, None, 0)


def test_how_many_are_left_is_said() -> None:
    assert [left(after(n), PAIR) for n in (1, 3, 4, 5)] == [4, 2, 1, 0]


def test_an_address_waits_a_minute_after_a_hundred_however_long_it_goes_on() -> None:
    standing = after(100, kind=Kind.ADDRESS)
    again = after(100, standing, NOW + timedelta(minutes=1), kind=Kind.ADDRESS)
    assert again.waits_until == NOW + timedelta(minutes=2)
