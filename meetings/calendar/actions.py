"""A new secret address for a calendar: the first one, or one in the place of an address that too many know."""

from __future__ import annotations

from meetings.calendar import facts
from meetings.calendar.addresses import new_nonce
from meetings.calendar.models import CalendarAddress
from meetings.journal import Transition, office_transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from people.models import User


def renew_calendar(meeting: Meeting, *, by: Actor) -> None:
    """Give a meeting's calendar a new address; whoever has the one before gets nothing any more."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        change.record(facts.CalendarRenewed(renewal=_renewed(change, meeting=meeting).renewals))


def renew_own_calendar(*, by: Actor) -> None:
    """Give one's own calendar a new address."""
    with office_transition(by=by, ability=Ability.KEEP_OWN_CALENDAR) as change:
        row = _renewed(change, account=by.user)
        change.record(facts.OwnCalendarRenewed(account=by.user.pk, username=by.user.username, renewal=row.renewals))


def _renewed(change: Transition, *, account: User | None = None, meeting: Meeting | None = None) -> CalendarAddress:
    row = CalendarAddress.objects.filter(account=account, meeting=meeting).first()
    if row is None:
        return CalendarAddress.objects.create(account=account, meeting=meeting, nonce=new_nonce(), made_at=change.now)
    row.nonce, row.renewals, row.made_at = new_nonce(), row.renewals + 1, change.now
    row.save(update_fields=["nonce", "renewals", "made_at"])
    return row
