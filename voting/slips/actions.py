"""Reminding those who have not answered opinion slips: by hand, and by the service one working day before the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from voting.polls.models import Poll
from voting.slips import facts, letters
from voting.slips.asking import Waiting, not_answered, voters_of, waiting_for
from voting.slips.models import SlipReminder

#: Nobody is reminded again so soon: two secretaries at the same page remind once.
PAUSE = timedelta(hours=1)


def remind_slips(meeting: Meeting, *, by: Actor, poll: Poll) -> None:
    """Remind those who have not answered yet.

    Raises OutOfOrder when the slips are not open, everybody has answered, nobody can be written to, or they were just reminded.
    """
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row: Poll = change.fresh(poll)
        if row.occasion != Poll.Occasion.SLIP or row.state != Poll.State.OPEN or row.closes_at is None:
            raise OutOfOrder(_("There are no open opinion slips to remind of."))
        if change.now > row.closes_at:
            raise OutOfOrder(_("The deadline has passed. Extend it first."))
        last = row.reminders.order_by("-at").first()
        if last is not None and change.now - last.at < PAUSE:
            at = f"{timezone.localtime(last.at):%H:%M}"
            raise OutOfOrder(_("They were reminded at %(time)s already. Wait an hour.") % {"time": at})
        waiting = waiting_for(not_answered(row))
        if not waiting:
            raise OutOfOrder(_("There is nobody to remind: everybody has answered."))
        if not voters_of(waiting):
            raise OutOfOrder(_nobody_reached(len(waiting)))
        _remind(change, row, waiting, is_by_itself=False)


def remind_by_itself(meeting: Meeting, *, by: Actor, poll: Poll) -> bool:
    """Remind as the service does, once for each deadline; tell whether it did. Raises NotAllowed to all but the service."""
    with transition(meeting, by=by, ability=Ability.SEAL_BALLOTS) as change:
        row: Poll = change.fresh(poll)
        if row.state != Poll.State.OPEN or row.closes_at is None or change.now > row.closes_at:
            return False
        if row.reminders.filter(is_by_itself=True, closes_at=row.closes_at).exists():
            return False
        waiting = waiting_for(not_answered(row))
        if not waiting:
            return False
        _remind(change, row, waiting, is_by_itself=True)
        return True


def _remind(change: Transition, poll: Poll, waiting: Sequence[Waiting], *, is_by_itself: bool) -> None:
    assert poll.closes_at is not None
    asked, mailed = len(waiting), len(voters_of(waiting))
    SlipReminder.objects.create(
        poll=poll, closes_at=poll.closes_at, at=change.now, is_by_itself=is_by_itself, asked=asked, mailed=mailed
    )
    entry = change.record(
        facts.SlipsReminded(
            poll=poll.pk, number=poll.number, question=poll.question, closes_at=poll.closes_at.isoformat(), asked=asked,
            mailed=mailed, is_by_itself=is_by_itself,
        )
    )  # fmt: skip
    letters.ask_to_post(change, poll, letter=letters.REMINDING, entry=entry.number)


def _nobody_reached(count: int) -> object:
    return ngettext_lazy(
        "%(count)d person has not answered and has no account with a mail address. The name is on the list: call them.",
        "%(count)d people have not answered, none of them with an account and a mail address. Their names are on the list: call "
        "them.",
        count,
    ) % {"count": count}
