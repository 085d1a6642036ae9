"""Counting working days: weekends, fixed public holidays with their substitute days, and what the office has entered. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
SATURDAY = 5

#: Month and day of the public holidays that the solar calendar fixes. Tết, the Hùng Kings' day and the day beside 2 September
#: are announced for each year: the office enters them.
FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))


@dataclass(frozen=True)
class WorkCalendar:
    """What the office has entered: days `off` besides the fixed ones, and days on which work is made up (`on`)."""

    off: Set[date] = field(default_factory=frozenset)
    on: Set[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Tell whether people work on this day."""
        if day in self.on:
            return True
        return day.weekday() < SATURDAY and day not in self.off and day not in _public(day.year) | _public(day.year - 1)

    def before(self, day: date, count: int) -> date:
        """Return the day that lies `count` working days before `day`; that one itself is not counted."""
        return self._walk(day, count, -DAY)

    def after(self, day: date, count: int) -> date:
        """Return the day that lies `count` working days after `day`."""
        return self._walk(day, count, DAY)

    def _walk(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.is_working(day)
        return day


@lru_cache(maxsize=64)
def _public(year: int) -> frozenset[date]:
    """Return a year's fixed holidays and, for those at a weekend, the next working day instead."""
    fixed = [date(year, month, day) for month, day in FIXED]
    return frozenset(fixed) | frozenset(_substitutes(fixed))


def _substitutes(fixed: list[date]) -> Iterator[date]:
    taken = set(fixed)
    for holiday in fixed:
        if holiday.weekday() < SATURDAY:
            continue
        day = holiday + DAY
        while day.weekday() >= SATURDAY or day in taken:
            day += DAY
        taken.add(day)
        yield day
