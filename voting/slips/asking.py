"""Who has still to answer opinion slips, who of them can be written to, and when the service reminds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mailing.posting import is_address
from meetings import clock
from meetings.deadlines.workdays import WorkCalendar
from meetings.hooks import Asked
from meetings.models import Meeting, Participant
from people.models import User
from voting.polls.entitling import kept_out
from voting.polls.models import Mandate, Poll


@dataclass(frozen=True)
class Waiting:
    """A slip that has not been handed in: whose it is, who answers it, and whether that person can be written to."""

    mandate: Mandate
    account: User | None

    @property
    def voter(self) -> Participant:
        """Who answers."""
        return self.mandate.voter

    @property
    def address(self) -> str:
        """Where mail reaches the voter; nothing where it does not."""
        return mail_of(self.account)


def mail_of(account: User | None) -> str:
    """Return the address of who can sign in and be written to."""
    if account is None or not account.is_active or account.person is None or not is_address(account.person.email):
        return ""
    return account.person.email


def not_answered(poll: Poll) -> QuerySet[Mandate]:
    """Return the mandates of which no slip has come in."""
    return Mandate.objects.filter(poll=poll, withdrawn_at=None, ballot=None)


def waiting_for(mandates: QuerySet[Mandate]) -> list[Waiting]:
    """Return who is waited for, with their accounts, in two queries."""
    rows = list(mandates.select_related("voter", "participant"))
    people = {row.voter.person_id for row in rows}
    accounts = {one.person_id: one for one in User.objects.filter(person__in=people).select_related("person")}
    return [Waiting(row, accounts.get(row.voter.person_id)) for row in rows]


def voters_of(waiting: Sequence[Waiting]) -> list[int]:
    """Return who gets a letter, by participant: once, however many slips they answer."""
    return sorted({one.voter.pk for one in waiting if one.address})


def due_to_remind(closes_at: datetime, calendar: WorkCalendar, zone: tzinfo) -> datetime:
    """Return when the service reminds by itself: one working day before the deadline, at the same time of day."""
    local = closes_at.astimezone(zone)
    return datetime.combine(calendar.before(local.date(), 1), local.time(), tzinfo=zone)


def asked_of(user: User) -> Iterator[Asked]:
    """Yield the opinion slips that an account has still to answer, the nearest deadline first; nothing of a rehearsal."""
    rows = Mandate.objects.filter(
        voter__person__user=user, withdrawn_at=None, ballot=None, poll__state=Poll.State.OPEN, poll__occasion=Poll.Occasion.SLIP
    ).exclude(poll__meeting__kind=Meeting.Kind.REHEARSAL)
    seen: set[int] = set()
    for row in rows.select_related("poll__meeting", "voter").order_by("poll__closes_at", "pk"):
        poll = row.poll
        if poll.pk in seen or is_over(poll, poll.meeting) or kept_out(poll, poll.meeting, [row.voter]):
            continue
        seen.add(poll.pk)
        words = _("You are asked for your opinion: %(question)s") % {"question": poll.question}
        yield Asked(_("Opinion slip"), words, poll.meeting.title, poll.get_absolute_url(), poll.closes_at)


def is_over(poll: Poll, meeting: Meeting) -> bool:
    """Tell whether the deadline has passed, even where nobody has closed the poll yet."""
    return poll.closes_at is not None and clock.now(meeting) > poll.closes_at
