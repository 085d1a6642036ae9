"""The office's rules and holidays, and the deadlines of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from meetings.deadlines.dues import DEFAULTS, Due, Rule, due_by_rule
from meetings.deadlines.models import Deadline, DeadlineKind, DeadlineRule, Holiday
from meetings.deadlines.workdays import WorkCalendar
from meetings.models import Meeting, Sitting


def rules() -> dict[str, Rule]:
    """Return the rule of each kind: the office's, else the built-in one."""
    own = {r.kind: Rule(r.days, r.in_working_days, r.is_on) for r in DeadlineRule.objects.all()}
    return {kind: own.get(kind, DEFAULTS[kind]) for kind in DeadlineKind.values}


def work_calendar() -> WorkCalendar:
    """Return the days the office has entered."""
    days = list(Holiday.objects.values_list("day", "is_working"))
    return WorkCalendar(off=frozenset(d for d, on in days if not on), on=frozenset(d for d, on in days if on))


def deadlines_of(meeting: Meeting, sittings: Sequence[Sitting] | None = None) -> dict[str, Due]:
    """Return every deadline of a meeting by kind; a template has none. By the rules they follow the sittings by themselves."""
    if meeting.is_template:
        return {}
    rows = list(meeting.sittings.all()) if sittings is None else sittings
    opens = min((s.starts_at for s in rows), default=None)
    ends = meeting.adjourned_at or max((s.ends_at or s.starts_at for s in rows), default=None)
    calendar, zone = work_calendar(), timezone.get_default_timezone()
    own = {d.kind: d.due_at for d in Deadline.objects.filter(meeting=meeting)}
    found = {}
    for kind, rule in rules().items():
        by_rule = due_by_rule(kind, rule, opens=opens, ends=ends, calendar=calendar, zone=zone)
        due_at = own.get(kind, by_rule)
        found[kind] = Due(kind=DeadlineKind(kind), rule=rule, due_at=due_at, by_rule=by_rule, is_by_hand=kind in own)
    return found


def due_at(meeting: Meeting, kind: str) -> datetime | None:
    """Return when something is due in a meeting, if ever."""
    due = deadlines_of(meeting).get(kind)
    return due.due_at if due else None
