"""Working days: weekends, fixed holidays with their substitute days, and what the office enters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetings.deadlines.dues import DEFAULTS, Rule, due_by_rule
from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.workdays import WorkCalendar

PLAIN = WorkCalendar()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TET = frozenset(date(2026, 2, 16) + timedelta(days=n) for n in range(5))  # Monday to Friday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 1, 1), False),
        (date(2025, 4, 30), False),
        (date(2025, 5, 1), False),
        (date(2025, 5, 2), True),
        (date(2023, 1, 2), False),  # for 1 January, a Sunday
        (date(2022, 1, 3), False),  # for 1 January, a Saturday
        (date(2022, 5, 2), False),  # for 30 April, a Saturday
        (date(2022, 5, 3), False),  # for 1 May, the Sunday after it
        (date(2022, 5, 4), True),
        (date(2023, 9, 4), False),  # for 2 September, a Saturday
    ],
)
def test_the_calendar_knows_which_days_are_worked(day: date, works: bool) -> None:
    assert PLAIN.is_working(day) is works


def test_the_office_enters_days_off_and_days_made_up() -> None:
    own = WorkCalendar(off=TET, on=frozenset({date(2026, 2, 28), date(2026, 1, 1)}))
    assert [own.is_working(d) for d in (date(2026, 2, 18), date(2026, 2, 28), date(2026, 1, 1))] == [False, True, True]


def test_three_working_days_before_a_wednesday_is_the_friday_before() -> None:
    assert PLAIN.before(date(2025, 11, 26), 3) == date(2025, 11, 21)


def test_holidays_push_a_deadline_further_away() -> None:
    monday = date(2026, 2, 23)
    assert PLAIN.before(monday, 3) == date(2026, 2, 18)
    assert WorkCalendar(off=TET).before(monday, 3) == date(2026, 2, 11)


def test_five_working_days_after_pass_over_the_weekend() -> None:
    assert PLAIN.after(date(2025, 11, 26), 5) == date(2025, 12, 3)


def test_no_days_is_the_day_itself() -> None:
    assert PLAIN.before(date(2025, 11, 23), 0) == PLAIN.after(date(2025, 11, 23), 0) == date(2025, 11, 23)


OPENS, ENDS = datetime(2025, 11, 26, 1, 30, tzinfo=UTC), datetime(2025, 11, 26, 4, 45, tzinfo=UTC)


def due(kind: DeadlineKind, rule: Rule) -> str | None:
    moment = due_by_rule(kind, rule, opens=OPENS, ends=ENDS, calendar=PLAIN, zone=ZONE)
    return f"{moment:%d/%m/%Y %H:%M}" if moment else None


def test_the_built_in_rules_are_those_of_the_decision() -> None:
    kind = DeadlineKind
    assert due(kind.INVITATIONS, DEFAULTS[kind.INVITATIONS]) == due(kind.PAPERS, DEFAULTS[kind.PAPERS]) == "21/11/2025 17:00"
    assert due(kind.CONCLUSION, DEFAULTS[kind.CONCLUSION]) == "03/12/2025 17:00"


def test_a_rule_may_count_in_days_of_the_calendar() -> None:
    assert due(DeadlineKind.REGISTRATION, Rule(10, in_working_days=False)) == "16/11/2025 17:00"
    assert due(DeadlineKind.CONCLUSION, Rule(3, in_working_days=False)) == "29/11/2025 17:00"


def test_nothing_before_the_opening_is_due_after_it() -> None:
    assert due_by_rule("papers", Rule(0), opens=OPENS, ends=ENDS, calendar=PLAIN, zone=ZONE) == OPENS


def test_a_rule_that_is_off_and_a_meeting_without_a_day_have_no_deadline() -> None:
    assert due(DeadlineKind.PAPERS, Rule(3, is_on=False)) is None
    assert due_by_rule("papers", Rule(3), opens=None, ends=None, calendar=PLAIN, zone=ZONE) is None
