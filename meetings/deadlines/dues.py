"""From a rule and the sittings to the moment something is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from meetings.deadlines.models import AFTER, DeadlineKind
from meetings.deadlines.workdays import WorkCalendar

#: When an office closes: what is due on a day is due by then.
CLOSING = time(17, 0)


@dataclass(frozen=True)
class Rule:
    """So many days, working days or days of the calendar, before the opening (or after the end)."""

    days: int
    in_working_days: bool = True
    is_on: bool = True


#: Invitations and papers three working days before, the conclusions five after: Decision 45/2018/QĐ-TTg, which binds bodies of
#: the State; for others, and for the rest, a custom that the office changes.
DEFAULTS: Mapping[str, Rule] = {
    DeadlineKind.REGISTRATION: Rule(7),
    DeadlineKind.PROGRAMME: Rule(5),
    DeadlineKind.INVITATIONS: Rule(3),
    DeadlineKind.PAPERS: Rule(3),
    DeadlineKind.BRIDGE_POINTS: Rule(2),
    DeadlineKind.CONCLUSION: Rule(5),
}


@dataclass(frozen=True)
class Due:
    """A deadline of a meeting: its moment (none: there is none), and whether somebody set it by hand."""

    kind: DeadlineKind
    rule: Rule
    due_at: datetime | None
    by_rule: datetime | None
    is_by_hand: bool = False

    @property
    def is_after(self) -> bool:
        """Whether it is due after the meeting."""
        return self.kind in AFTER


def due_by_rule(
    kind: str, rule: Rule, *, opens: datetime | None, ends: datetime | None, calendar: WorkCalendar, zone: tzinfo
) -> datetime | None:
    """Return when something is due; nothing when the rule is off or the meeting has no day yet. Never later than the opening."""
    edge = ends if kind in AFTER else opens
    if not rule.is_on or edge is None:
        return None
    day = _day(edge.astimezone(zone).date(), kind in AFTER, rule, calendar)
    at = datetime.combine(day, CLOSING, tzinfo=zone)
    return at if kind in AFTER else min(at, edge)


def _day(day: date, after: bool, rule: Rule, calendar: WorkCalendar) -> date:
    if not rule.in_working_days:
        return day + timedelta(days=rule.days if after else -rule.days)
    return calendar.after(day, rule.days) if after else calendar.before(day, rule.days)
