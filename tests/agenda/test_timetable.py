"""Planned times and running times: pure rules, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.timetable import Timetable, timetable
from agenda.timing import paused, running_seconds
from tests.sizes import EXAMPLES

START = datetime(2025, 11, 26, 8, 30)


@dataclass
class Item:
    minutes: int
    pk: int = 0
    parent_id: int | None = None
    sitting_id: int | None = None
    begins_at: time | None = None
    kind: str = "report"


@dataclass
class Span:
    starts_at: datetime
    ends_at: datetime | None = None
    pk: int = 1


@dataclass
class Pause:
    began_at: datetime
    ended_at: datetime | None = None


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def laid(*items: Item, sittings: list[Span] | None = None) -> Timetable:
    """Lay items, each with its place as its key."""
    for number, item in enumerate(items, start=1):
        item.pk = item.pk or number
    return timetable(items, [Span(START, at(180))] if sittings is None else sittings)


def test_items_are_laid_end_to_end_from_the_sittings_start() -> None:
    table = laid(Item(5), Item(10), Item(45))
    assert [(r.starts_at, r.ends_at) for r in table.rows] == [(at(0), at(5)), (at(5), at(15)), (at(15), at(60))]
    part = table.parts[0]
    assert (table.minutes, part.over_minutes, part.spare_minutes, part.ends_at, part.limit) == (60, 0, 120, at(60), at(180))


def test_times_start_anew_at_each_sittings_beginning_and_each_end_is_held() -> None:
    sittings = [Span(START, at(100), pk=1), Span(at(300), at(360), pk=2)]
    table = laid(Item(100, sitting_id=1), Item(20, sitting_id=1), Item(50, sitting_id=2), sittings=sittings)
    assert [r.starts_at for r in table.rows] == [at(0), at(100), at(300)]
    assert [r.is_late for r in table.rows] == [False, True, False]
    assert [(part.over_minutes, part.spare_minutes) for part in table.parts] == [(20, 0), (0, 10)]
    assert (table.over_minutes, table.ends_at) == (20, at(350))


def test_an_item_of_a_sitting_that_is_gone_goes_with_the_one_before_it() -> None:
    sittings = [Span(START, pk=1), Span(at(300), pk=2)]
    table = laid(Item(10, sitting_id=2), Item(20, sitting_id=9), Item(5, sitting_id=None), sittings=sittings)
    assert [len(part.rows) for part in table.parts] == [0, 3]


def test_a_heading_lasts_as_long_as_what_is_under_it_and_counts_once() -> None:
    table = laid(Item(5), Item(99), Item(10, parent_id=2), Item(15, parent_id=2), Item(5))
    assert [(r.depth, r.is_heading, r.minutes) for r in table.rows] == [
        (0, False, 5), (0, True, 25), (1, False, 10), (1, False, 15), (0, False, 5)
    ]  # fmt: skip
    assert (table.rows[1].starts_at, table.rows[1].ends_at, table.minutes) == (at(5), at(30), 35)


def test_a_fixed_start_leaves_time_free_or_is_run_into() -> None:
    table = laid(Item(20), Item(10, begins_at=time(9, 0)), Item(30, begins_at=time(9, 5)))
    assert [(r.starts_at, r.free, r.overlap) for r in table.rows] == [(at(0), 0, 0), (at(30), 10, 0), (at(35), 0, 5)]


def test_without_a_start_only_the_sum_is_known() -> None:
    table = laid(Item(7), Item(8), sittings=[])
    assert ([r.starts_at for r in table.rows], table.minutes, table.starts_at, table.over_minutes) == ([None, None], 15, None, 0)


def test_an_empty_programme_is_empty() -> None:
    table = laid(sittings=[Span(START)])
    assert (table.rows, table.minutes, table.ends_at) == ([], 0, START)


@pytest.mark.long
@settings(max_examples=EXAMPLES)
@given(st.lists(st.integers(1, 1440), min_size=1, max_size=60))
def test_the_strip_is_filled_from_end_to_end(minutes: list[int]) -> None:
    rows = laid(*(Item(m) for m in minutes), sittings=[Span(START)]).rows
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
