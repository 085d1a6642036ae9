"""Polls whose time is over are closed by the service: a line that is cut in the middle keeps no poll open."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from jobs.kinds import periodic
from meetings import clock
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, the_system
from voting.polls.actions import close_poll_within
from voting.polls.models import Poll


def open_with_end() -> QuerySet[Poll]:
    """Return the open polls that end by themselves."""
    return Poll.objects.filter(state=Poll.State.OPEN).exclude(closes_at=None)


def is_due(poll: Poll) -> bool:
    """Tell whether a poll's time is over, by its meeting's clock."""
    return poll.closes_at is not None and clock.now(poll.meeting) > poll.closes_at


def _some_are_due() -> bool:
    """Tell cheaply: by the machine's clock of real meetings, exactly for the few that live in another time."""
    waiting = open_with_end().select_related("meeting")
    soon = waiting.filter(closes_at__lt=timezone.now()) | waiting.exclude(meeting__clock_base=None)
    return any(is_due(poll) for poll in soon)


@periodic("polls.close", every=0.5, waits=_some_are_due)
def close_due_polls(still_mine: Callable[[], bool]) -> bool:
    """Close every poll whose time is over."""
    for poll in open_with_end().select_related("meeting"):
        if still_mine() and is_due(poll):
            end_poll(poll.meeting, poll)
    return False


def end_poll(meeting: Meeting, poll: Poll) -> None:
    """Close a poll whose time is over, unless somebody has closed or extended it meanwhile."""
    with transition(meeting, by=the_system(), ability=Ability.SEAL_BALLOTS) as change:
        row: Poll = change.fresh(poll)
        if row.state == Poll.State.OPEN and row.closes_at is not None and change.now > row.closes_at:
            close_poll_within(change, row, is_due=True)
