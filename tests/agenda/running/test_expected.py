"""Expected times: what comes next is laid behind what runs; recesses, fixed starts and what was brought forward count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from agenda.running.expected import Recess, in_turn, outlook

DAY = datetime(2026, 11, 26, 8, 0)


@dataclass(frozen=True)
class Item:
    """An item by its minutes after eight o'clock."""

    id: int
    minutes: int
    planned: int | None = None
    state: str = "planned"
    opened: int | None = None
    is_fixed: bool = False
    ahead: int | None = None
    sitting: int = 0

    @property
    def planned_from(self) -> datetime | None:
        return None if self.planned is None else at(self.planned)

    @property
    def running_since(self) -> datetime | None:
        return None if self.opened is None else at(self.opened)


def at(minutes: int) -> datetime:
    return DAY + timedelta(minutes=minutes)


RUNS = Item(1, 20, 0, "open", 5)  # opened five minutes late: ends at 25
PLAN = (RUNS, Item(2, 30, 20), Item(3, 10, 50))


@pytest.mark.parametrize(
    ("items", "now", "recess", "found"),
    [
        pytest.param(PLAN, 10, None, {2: 25, 3: 55}, id="a late beginning pushes what follows"),
        pytest.param(PLAN, 40, None, {2: 40, 3: 70}, id="an over-run pushes it by as much as it lasts"),
        pytest.param((Item(1, 20, 0, "closed", 0), *PLAN[1:]), 12, None, {2: 12, 3: 42}, id="nothing runs: the next can begin"),
        pytest.param((RUNS, Item(2, 30, 90, is_fixed=True), Item(3, 10, 120)), 10, None, {2: 90, 3: 120}, id="a fixed start"),
        pytest.param((RUNS, Item(2, 30, 20), Item(3, 10, 40, is_fixed=True)), 10, None, {2: 25, 3: 55}, id="unless it is late"),
        pytest.param((RUNS, Item(2, 30, 360, sitting=1)), 10, None, {2: 360}, id="a later sitting waits for its beginning"),
        pytest.param((RUNS, Item(2, 30, 20), Item(3, 10, 50, ahead=1)), 10, None, {3: 25, 2: 35}, id="brought forward"),
        pytest.param((RUNS, Item(2, 30, 20), Item(3, 10, 360, sitting=1, ahead=1)), 10, None, {3: 25, 2: 35}, id="and waits not"),
        pytest.param(
            (RUNS, Item(2, 30, 20, "skipped"), Item(4, 5, 55, "merged", 6), Item(5, 5, 60, "deferred"), Item(3, 10, 50)),
            10, None, {3: 25}, id="what is skipped, merged or put off takes no time",
        ),
        pytest.param(PLAN, 16, (15, 30), {2: 40, 3: 70}, id="a recess with an end: what is left of the item comes behind it"),
        pytest.param(PLAN, 35, (15, 30), {2: 45, 3: 75}, id="a recess that over-runs pushes on"),
        pytest.param(PLAN, 20, (15, None), {2: 30, 3: 60}, id="a recess without an end could end now"),
    ],
)  # fmt: skip
def test_what_is_to_come_is_expected(
    items: tuple[Item, ...], now: int, recess: tuple[int, int | None] | None, found: dict[int, int]
) -> None:
    pause = Recess(at(recess[0]), at(recess[1]) if recess[1] is not None else None) if recess else None
    told = outlook(items, now=at(now), recess=pause)
    assert {key: one.at for key, one in told.items.items()} == {key: at(minutes) for key, minutes in found.items()}


@pytest.mark.parametrize("now", [6, 24, 25, 26, 44, 300])
def test_a_page_reckons_on_as_the_server_would(now: int) -> None:
    first, later = outlook(PLAN, now=at(6)), outlook(PLAN, now=at(now))
    assert {key: one.moment.at(at(now)) for key, one in first.items.items()} == {key: one.at for key, one in later.items.items()}


def test_the_delay_is_told_in_minutes() -> None:
    told = outlook(PLAN, now=at(40))
    assert [told.items[2].minutes, told.items[3].minutes] == [20, 20]
    assert outlook(PLAN, now=at(40), shift=timedelta(minutes=30)).items[2].minutes == -10


def test_what_was_brought_forward_last_comes_next() -> None:
    items = (Item(1, 5), Item(2, 5, ahead=1), Item(3, 5, ahead=2), Item(4, 5, state="skipped", ahead=3))
    assert [item.id for item in in_turn(items)] == [3, 2, 1]
