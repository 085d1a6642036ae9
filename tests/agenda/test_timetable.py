"""Planned times and running times: pure rules, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agenda.timetable import timetable
from agenda.timing import paused, running_seconds

START = datetime(2025, 11, 26, 8, 30)


@dataclass
class Item:
    minutes: int


@dataclass
class Span:
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass
class Pause:
    began_at: datetime
    ended_at: datetime | None = None


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_items_are_laid_end_to_end_from_the_first_sitting() -> None:
    table = timetable([Item(5), Item(10), Item(45)], [Span(START, at(180))])
    assert [(r.starts_at, r.ends_at) for r in table.rows] == [(at(0), at(5)), (at(5), at(15)), (at(15), at(60))]
    assert (table.minutes, table.over_minutes, table.ends_at, table.limit) == (60, 0, at(60), at(180))


def test_what_goes_beyond_the_end_is_late_and_counted() -> None:
    table = timetable([Item(100), Item(20), Item(90)], [Span(START, at(100)), Span(at(110), at(180))])
    assert [r.is_late for r in table.rows] == [False, False, True]
    assert table.over_minutes == 30


def test_without_a_start_only_the_sum_is_known() -> None:
    table = timetable([Item(7), Item(8)], [])
    assert (table.rows, table.minutes, table.starts_at, table.over_minutes) == ([], 15, None, 0)


def test_an_empty_programme_is_empty() -> None:
    table = timetable([], [Span(START)])
    assert (table.rows, table.minutes, table.ends_at) == ([], 0, START)


@given(st.lists(st.integers(1, 1440), min_size=1, max_size=60))
def test_the_strip_is_filled_from_end_to_end(minutes: list[int]) -> None:
    rows = timetable([Item(m) for m in minutes], [Span(START)]).rows
    assert rows[0].x == 0
    assert abs(rows[-1].x + rows[-1].width - 100) < 0.1
    assert all(abs(a.x + a.width - b.x) < 0.03 for a, b in pairwise(rows))


def test_a_recess_within_is_taken_out() -> None:
    assert running_seconds(at(0), at(30), [Pause(at(10), at(15))]) == 25 * 60


def test_a_recess_that_overlaps_the_ends_counts_only_inside() -> None:
    pauses = [Pause(at(-10), at(5)), Pause(at(25), at(60))]
    assert running_seconds(at(0), at(30), pauses) == 20 * 60


def test_a_recess_that_goes_on_counts_until_now() -> None:
    assert paused(at(0), at(30), [Pause(at(20))]) == timedelta(minutes=10)


def test_recesses_outside_do_not_count() -> None:
    assert running_seconds(at(0), at(30), [Pause(at(-20), at(-10)), Pause(at(40), at(50))]) == 30 * 60


def test_time_never_runs_backwards() -> None:
    assert running_seconds(at(30), at(0), []) == 0
