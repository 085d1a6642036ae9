"""What one can do to deadlines: set one of a meeting by hand or let it follow the rule; change the rules and the holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime

from django.utils.translation import gettext_lazy as _

from meetings.deadlines import facts
from meetings.deadlines.dues import Rule
from meetings.deadlines.models import Deadline, DeadlineRule, Holiday
from meetings.errors import OutOfOrder
from meetings.journal import office_transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def set_deadline(meeting: Meeting, *, by: Actor, kind: str, due_at: datetime | None) -> None:
    """Set a deadline by hand: it no longer moves with the sitting. Without a moment the meeting has no such deadline."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if meeting.is_template:
            raise OutOfOrder(_("A template has no deadlines; the meetings made from it have them."))
        at = due_at.astimezone(UTC) if due_at else None
        Deadline.objects.update_or_create(meeting=meeting, kind=kind, defaults={"due_at": at})
        change.record(facts.DeadlineSet(kind_of_deadline=kind, due_at=at.isoformat() if at else None))


def reset_deadline(meeting: Meeting, *, by: Actor, kind: str) -> None:
    """Let a deadline follow the office's rule again."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        gone, _rows = Deadline.objects.filter(meeting=meeting, kind=kind).delete()
        if not gone:
            raise OutOfOrder(_("This deadline follows the rule already."))
        change.record(facts.DeadlineReset(kind_of_deadline=kind))


def edit_deadline_rules(*, by: Actor, rules: Mapping[str, Rule]) -> None:
    """Change the office's rules: they hold at once in every meeting, but for deadlines set by hand."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        for kind, rule in rules.items():
            DeadlineRule.objects.update_or_create(kind=kind, defaults=asdict(rule))
        change.record(facts.DeadlineRulesEdited(rules=[{"kind": kind} | asdict(rule) for kind, rule in rules.items()]))


def add_holiday(*, by: Actor, day: date, title: str, is_working: bool) -> Holiday:
    """Enter a day that is off, or one on which work is made up."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        known = Holiday.objects.filter(day=day).first()
        if known is not None:
            raise OutOfOrder(_("This day has been entered already: %(title)s.") % {"title": known.title})
        made = Holiday.objects.create(day=day, title=title, is_working=is_working)
        change.record(facts.HolidayAdded(day=day.isoformat(), title=title, is_working=is_working))
        return made


def remove_holiday(*, by: Actor, holiday: Holiday) -> None:
    """Let a day be again what the calendar says."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        row = Holiday.objects.filter(pk=holiday.pk).first()
        if row is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        change.record(facts.HolidayRemoved(day=row.day.isoformat(), title=row.title))
        row.delete()
