"""The service reminds those who have not answered opinion slips, one working day before the deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from jobs.kinds import periodic
from meetings import clock
from meetings.deadlines.queries import work_calendar
from meetings.procedure import the_system
from voting.polls.models import Poll
from voting.slips.actions import remind_by_itself
from voting.slips.asking import due_to_remind

#: No row of days off is longer, Tết with both its weekends included.
FAR = timedelta(days=20)


def open_slips() -> QuerySet[Poll]:
    """Return the slips that are out and have a deadline."""
    return Poll.objects.filter(state=Poll.State.OPEN, occasion=Poll.Occasion.SLIP).exclude(closes_at=None)


def _some_are_near() -> bool:
    """Tell cheaply: by the machine's clock of real meetings; of those that live in another time one must look."""
    near = open_slips().filter(closes_at__lt=timezone.now() + FAR) | open_slips().exclude(meeting__clock_base=None)
    return near.exists()


@periodic("slips.remind", every=60.0, waits=_some_are_near)
def remind_of_slips(still_mine: Callable[[], bool]) -> bool:
    """Remind where it is time. Slips that went out later than that moment have had their letter just now."""
    calendar, zone = work_calendar(), timezone.get_default_timezone()
    for poll in open_slips().select_related("meeting"):
        assert poll.closes_at is not None
        assert poll.opened_at is not None
        due = due_to_remind(poll.closes_at, calendar, zone)
        if poll.opened_at < due <= clock.now(poll.meeting) <= poll.closes_at and still_mine():
            remind_by_itself(poll.meeting, by=the_system(), poll=poll)
    return False
